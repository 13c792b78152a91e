"""The waitlist: somebody waits for a place on a day that is full.

waiting → offered → accepted            a start was freed, and is held for him
offered → waiting                       declined, or not answered: that start goes to the next in line
waiting|offered → left | expired        he leaves; the day is over, or too many offers were passed up
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from qms.domain.errors import Conflict

EntryState = Literal["waiting", "offered", "accepted", "left", "expired"]

IN_LINE: frozenset[str] = frozenset({"waiting", "offered"})
OFFERED_FOR = timedelta(minutes=15)
"""So long a start is held for whoever waited for it."""

MOST_OFFERS = 3
"""Who has passed up so many offers waits no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A place in the line for a service on a day, with one agent or (`agent_id` None) any.

    `day` is a date in `timezone`, the visitor's; it lasts from `begins_at` to `over_at`. `contact` is how his e-mail
    or telephone is known. `link` is secret: it opens his page. `seq` orders those who came in the same instant.
    `appointment_id` is the hold of the start that is offered; `passed_up` are starts that he did not take.
    """

    id: str
    account_id: str
    service_id: str
    day: str
    timezone: str
    begins_at: datetime
    over_at: datetime
    contact: str
    person: Mapping[str, Any]
    link: str = field(repr=False)
    state: EntryState
    seq: int
    created_at: datetime
    agent_id: str | None = None
    locale: str | None = None
    appointment_id: str | None = None
    hold_token: str | None = field(default=None, repr=False)
    offered_start: datetime | None = None
    offered_until: datetime | None = None
    passed_up: tuple[str, ...] = ()
    ended_at: datetime | None = None
    ver: int = 0

    def offered(self, appointment: str, token: str, start: datetime, until: datetime) -> "Entry":
        """A start is held for him.

        Raises:
            Conflict: he does not wait.
        """
        self._insist("waiting")
        made = {"appointment_id": appointment, "hold_token": token, "offered_start": start, "offered_until": until}
        return replace(self, state="offered", ver=self.ver + 1, **made)  # type: ignore[arg-type]  # each of its own type

    def prolonged(self, appointment: str, token: str, until: datetime) -> "Entry":
        """What is offered is held for longer, by another hold.

        Raises:
            Conflict: nothing is offered.
        """
        self._insist("offered")
        return replace(self, appointment_id=appointment, hold_token=token, offered_until=until, ver=self.ver + 1)

    def passed(self, now: datetime) -> "Entry":
        """He did not take what was offered: he waits on, unless it was the last time.

        Raises:
            Conflict: nothing is offered.
        """
        self._insist("offered")
        passed_up = (*self.passed_up, self.offered_start.isoformat() if self.offered_start else "")
        on = replace(self._bare(), state="waiting", passed_up=passed_up, ver=self.ver + 1)
        return on.ended("expired", now) if len(passed_up) >= MOST_OFFERS else on

    def accepted(self, now: datetime) -> "Entry":
        """He has booked what was offered.

        Raises:
            Conflict: nothing is offered.
        """
        self._insist("offered")
        return replace(self, state="accepted", hold_token=None, ended_at=now, ver=self.ver + 1)

    def ended(self, state: EntryState, now: datetime) -> "Entry":
        """He waits no more.

        Raises:
            Conflict: he has not waited for some time.
        """
        self._insist(*IN_LINE)
        return replace(self._bare(), state=state, ended_at=now, ver=self.ver + 1)

    def wants(self, start: datetime) -> bool:
        """Whether a start may be offered to him: one that he passed up is not offered again."""
        return start.isoformat() not in self.passed_up

    def _bare(self) -> "Entry":
        return replace(self, appointment_id=None, hold_token=None, offered_start=None, offered_until=None)

    def _insist(self, *states: str) -> None:
        if self.state not in states:
            raise Conflict("waitlist", self.state)
