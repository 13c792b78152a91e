"""Visitors: what a person may do about his own ticket, by its public link or by the vendor's word."""

from datetime import timedelta

from qms.domain.errors import Conflict, Gone, NotFound
from qms.domain.ticket import LIVE, Ticket
from qms.services import offering, serving
from qms.services.events import ticket_event
from qms.store import sessions, tickets
from qms.store.tx import Tx

LATER_PLACES = 3
"""Somebody who is late lets so many people pass."""

LATER_TIMES = 3
"""… and may do so at most that often."""


def by_link(tx: Tx, *, link: str) -> Ticket:
    """The ticket that a public link opens.

    Raises:
        NotFound: it opens none.
    """
    ticket = tickets.by_link(tx, link)
    if ticket is None:
        raise NotFound("ticket", "link")
    return ticket


def leave(tx: Tx, *, link: str, reason: str = "left") -> Ticket:
    """The visitor does not want to wait any longer; an offer of his ticket is taken back.

    Raises:
        NotFound: no such link. Gone: the ticket is over. Conflict: he is being served.
    """
    return cancel(tx, ticket=by_link(tx, link=link), reason=reason)


def cancel(tx: Tx, *, ticket: Ticket, reason: str) -> Ticket:
    """Withdraw a ticket, and free whoever was busy with it.

    Raises:
        Gone: the ticket is over. Conflict: the person is being served.
    """
    tx.hold(ticket.domain_id)
    if ticket.state not in LIVE:
        raise Gone("ticket", ticket.state)
    after = tickets.save(tx, ticket, ticket.cancel(tx.now, reason))
    offer = sessions.offer_for(tx, ticket.id)
    session = sessions.get(tx, offer.session_id) if offer is not None else None
    if offer is not None and offer.state == "ringing" and session is not None:
        offering.take_back(tx, session, offer)
    else:
        serving.end_at_desk(tx, ticket)
    ticket_event(tx, "ticket.cancelled", after, offer=offer, because=reason)
    return after


def later(tx: Tx, *, link: str) -> Ticket:
    """The visitor is late: a few people go before him. The key changes by this named rule, and the journal says so.

    Raises:
        NotFound: no such link. Gone: the ticket is over. Conflict: not waiting any more, or asked for too often.
    """
    ticket = by_link(tx, link=link)
    tx.hold(ticket.domain_id)
    if ticket.state not in LIVE:
        raise Gone("ticket", ticket.state)
    if ticket.state != "waiting":
        raise Conflict("ticket", ticket.state)
    if ticket.late_count >= LATER_TIMES:
        raise Conflict("ticket", f"put back {LATER_TIMES} times already")
    behind = tickets.behind(tx, ticket, LATER_PLACES)
    key = behind[-1].key + timedelta(microseconds=1) if behind else ticket.key
    after = tickets.save(tx, ticket, ticket.put_back(key))
    ticket_event(tx, "ticket.requeued", after, because="late", rule="late arrival", places=len(behind))
    return after
