"""Serving: what an agent does with the ticket at his desk."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

from qms.domain.errors import Conflict, NotFound
from qms.domain.network import Network
from qms.domain.offer import Offer
from qms.domain.session import UNDO_FOR, Session
from qms.domain.ticket import Ticket
from qms.services import distribution, lanes, offering, places
from qms.services.events import session_event, ticket_event
from qms.services.summoning import telling
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


def at_desk(tx: Tx, account: str, agent: str, ticket: str | None = None) -> tuple[Session, Ticket, Offer]:
    """An agent's session with a ticket at the desk, called or being served, and its offer; the only one if not named.

    Raises:
        Conflict: nobody is at the desk, or the one who is named is not, or there are several and none was named; or the
            agent is offline. NotFound: there is no such ticket.
    """
    session = session_of(tx, account, agent)
    here = [offer for offer in lanes.held(tx, session) if offer.state == "accepted"]
    meant = [offer for offer in here if ticket in (None, offer.ticket_id)]
    if ticket is not None and not meant:
        raise _elsewhere(tx, account, ticket)
    if len(meant) > 1:
        raise Conflict("ticket", "several at the desk")
    found = tickets.get(tx, meant[0].ticket_id) if meant else None
    if found is None:
        raise Conflict("session", session.state)
    return session, found, meant[0]


def _elsewhere(tx: Tx, account: str, ticket: str) -> Conflict | NotFound:
    found = tickets.get(tx, ticket)
    if found is None or found.account_id != account:
        return NotFound("ticket", ticket)
    return Conflict("ticket", found.state)


def next_ticket(
    tx: Tx, *, account: str, agent: str, queue: str | None = None, ticket: str | None = None
) -> Ticket | None:
    """Finish whoever is at the desk and call the next, in one step; None where nobody waits.

    Ends a wrap-up. Where nobody is found, the ticket at the desk is finished all the same, which can be undone. Whom
    the agent declined a moment ago comes after all others. An agent who may have several at once, and has room, gets
    one more, and only who is named is finished.

    Raises:
        Conflict: an offer rings, the agent is offline, several are at the desk and none was named, or people wait whom
            he can only call to a counter and he is at none. NotFound: the agent serves no such queue.
    """
    session = session_of(tx, account, agent)
    if session.state == "ringing":
        raise Conflict("session", "ringing")
    network = tx.network(account)
    wanted = _wanted(network, agent, queue)
    having = lanes.held(tx, session)
    full = not any(lanes.fits(network, agent, one, having) for one in wanted)
    served = at_desk(tx, account, agent, ticket)[1:] if ticket is not None or (having and full) else None
    if served is not None:
        _finish(tx, *served)
    found = distribution.pair_one(tx, network, session, wanted)
    found = found or distribution.pair_one(tx, network, session, wanted, again=True)
    for first, _, one in found:
        return distribution.give(tx, network, first, session, one, ask=False)
    if served is not None:
        free(tx, session, _undo(tx, "finish", *served))
    elif having:
        lanes.keep(tx, session, having, paused_until=None)
    elif places.lacks_counter(network, session, [q for q in tickets.lines(tx, session.domain_id) if q[0] in wanted]):
        raise Conflict("poc", "none chosen")
    elif session.state in ("wrap_up", "missed"):
        free(tx, session, session.undo)
    return None


def _wanted(network: Network, agent: str, queue: str | None) -> list[str]:
    served = network.agents.find(agent).queues
    wanted = [network.queues.find(queue).id] if queue is not None else [q for q in served if q in network.queues]
    if any(one not in served for one in wanted):
        raise NotFound("queue", str(queue))
    return wanted


def recall(tx: Tx, *, account: str, agent: str, ticket: str | None = None) -> Ticket:
    """Announce the number at the desk once more.

    Raises:
        Conflict: nobody is at the desk.
    """
    _, here, offer = at_desk(tx, account, agent, ticket)
    after = tickets.save(tx, here, here.call_again())
    telling.call(tx, after)
    ticket_event(tx, "ticket.recalled", after, offer=offer, call=calls.announce(tx, after))
    return after


def serve(tx: Tx, *, account: str, agent: str, ticket: str | None = None) -> Ticket:
    """The person called has arrived.

    Raises:
        Conflict: nobody has been called.
    """
    _, here, offer = at_desk(tx, account, agent, ticket)
    after = tickets.save(tx, here, here.serve(tx.now))
    ticket_event(tx, "ticket.serving", after, offer=offer)
    tx.tell(f"agent:{agent}")
    return after


def finish(tx: Tx, *, account: str, agent: str, ticket: str | None = None) -> Ticket:
    """The person has been served: wrap-up follows where the queue has one. Can be undone for five seconds.

    Raises:
        Conflict: nobody is at the desk.
    """
    session, here, offer = at_desk(tx, account, agent, ticket)
    after = _finish(tx, here, offer)
    queue = tx.network(account).queues.get(here.queue_id)
    undo = _undo(tx, "finish", here, offer)
    if queue is not None and queue.wrap_up_seconds > 0:
        _wrap_up(tx, session, tx.now + timedelta(seconds=queue.wrap_up_seconds), undo)
    else:
        free(tx, session, undo)
    return after


def _wrap_up(tx: Tx, session: Session, until: datetime, undo: Mapping[str, Any]) -> None:
    """Nobody is sent to the agent until then; those whom he has beside this one stay."""
    left = lanes.held(tx, session)
    if left:
        lanes.keep(tx, session, left, paused_until=until, undo=undo, idle_since=tx.now)
    else:
        sessions.save(tx, session, session.to("wrap_up", tx.now, until=until, undo=undo, idle_since=tx.now))


def no_show(tx: Tx, *, account: str, agent: str, ticket: str | None = None) -> Ticket:
    """The person called did not come. Can be undone for five seconds.

    Raises:
        Conflict: nobody has been called.
    """
    session, here, offer = at_desk(tx, account, agent, ticket)
    after = tickets.save(tx, here, here.no_show(tx.now))
    ended = sessions.save_offer(tx, offer, offer.to("done", tx.now))
    ticket_event(tx, "ticket.no_show", after, offer=ended)
    free(tx, session, _undo(tx, "no_show", here, offer))
    return after


def finish_wrap_up(tx: Tx, *, account: str, agent: str) -> Session:
    """Ready again before the wrap-up's time is over.

    Raises:
        Conflict: no wrap-up is under way.
    """
    session = session_of(tx, account, agent)
    if session.paused_until is not None:
        return lanes.keep(tx, session, lanes.held(tx, session), paused_until=None)
    if session.state != "wrap_up":
        raise Conflict("session", session.state)
    return free(tx, session, session.undo)


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


def free(tx: Tx, session: Session, undo: Mapping[str, Any] | None) -> Session:
    """Somebody leaves the desk; with what is kept there for taking that back."""
    after = lanes.let_go(tx, session, served=True, undo=undo)
    if after.state not in lanes.HOLDING:
        session_event(tx, "agent.away" if after.state == "away" else "agent.idle", after)
    return after


def _undo(tx: Tx, what: Literal["finish", "no_show"], ticket: Ticket, offer: Offer) -> dict[str, Any]:
    until = (tx.now + UNDO_FOR).isoformat()
    return {"what": what, "ticket": ticket.id, "offer": offer.id, "number": ticket.number, "until": until}


def end_at_desk(tx: Tx, ticket: Ticket) -> None:
    """Free the desk that holds a ticket which is leaving it by another way than its agent's."""
    held = offering.release(tx, ticket.id, "done")
    if held is not None and held[1] is not None and held[1].state in lanes.HOLDING:
        free(tx, held[1], None)
