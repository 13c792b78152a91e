"""What the parts of a network are called on the administrator's pages, in a language."""

from collections.abc import Mapping

from aiohttp import web
from babel.dates import get_day_names

from desk.admin.choices import CHOICES
from desk.admin.labels import ACTIONS, HINTS, KINDS, LABELS
from qms.domain.complaint import Complaint
from qms.domain.errors import Conflict, NotFound, Refused, TooManyAttempts
from qms.domain.marks import N_
from qms.web.pages import Language, language_of, translations

NOT_AS_EXPECTED = N_("a value is not as it should be")
REASONS = (
    (NotFound, N_("it is no longer there")),
    (Conflict, N_("its state does not allow it, or somebody else was faster")),
    (TooManyAttempts, N_("it was tried too often; try again in a few minutes")),
)
"""Why something was refused, where the refusal has no words for people: the first kind that it is of."""


class Words:
    """The words of a language."""

    def __init__(self, language: Language) -> None:
        self._all = translations(language)
        self.say = self._all.gettext
        self._rtl = language.direction == "rtl"
        self._days = get_day_names("wide", locale=language.locale)

    def complaint(self, said: Complaint) -> str:
        """What is wrong with a value."""
        return said.said(self._all, _isolated if self._rtl else str)

    def reason(self, refused: Exception) -> str:
        """Why something was refused."""
        if isinstance(refused, Refused) and refused.complaint:
            return self.complaint(refused.complaint)
        return self.say(next((said for kind, said in REASONS if isinstance(refused, kind)), NOT_AS_EXPECTED))

    def label(self, kind: str, name: str, *, top: bool = True) -> str:
        """What a field is called; an option by its name."""
        return self.say(_found(LABELS, kind, name, top) or name)

    def hint(self, kind: str, name: str, *, top: bool = True) -> str:
        """What helps to fill it in, if anything does."""
        found = _found(HINTS, kind, name, top)
        return self.say(found) if found else ""

    def choice(self, name: str, value: str) -> str:
        """One of what a field may be."""
        words = CHOICES.get(name, {}).get(value)
        return self.say(words) if words is not None else value

    def kind(self, kind: str) -> str:
        """What things of a kind are called together."""
        return self.say(KINDS[kind][0])

    def about(self, kind: str) -> str:
        """What they are."""
        return self.say(KINDS[kind][1])

    def action(self, action: str) -> str:
        """What has happened to something."""
        return self.say(ACTIONS[action])

    def day(self, weekday: int) -> str:
        """A day of the week, Monday being 0."""
        return str(self._days[weekday])


def reason_for(request: web.Request, refused: Exception) -> str:
    """Why something was refused, for whoever asked for it."""
    return Words(language_of(request)).reason(refused)


def _isolated(value: object) -> str:
    """A value as it stands in a text that runs the other way: FIRST STRONG ISOLATE, POP DIRECTIONAL ISOLATE."""
    return f"\u2068{value}\u2069"


def _found(words: Mapping[str, str], kind: str, name: str, top: bool) -> str | None:
    here = f"{kind}.{name}" if top else f"{kind}.*.{name}"
    return words.get(here, words.get(name))
