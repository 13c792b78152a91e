"""Undoing: the last finish or no-show is taken back, as long as that is kept."""

from dataclasses import replace
from datetime import datetime

from acd.engine.lanes import free_lane, room
from qms.domain.errors import Conflict, Gone
from qms.domain.offer import Offer
from qms.domain.session import Session
from qms.domain.ticket import Ticket
from qms.services import lanes, offering
from qms.services.events import ticket_event
from qms.services.serving import session_of
from qms.store import sessions, tickets
from qms.store.tx import Tx


def undo(tx: Tx, *, account: str, agent: str) -> Ticket:
    """Take back the last finish or no-show: the ticket is at the desk again, and whatever rings there is taken back.

    Raises:
        Gone: it is too late, or there is nothing to undo. Conflict: somebody else is at the desk by now, or the ticket
            has gone on.
    """
    session = session_of(tx, account, agent)
    last = session.undo
    if last is None or tx.now > datetime.fromisoformat(last["until"]):
        raise Gone("undo", "too late")
    ticket, offer = tickets.get(tx, last["ticket"]), sessions.get_offer(tx, last["offer"])
    if ticket is None or offer is None:
        raise Gone("undo", "too late")
    before = ticket.undo_finish() if last["what"] == "finish" else ticket.undo_no_show()
    session, having = _make_room(tx, session, offer)
    after = tickets.save(tx, ticket, before)
    back = replace(offer.reopen(), session_id=session.id, lane=free_lane(one.lane for one in having))
    reopened = sessions.save_offer(tx, offer, back)
    away = (session.reason or "") if session.state == "away" else session.pending_away
    lanes.keep(tx, session, [*having, reopened], undo=None, pending_away=away, paused_until=None)
    ticket_event(tx, f"ticket.{after.state}", after, offer=reopened, undone=last["what"])
    return after


def _make_room(tx: Tx, session: Session, offer: Offer) -> tuple[Session, list[Offer]]:
    """Room for an offer that is to be at the desk again: whatever rings makes way for it.

    Raises:
        Conflict: those at the desk leave none.
    """
    having = lanes.held(tx, session)
    if not room(offer.lanes, [one.lanes for one in having if one.state == "accepted"]):
        raise Conflict("session", "busy")
    while not room(offer.lanes, [one.lanes for one in having]):
        last = next(one for one in reversed(having) if one.state == "ringing")
        session = offering.take_back(tx, session, last, "superseded")
        having.remove(last)
    return session, having
