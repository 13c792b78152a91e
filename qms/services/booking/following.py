"""An appointment goes along with its ticket: it is active while its visitor is served, and over when he is."""

from qms.domain.ticket import Ticket
from qms.services.booking.freed import offer_freed
from qms.services.booking.freeing import free, take_back
from qms.services.booking.told import appointment_event
from qms.store import appointments
from qms.store.tx import Tx


def follow(tx: Tx, ticket: Ticket) -> None:
    """Bring a ticket's appointment into the state that the ticket's implies."""
    before = appointments.get(tx, ticket.appointment_id or "")
    if before is None or before.ticket_id != ticket.id:
        return
    after = before.follow(ticket.state, tx.now, ticket.end_reason)
    if after is before:
        return
    appointments.save(tx, before, after)
    if after.ended_at is not None:
        free(tx, after)
    elif before.ended_at is not None and tx.now < after.ends_at:
        take_back(tx, after)
    appointment_event(tx, after.state, after, ticket=ticket.id)
    if after.ended_at is not None:
        offer_freed(tx, after)
