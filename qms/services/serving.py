"""Serving: what an agent does with the ticket at his desk."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

from qms.domain import access
from qms.domain.errors import Conflict, Gone, NotFound
from qms.domain.network import Agent, Network
from qms.domain.offer import Offer
from qms.domain.routing import routing
from qms.domain.session import UNDO_FOR, Session
from qms.domain.ticket import Ticket
from qms.services import distribution, offering, places
from qms.services.events import session_event, ticket_event
from qms.store import calls, sessions, tickets
from qms.store.tx import Tx


def session_of(tx: Tx, account: str, agent: str) -> Session:
    """The session of an agent who wants to work.

    Raises:
        Conflict: he is offline.
    """
    tx.hold(tx.network(account).agents.find(agent).domain_id)
    session = sessions.of_agent(tx, agent)
    if session is None:
        raise Conflict("session", "offline")
    return session


def current(tx: Tx, session: Session) -> tuple[Ticket, Offer] | None:
    """The ticket at a session's desk, called or being served, with its offer."""
    offer = sessions.offer_of(tx, session)
    if offer is None or offer.state != "accepted":
        return None
    ticket = tickets.get(tx, offer.ticket_id)
    return None if ticket is None else (ticket, offer)


def at_desk(tx: Tx, account: str, agent: str) -> tuple[Session, Ticket, Offer]:
    """An agent's session with the ticket at the desk and its offer.

    Raises:
        Conflict: nobody is at the desk, or the agent is offline.
    """
    session = session_of(tx, account, agent)
    found = current(tx, session)
    if found is None:
        raise Conflict("session", session.state)
    return session, *found


def next_ticket(tx: Tx, *, account: str, agent: str, queue: str | None = None) -> Ticket | None:
    """Finish whoever is at the desk and call the next, in one step; None where nobody waits.

    Ends a wrap-up. Where nobody is found, the ticket at the desk is finished all the same, which can be undone. Whom
    the agent declined a moment ago comes after all others.

    Raises:
        Conflict: an offer rings, the agent is offline, or people wait whom he can only call to a counter and he is at
            none. NotFound: the agent serves no such queue.
    """
    session = session_of(tx, account, agent)
    if session.state == "ringing":
        raise Conflict("session", "ringing")
    network = tx.network(account)
    wanted = _wanted(network, agent, queue)
    served = current(tx, session)
    if served is not None:
        _finish(tx, *served)
    found = distribution.pair(tx, network, [session], session.domain_id, wanted)
    found = found or distribution.pair(tx, network, [session], session.domain_id, wanted, again=True)
    for ticket, _, one in found:
        return distribution.give(tx, network, ticket, session, one, ask=False)
    if served is not None:
        _free(tx, session, _undo(tx, "finish", *served))
    elif places.lacks_counter(network, session, [q for q in tickets.lanes(tx, session.domain_id) if q[0] in wanted]):
        raise Conflict("poc", "none chosen")
    elif session.state in ("wrap_up", "missed"):
        _free(tx, session, session.undo)
    return None


def _wanted(network: Network, agent: str, queue: str | None) -> list[str]:
    served = network.agents.find(agent).queues
    wanted = [network.queues.find(queue).id] if queue is not None else [q for q in served if q in network.queues]
    if any(one not in served for one in wanted):
        raise NotFound("queue", str(queue))
    return wanted


def recall(tx: Tx, *, account: str, agent: str) -> Ticket:
    """Announce the number at the desk once more.

    Raises:
        Conflict: nobody is at the desk.
    """
    _, ticket, offer = at_desk(tx, account, agent)
    after = tickets.save(tx, ticket, ticket.call_again())
    ticket_event(tx, "ticket.recalled", after, offer=offer, call=calls.announce(tx, after))
    return after


def serve(tx: Tx, *, account: str, agent: str) -> Ticket:
    """The person called has arrived.

    Raises:
        Conflict: nobody has been called.
    """
    _, ticket, offer = at_desk(tx, account, agent)
    after = tickets.save(tx, ticket, ticket.serve(tx.now))
    ticket_event(tx, "ticket.serving", after, offer=offer)
    tx.tell(f"agent:{agent}")
    return after


def finish(tx: Tx, *, account: str, agent: str) -> Ticket:
    """The person has been served: wrap-up follows where the queue has one. Can be undone for five seconds.

    Raises:
        Conflict: nobody is at the desk.
    """
    session, ticket, offer = at_desk(tx, account, agent)
    after = _finish(tx, ticket, offer)
    queue = tx.network(account).queues.get(ticket.queue_id)
    undo = _undo(tx, "finish", ticket, offer)
    if queue is not None and queue.wrap_up_seconds > 0:
        until = tx.now + timedelta(seconds=queue.wrap_up_seconds)
        sessions.save(tx, session, session.to("wrap_up", tx.now, until=until, undo=undo, idle_since=tx.now))
    else:
        _free(tx, session, undo)
    return after


