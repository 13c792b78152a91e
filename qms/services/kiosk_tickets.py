"""Tickets taken at a kiosk, as they are handed out: with the place in line and how long it will take."""

from collections.abc import Sequence
from dataclasses import dataclass

from qms.domain.errors import Refused
from qms.domain.network import Queue
from qms.domain.ticket import Ticket
from qms.services import waits
from qms.services.intake import TakeTicket, take_tickets
from qms.store import tickets
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A ticket as it is handed out: how many are ahead in its queue, and the wait from likely to safe, in minutes."""

    ticket: Ticket
    queue: Queue
    ahead: int
    wait: waits.Wait | None


def take(tx: Tx, items: Sequence[TakeTicket]) -> list[Taken | Refused]:
    """Give each person a place, in the order asked: an answer or a refusal each, as `take_tickets` has them."""
    return [taken if isinstance(taken, Refused) else placed(tx, taken) for taken in take_tickets(tx, items)]


def placed(tx: Tx, ticket: Ticket) -> Taken:
    """A ticket with its place in line as it is now.

    Raises:
        NotFound: its queue is not in the network any more.
    """
    network = tx.network(ticket.account_id)
    queue = network.queues.find(ticket.queue_id)
    branch = network.branches.get(ticket.branch_id or "")
    ahead = tickets.ahead_of(tx, ticket) if ticket.state == "waiting" else 0
    staff = waits.staff(tx, network, [queue], branch)[queue.id]
    return Taken(ticket=ticket, queue=queue, ahead=ahead, wait=waits.expected(tx, network, queue, staff, ahead))
