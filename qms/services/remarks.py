"""Remarks: what an agent notes of a visit, while somebody is at his desk and until the wrap-up is over."""

from datetime import timedelta

from qms.domain.errors import Conflict, Invalid
from qms.domain.network import Network
from qms.domain.session import Session
from qms.domain.ticket import Ticket
from qms.services.events import ticket_event
from qms.services.explanation import find
from qms.services.serving import session_of
from qms.store import tickets
from qms.store.tx import Tx

LONGEST_NOTE = 2000


def remark(
    tx: Tx, *, account: str, agent: str, ticket: str, note: str | None = None, outcome: str | None = None
) -> Ticket:
    """Note something of a visit, and what came of it, in place of what was noted before.

    Nobody is told of a note but the agent's own windows: it is for whoever serves the visitor next. An outcome is told
    with the end of the service, or by itself where that is over.

    Raises:
        NotFound: there is no such ticket, or not for this agent. Conflict: it is not at his desk (any more), or he is
            offline. Invalid: the queue has no such outcome.
    """
    session, network = session_of(tx, account, agent), tx.network(account)
    found = find(tx, account=account, viewer=network.agents.find(agent), ticket=ticket)
    if not _noting(tx, network, session, found):
        raise Conflict("ticket", found.state)
    queue = network.queues.get(found.queue_id)
    known = queue.outcomes if queue is not None else {}
    if outcome not in (None, found.outcome, *known):
        raise Invalid("outcome", "one of " + ", ".join(known) if known else "none in this queue")
    written = (note or "").strip() or None
    if (written, outcome) == (found.note, found.outcome):
        return found
    tx.tell(f"agent:{agent}")
    after = tickets.save(tx, found, found.remark(written, outcome))
    if after.state == "done" and after.outcome != found.outcome:
        ticket_event(tx, "ticket.outcome", after)
    return after


def _noting(tx: Tx, network: Network, session: Session, ticket: Ticket) -> bool:
    """Whether a ticket is at the desk of a session, or has left it and is being wrapped up."""
    if ticket.session_id != session.id:
        return False
    if ticket.state in ("called", "serving"):
        return True
    queue = network.queues.get(ticket.queue_id)
    wrap_up = timedelta(seconds=queue.wrap_up_seconds if queue is not None else 0)
    under_way = session.state == "wrap_up" or session.paused_until is not None
    return under_way and ticket.state == "done" and ticket.ended_at is not None and tx.now < ticket.ended_at + wrap_up
