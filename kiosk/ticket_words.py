"""What a ticket's page says in each state, for those who read it without scripts; `ticket-words.js` says the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from qms.domain.errors import Conflict, Invalid, Refused
from qms.web.pages import N_, Language, translations

TURN = frozenset({"called", "serving"})
"""States in which the visitor is awaited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The heading, the sentence below it, and the title of the window."""

    heading: str
    text: str
    title: str


SAID: Mapping[str, tuple[str, str]] = {
    "waiting": (N_("You are next"), N_("Please stay close: your number will be called soon.")),
    "offered": (N_("You are next"), N_("Please stay close: your number will be called soon.")),
    "called": (N_("It is your turn"), N_("Please go there now.")),
    "serving": (N_("It is your turn"), N_("You are expected there.")),
    "parked": (N_("One moment, please"), N_("Your number was set aside. It will be called again.")),
    "no_show": (N_("You were called"), N_("You did not come when you were called. Please ask a member of staff.")),
    "done": (N_("Goodbye"), N_("Thank you for your visit.")),
    "cancelled": (
        N_("You are no longer in the queue"),
        N_("If you want to come after all, please take a new number."),
    ),
    "expired": (N_("We have closed"), N_("Your number could not be called any more. Please come again.")),
}
"""Heading and sentence by state; whoever has people ahead of him is told how many instead."""

REMOTE = N_("Please join the conversation now.")
WATCH = N_("Please watch this page or the screens.")


NO_ADDRESS = N_(
    "We cannot write there. Please check it; a telephone number begins with the code of its country, as +56."
)
TOO_LATE = N_("That is not possible any more.")
TOO_MANY = N_("You have given too many addresses for this number.")


def refusal_of(refused: Refused, language: Language) -> str:
    """Why nobody can be written to at an address."""
    said = {Invalid: NO_ADDRESS, Conflict: TOO_MANY}.get(type(refused), TOO_LATE)
    return translations(language).gettext(said)


def words_of(state: Mapping[str, Any], language: Language) -> Words:
    """The words for a ticket's state as `visitor_state` tells it."""
    texts, ahead = translations(language), state["ahead"]
    heading, text = (texts.gettext(said) for said in SAID[state["state"]])
    if state["state"] == "waiting" and ahead:
        heading = texts.ngettext("%(num)s person ahead of you", "%(num)s people ahead of you", ahead) % {"num": ahead}
        text = texts.gettext(WATCH)
    if state["room_url"]:
        text = texts.gettext(REMOTE)
    return Words(heading=heading, text=text, title=f"{state['number']} · {heading}")
