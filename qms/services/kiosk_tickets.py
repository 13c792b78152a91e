"""Tickets taken at a kiosk, as they are handed out: with the place in line and how long it will take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qms.domain.errors import Refused
from qms.domain.network import Queue
from qms.domain.ticket import Ticket
from qms.services import on_duty, quoting, waits
from qms.services.admission import TakeTicket
from qms.services.intake import take_tickets
from qms.store import forecasts, tickets
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A ticket as it is handed out: how many are ahead in its queue, and the wait from likely to safe, in minutes."""

    ticket: Ticket
    queue: Queue
    ahead: int
    wait: waits.Wait | None

    @property
    def id(self) -> str:
        """The ticket's."""
        return self.ticket.id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """What is the same for all who come to one queue at one branch in one transaction."""

    queue: Queue
    staff: on_duty.Staff
    lines: Mapping[str, waits.Standing]


_Lane = tuple[str, str | None, str]
"""(account, branch, queue)."""


def take(tx: Tx, items: Sequence[TakeTicket]) -> list[Taken | Refused]:
    """Give each person a place, in the order asked: an answer or a refusal each, as `take_tickets` has them."""
    answers = take_tickets(tx, items)
    handed = iter(_handed_out(tx, [answer for answer in answers if isinstance(answer, Ticket)]))
    return [answer if isinstance(answer, Refused) else next(handed) for answer in answers]


def placed(tx: Tx, ticket: Ticket) -> Taken:
    """A ticket with its place in line as it is now.

    Raises:
        NotFound: its queue is not in the network any more.
    """
    return _handed_out(tx, [ticket])[0]


def _handed_out(tx: Tx, given: Sequence[Ticket]) -> list[Taken]:
    """Tickets with their places; what each person is told is kept, and compared with what becomes of it."""
    spots: dict[_Lane, _Spot] = {}
    taken, quotes = [], []
    for ticket in given:
        lane = (ticket.account_id, ticket.branch_id, ticket.queue_id)
        spot = spots.get(lane) or spots.setdefault(lane, _spot(tx, ticket))
        ahead = tickets.ahead_of(tx, ticket) if ticket.state == "waiting" else 0
        told = _told(tx, ticket, spot, ahead)
        taken.append(Taken(ticket=ticket, queue=spot.queue, ahead=ahead, wait=told.wait if told else None))
        if told is not None and ticket.enqueued_at == tx.now and ticket.ver == 0:
            quotes.append(quoting.quote(tx, ticket, told, first=True))
    forecasts.add(tx, quotes)
    return taken


def _spot(tx: Tx, ticket: Ticket) -> _Spot:
    network = tx.network(ticket.account_id)
    queue = network.queues.find(ticket.queue_id)
    there = on_duty.there(tx, network, [queue], network.branches.get(ticket.branch_id or ""))
    return _Spot(queue=queue, staff=there[queue.id], lines=waits.in_line(tx, ticket.branch_id, ticket.domain_id))


def _told(tx: Tx, ticket: Ticket, spot: _Spot, ahead: int) -> waits.Told | None:
    return waits.tell(
        tx,
        tx.network(ticket.account_id),
        spot.queue,
        ticket.branch_id,
        spot.staff,
        spot.lines,
        ahead=ahead,
        inside=True,
        credited=ticket.key < ticket.enqueued_at,
    )
