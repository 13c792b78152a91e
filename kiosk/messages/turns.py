"""What a visitor in line is told on a device of his own: that his turn has come, or is near."""

from gettext import NullTranslations

from kiosk.messages.layout import harmless, laid_out
from qms.domain.message import Message, Wording
from qms.services.notification.letters import Letter
from qms.web.pages import N_, Language, translations

STOP = "?ask=messages#messages"
"""Where a ticket's page has its messages stopped."""


def turn(letter: Letter, language: Language, public_url: str) -> Wording:
    """The words for a turn. A browser shows the subject above the text, and opens the ticket's page."""
    told, texts = letter.message, translations(language)
    account = letter.network.account.name if letter.network is not None else ""
    place = harmless(told.data.get("branch")) or harmless(account)
    subject = f"{harmless(told.data['number'])}: {_news(told, texts)}"
    poc, page = harmless(told.data.get("poc")), public_url + str(told.data["page"])
    text = texts.gettext(N_("Please go to %(poc)s.")) % {"poc": poc} if poc and told.kind == "turn" else ""
    if told.channel == "PUSH":
        return Wording(subject=subject, text=text or place)
    if told.channel != "EMAIL":
        return Wording(text=" ".join(part for part in (f"{place}.", f"{subject}.", text, page) if part))
    return laid_out(
        language,
        subject=subject,
        greeting=texts.gettext(N_("Hello,")),
        lead=f"{subject}. {text}".strip(),
        facts=[(texts.gettext(N_("Your number")), harmless(told.data["number"]))],
        links=[(texts.gettext(N_("Your ticket")), page), (texts.gettext(N_("No more messages")), page + STOP)],
        account=place,
        has_logo=letter.logo is not None,
    )


def _news(told: Message, texts: NullTranslations) -> str:
    if told.kind == "turn":
        return texts.gettext(N_("It is your turn"))
    if not (ahead := int(told.data["ahead"])):
        return texts.gettext(N_("You are next"))
    return texts.ngettext("%(num)s person ahead of you", "%(num)s people ahead of you", ahead) % {"num": ahead}
