"""Whoever waits in a room: what he sees of his appointment, and how he comes in when it is time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from qms.domain.errors import Gone, NotFound
from qms.domain.network import Branch
from qms.domain.ticket import LIVE, Ticket
from qms.services import check_in, check_in_times
from qms.services.booking import linked, waiting_rooms
from qms.services.booking.finding import domains_of_appointment
from qms.services.booking.linked import Linked
from qms.services.sequence import sequence
from qms.store import tickets
from qms.store.tx import Tx

Phase = Literal["early", "now", "ticket", "late", "none"]
"""Too early to come in, time to, come in already, too late; or there is no line to wait in for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What one sees in a room. `counter`: the branch whose counter one has to come to, unless it is from afar.

    One can come in from `opens` on. `ticket`: the link of one's place in line. `meeting`: where it takes place at a
    provider's, once that is open.
    """

    linked: Linked
    phase: Phase
    opens: datetime
    counter: Branch | None
    ticket: str | None
    meeting: str | None

    def state(self) -> dict[str, Any]:
        """What there is to follow."""
        it = self.linked.appointment
        return {
            "state": it.state,
            "phase": self.phase,
            "starts_at": it.starts_at,
            "ends_at": it.ends_at,
            "opens_at": self.opens,
            "ticket": f"/t/{self.ticket}" if self.ticket is not None else None,
        }


def visit(tx: Tx, *, code: str) -> Visit:
    """What whoever is in the room with this code sees.

    Raises:
        NotFound: no room has it. Gone: the appointment is over, or was cancelled.
    """
    it = waiting_rooms.entered(tx, code=code)
    of = linked.about(tx, it)
    opens, ends = check_in_times.coming(of.network, it)
    ticket = tickets.get(tx, it.ticket_id) if it.ticket_id is not None else None
    room = waiting_rooms.of_appointment(tx, it.id)
    elsewhere = room is not None and room.opened_at is not None and not room.url.endswith(f"/q/{code}")
    phase: Phase = "early" if tx.now < opens else "now" if tx.now < ends else "late"
    if not check_in_times.has_line(of.network, it):
        phase = "none"
    return Visit(
        linked=of,
        phase="ticket" if ticket is not None and ticket.state in LIVE else phase,
        opens=opens,
        counter=check_in_times.counter_of(of.network, it),
        ticket=ticket.link if ticket is not None and ticket.state in LIVE else None,
        meeting=room.url if room is not None and elsewhere else None,
    )


_OVER = {"state": "over", "phase": "late", "starts_at": None, "ends_at": None, "opens_at": None, "ticket": None}
"""What is told of a room that is over: nothing of the appointment."""


def states(tx: Tx, *, codes: Sequence[str]) -> Mapping[str, tuple[int, Mapping[str, Any]]]:
    """What there is to follow in some rooms, by code; one that is over is said to be, an unknown one is missing."""
    found = {}
    for code in codes:
        try:
            seen = visit(tx, code=code)
        except Gone:
            found[code] = (0, _OVER)
        except NotFound:
            continue
        else:
            found[code] = (sequence(tx, seen.linked.network), seen.state())
    return found


def enter(tx: Tx, *, code: str, language: str | None = None) -> Ticket:
    """Come in: a place in the line, or the one there is.

    Raises:
        NotFound: no room has this code, or there is no line to wait in. Gone: it is over, or was cancelled.
        Conflict: it is too early, or too late. BranchClosed: the branch is not open.
    """
    it = waiting_rooms.entered(tx, code=code)
    return check_in.enter(tx, appointment=it.id, language=language)


def domains_of_room(tx: Tx, *, code: str) -> tuple[str, ...]:
    """The routing domains to hold for coming in.

    Raises:
        NotFound: no room has this code. Gone: it is over, or was cancelled.
    """
    it = waiting_rooms.entered(tx, code=code)
    return domains_of_appointment(tx, account=it.account_id, id=it.id)