def no_show(tx: Tx, *, account: str, agent: str) -> Ticket:
    """The person called did not come. Can be undone for five seconds.

    Raises:
        Conflict: nobody has been called.
    """
    session, ticket, offer = at_desk(tx, account, agent)
    after = tickets.save(tx, ticket, ticket.no_show(tx.now))
    ended = sessions.save_offer(tx, offer, offer.to("done", tx.now))
    ticket_event(tx, "ticket.no_show", after, offer=ended)
    _free(tx, session, _undo(tx, "no_show", ticket, offer))
    return after


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
    if session.state == "busy":
        raise Conflict("session", "busy")
    ticket, offer = tickets.get(tx, last["ticket"]), sessions.get_offer(tx, last["offer"])
    if ticket is None or offer is None:
        raise Gone("undo", "too late")
    before = ticket.undo_finish() if last["what"] == "finish" else ticket.undo_no_show()
    if session.state == "ringing" and (ringing := sessions.offer_of(tx, session)) is not None:
        session = offering.take_back(tx, session, ringing, "superseded")
    after = tickets.save(tx, ticket, before)
    reopened = sessions.save_offer(tx, offer, replace(offer.reopen(), session_id=session.id))
    away = (session.reason or "") if session.state == "away" else session.pending_away
    sessions.save(tx, session, session.to("busy", tx.now, undo=None, pending_away=away))
    ticket_event(tx, f"ticket.{after.state}", after, offer=reopened, undone=last["what"])
    return after


def park(tx: Tx, *, account: str, agent: str) -> Ticket:
    """Set the person at the desk aside; he keeps his place for when he is resumed.

    Raises:
        Conflict: nobody is at the desk.
    """
    session, ticket, offer = at_desk(tx, account, agent)
    after = tickets.save(tx, ticket, ticket.park(tx.now))
    ended = sessions.save_offer(tx, offer, offer.to("done", tx.now))
    ticket_event(tx, "ticket.parked", after, offer=ended)
    _free(tx, session, None)
    return after


def resume(tx: Tx, *, account: str, agent: str, ticket: str | None = None) -> Ticket:
    """Call a parked ticket back: to this desk if it is free, else in line for this agent. The last parked if not named.

    A colleague's may be resumed by who serves its queue, and by supervisors.

    Raises:
        NotFound: nothing is parked, or not for this agent. Conflict: the agent is offline.
    """
    session = session_of(tx, account, agent)
    network = tx.network(account)
    parked = tickets.parked(tx, session.domain_id, ticket, session.agent_id)
    if parked is None or not _may_resume(network.agents[session.agent_id], parked):
        raise NotFound("ticket", ticket or "parked")
    back = parked.resume()
    held = routing(network, back.queue_id).held_until(back.preferred_agent_id, tx.now)
    after = tickets.save(tx, parked, replace(back, preferred_until=held))
    ticket_event(tx, "ticket.resumed", after)
    free = session.state in ("idle", "wrap_up", "missed")
    one = distribution.match_one(tx, network, after, session) if free else None
    return after if one is None else distribution.give(tx, network, after, session, one, ask=False)


def _may_resume(agent: Agent, ticket: Ticket) -> bool:
    steers = access.may(agent, "board.steer", ticket.branch_id)
    return ticket.parked_by == agent.id or ticket.queue_id in agent.queues or steers


def finish_wrap_up(tx: Tx, *, account: str, agent: str) -> Session:
    """Ready again before the wrap-up's time is over.

    Raises:
        Conflict: no wrap-up is under way.
    """
    session = session_of(tx, account, agent)
    if session.state != "wrap_up":
        raise Conflict("session", session.state)
    return _free(tx, session, session.undo)


def reactivate(tx: Tx, *, account: str, ticket: str) -> Ticket:
    """Somebody marked as a no-show came after all: back in line in the old place.

    Raises:
        NotFound: no such ticket. Conflict: it is no no-show.
    """
    found = tickets.get(tx, ticket)
    if found is None or found.account_id != account:
        raise NotFound("ticket", ticket)
    tx.hold(found.domain_id)
    after = tickets.save(tx, found, found.reactivate())
    ticket_event(tx, "ticket.requeued", after, because="came after all")
    return after


def _finish(tx: Tx, ticket: Ticket, offer: Offer) -> Ticket:
    after = tickets.save(tx, ticket, ticket.finish(tx.now))
    ended = sessions.save_offer(tx, offer, offer.to("done", tx.now))
    measures = {"service_seconds": (tx.now - ticket.serving_since).total_seconds()} if ticket.serving_since else {}
    ticket_event(tx, "ticket.done", after, offer=ended, measures=measures)
    return after


def _free(tx: Tx, session: Session, undo: Mapping[str, Any] | None) -> Session:
    after = sessions.save(tx, session, replace(session.free(tx.now, served=True), undo=undo))
    session_event(tx, "agent.away" if after.state == "away" else "agent.idle", after)
    return after


def _undo(tx: Tx, what: Literal["finish", "no_show"], ticket: Ticket, offer: Offer) -> dict[str, Any]:
    until = (tx.now + UNDO_FOR).isoformat()
    return {"what": what, "ticket": ticket.id, "offer": offer.id, "number": ticket.number, "until": until}


def end_at_desk(tx: Tx, ticket: Ticket) -> None:
    """Free the desk that holds a ticket which is leaving it by another way than its agent's."""
    held = offering.release(tx, ticket.id, "done")
    if held is not None and held[1] is not None and held[1].state in ("ringing", "busy"):
        _free(tx, held[1], None)
