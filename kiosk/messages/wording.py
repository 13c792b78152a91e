"""From a letter to what it says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError, dates

from kiosk.messages import layout
from kiosk.messages.facts import Facts, language_of, name_of, told_to_agent
from kiosk.messages.layout import harmless
from kiosk.messages.links import Linker
from kiosk.messages.turns import turn
from kiosk.messages.words import TO_AGENTS, TO_CUSTOMERS
from qms.domain.message import NOTIFICATIONS, TURNS, Message, Wording
from qms.domain.placeholders import NAMES, filled
from qms.domain.zones import read_zone
from qms.services.notification.letters import Letter
from qms.web.pages import N_, Language, translations
from qms.web.pages.formats import day as day_text
from qms.web.pages.formats import time as time_text


@dataclass(frozen=True, slots=True)
class Wordings:
    """Words letters."""

    linker: Linker

    def __call__(self, letter: Letter) -> Wording:
        """What a letter says."""
        told = letter.message
        if told.kind in NOTIFICATIONS and letter.appointment is not None and letter.network is not None:
            facts = Facts.of(letter, letter.network, letter.appointment, self.linker)
            return _given(letter.template, facts) if letter.template is not None else _ours(told, facts)
        if told.kind in ("otp", "email_code"):
            return _code(letter)
        if told.kind == "waitlist_offer":
            return _offer(letter, self.linker)
        if told.kind in TURNS:
            return turn(letter, language_of(letter), self.linker.public_url)
        data = told.data
        return Wording(subject=data.get("subject") or "", text=data.get("text") or "", html=data.get("html"))


def _given(template: Mapping[str, Any], facts: Facts) -> Wording:
    """The words that the appointment or the account gives."""
    names = _names(facts.letter.message.locale, facts.language, facts.it.starts_at, facts.where)
    how: dict[str, Any] = {"start": facts.it.starts_at, "where": facts.where, "names": names}
    values = facts.values()
    html = filled(template["html"], values, markup=True, **how) if template.get("html") else None
    text = filled(template["text"], values, **how) if template.get("text") else layout.text_of(html or "")
    return Wording(subject=filled(template.get("subject") or facts.it.title, values, **how), text=text, html=html)


def _ours(told: Message, facts: Facts) -> Wording:
    gettext = translations(facts.language).gettext
    to_agent = told_to_agent(facts.letter)
    subject, lead = (TO_AGENTS if to_agent else TO_CUSTOMERS)[told.kind]
    when = {"day": facts.day, "time": facts.start}
    return layout.laid_out(
        facts.language,
        subject=gettext(subject) % when,
        greeting=_greeting(gettext, facts.letter),
        lead=gettext(lead),
        facts=list(_facts(gettext, facts, to_agent=to_agent)),
        links=[] if to_agent else list(_links(gettext, told, facts)),
        account=harmless(facts.own(facts.network.account.name)),
        has_logo=facts.letter.logo is not None,
    )


def _greeting(gettext: Callable[[str], str], letter: Letter) -> str:
    name = harmless(getattr(letter.person, "firstname", None)) or name_of(letter.person)
    return gettext(N_("Hello %(name)s,")) % {"name": name} if name else gettext(N_("Hello,"))


def _facts(gettext: Callable[[str], str], facts: Facts, *, to_agent: bool) -> list[tuple[str, str]]:
    it = facts.it
    found = [
        (gettext(N_("What")), harmless(facts.title)),
        (gettext(N_("When")), f"{facts.day}, {facts.start} – {facts.end}, {facts.zone}"),
        (gettext(N_("Where")), harmless(facts.place) or gettext(N_("By video"))),
        (gettext(N_("With")), facts.customer if to_agent else facts.agent),
        (gettext(N_("Your code")), "" if to_agent or it.state == "cancelled" else it.code or ""),
        (gettext(N_("Reason")), harmless(it.end_reason) if it.state == "cancelled" else ""),
    ]
    return [(name, value) for name, value in found if value]


def _links(gettext: Callable[[str], str], told: Message, facts: Facts) -> list[tuple[str, str]]:
    if told.kind == "CANCELLED":
        return []
    if told.kind == "ROOM" and facts.letter.room is not None:
        return [(gettext(N_("Join the meeting")), facts.letter.room.url)]
    return [
        (gettext(N_("See it or check in")), facts.join),
        (gettext(N_("Move or cancel it")), facts.change),
    ]


def _code(letter: Letter) -> Wording:
    language, data = language_of(letter), letter.message.data
    gettext, account = translations(language).gettext, letter.network.account.name if letter.network else "Turnero"
    code = str(data["code"])
    said = {"code": code, "account": harmless(data.get("name")) or harmless(account)}
    line = gettext(N_("%(code)s is your code for %(account)s. It is good for ten minutes. Tell it to nobody.")) % said
    if letter.message.channel != "EMAIL":
        return Wording(text=line)
    return layout.laid_out(
        language,
        subject=gettext(N_("Your code: %(code)s")) % said,
        greeting=gettext(N_("Hello,")),
        lead=line,
        facts=[(gettext(N_("Your code")), code)],
        links=[],
        account=harmless(account),
        has_logo=letter.logo is not None,
    )


def _offer(letter: Letter, linker: Linker) -> Wording:
    """Somebody who waits for a place is offered one: {title, start, until, timezone, page}."""
    language, data = language_of(letter), letter.message.data
    gettext, account = translations(language).gettext, letter.network.account.name if letter.network else ""
    start, until = datetime.fromisoformat(data["start"]), datetime.fromisoformat(data["until"])
    where = read_zone(data["timezone"])
    day, time = day_text(language.locale, start, where), time_text(language.locale, start, where)
    url, late = linker.public_url + data["page"], time_text(language.locale, until, where)
    said = {"day": day, "time": time, "until": late}
    lead = gettext(N_("A place has become free. It is kept for you until %(until)s.")) % said
    if letter.message.channel != "EMAIL":
        return Wording(text=f"{harmless(account)}: {lead} {day}, {time} {url}")
    return layout.laid_out(
        language,
        subject=gettext(N_("A place is free on %(day)s, %(time)s")) % said,
        greeting=gettext(N_("Hello,")),
        lead=lead,
        facts=[(gettext(N_("What")), harmless(data["title"])), (gettext(N_("When")), f"{day}, {time}")],
        links=[(gettext(N_("Answer here")), url)],
        account=harmless(account),
        has_logo=letter.logo is not None,
    )


@lru_cache(maxsize=256)
def _names(locale: str | None, language: Language, start: datetime, where: tzinfo) -> Mapping[str, str]:
    """The words in a date, in the appointment's own locale where that is known."""
    try:
        known = Locale.parse((locale or "").replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        known = language.locale
    return {name: dates.format_datetime(start, name, tzinfo=where, locale=known) for name in NAMES}
