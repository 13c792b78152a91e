"""Offers: a ticket rings at a desk, is answered, declined, missed or taken back; or is called to a counter at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from acd.engine.lanes import free_lane
from qms.domain.errors import Conflict, Gone, NotFound
from qms.domain.network import Queue
from qms.domain.offer import Offer
from qms.domain.session import MISSED_FOR, Session
from qms.domain.ticket import Ticket
from qms.services import lanes
from qms.services.events import session_event, ticket_event
from qms.services.summoning import telling
from qms.store import calls, sessions, tickets
from qms.store.columns import micros
from qms.store.tx import Tx

Ring = tuple[Ticket, Session, str | None, Mapping[str, Any]]
"""A ticket that is to ring at a desk, to which POC its visitor would be sent, and why."""


def ring(tx: Tx, rings: Sequence[Ring]) -> None:
    """Let tickets ring, each at another desk; agents and POCs are reserved until the deadlines."""
    made = [_ringing_at(tx, *one) for one in rings]
    offers = [offer for offer, _ in made]
    sessions.add_offers(tx, offers)
    sessions.save_all(tx, [(session, holding) for (_, session, *_), (_, holding) in zip(rings, made, strict=True)])
    offered = tickets.save_all(tx, [(ticket, ticket.offer()) for ticket, *_ in rings])
    for after, (_, session, *_), offer in zip(offered, rings, offers, strict=True):
        both_free = max(after.eligible_from, session.idle_since)
        waited = {"assignment_seconds": max(0.0, (tx.now - both_free).total_seconds())}
        ticket_event(tx, "ticket.offered", after, offer=offer, measures=waited, to=session.agent_id, offer_id=offer.id)


def _ringing_at(
    tx: Tx, ticket: Ticket, session: Session, poc: str | None, reasons: Mapping[str, Any]
) -> tuple[Offer, Session]:
    """The offer that rings, and the session with it."""
    if session.state not in ("idle", *lanes.HOLDING):
        raise Conflict("session", session.state)
    having = lanes.held(tx, session)
    deadline = tx.now + timedelta(seconds=_queue(tx, ticket).ring_seconds)
    offer = _offer(tx, ticket, session, poc, reasons, having, deadline=deadline)
    return offer, lanes.holding(tx, session, [*having, offer])


def call(tx: Tx, ticket: Ticket, session: Session, poc: str | None, reasons: Mapping[str, Any]) -> Ticket:
    """Call a ticket to a counter: calling is answering, and the number goes on the screens at once."""
    offer = _accepted(tx, ticket, session, poc, reasons)
    after = tickets.save(tx, ticket, ticket.call(tx.now, agent=session.agent_id, session=session.id, poc=poc))
    _announce(tx, ticket, after, offer, "ticket.called")
    return after


def serve_at_once(tx: Tx, ticket: Ticket, session: Session, poc: str | None, reasons: Mapping[str, Any]) -> Ticket:
    """Give a booth or remote ticket to an agent who asked for one: an offer that is accepted at once."""
    offer = _accepted(tx, ticket, session, poc, reasons)
    answered = ticket.offer().answer(tx.now, agent=session.agent_id, session=session.id, poc=poc)
    after = tickets.save(tx, ticket, answered)
    _announce(tx, ticket, after, offer, "ticket.serving")
    return after


def answer(tx: Tx, *, account: str, agent: str, offer: str) -> Ticket:
    """The agent answers what rings at his desk: the ticket is served, and the QMS is told.

    Raises:
        NotFound: no such offer of his. Gone: it is over. Conflict: he has answered it already.
    """
    ringing, session, ticket = _ringing(tx, account, agent, offer)
    accepted = sessions.save_offer(tx, ringing, ringing.to("accepted", tx.now))
    lanes.keep(tx, session, lanes.held(tx, session), undo=None)
    served = ticket.answer(tx.now, agent=session.agent_id, session=session.id, poc=ringing.poc_id)
    after = tickets.save(tx, ticket, served)
    _announce(tx, ticket, after, accepted, "ticket.serving")
    return after


def decline(tx: Tx, *, account: str, agent: str, offer: str) -> None:
    """The agent does not take it: the ticket keeps its place, and is not offered to him again for a while.

    Raises:
        NotFound: no such offer of his. Gone: it is over. Conflict: he has answered it already.
    """
    ringing, session, ticket = _ringing(tx, account, agent, offer)
    declined = sessions.save_offer(tx, ringing, ringing.to("declined", tx.now))
    until = tx.now + timedelta(seconds=_queue(tx, ticket).decline_cooldown_seconds)
    _back_in_line(tx, ticket, declined, cooldown=(agent, micros(until)))
    freed = lanes.let_go(tx, session, served=True)
    if freed.state == "away":
        session_event(tx, "agent.away", freed)


def miss(tx: Tx, offer: Offer) -> None:
    """Nobody answered in time: the ticket keeps its place, the agent is passed over until he is back."""
    session, ticket = sessions.get(tx, offer.session_id), tickets.get(tx, offer.ticket_id)
    missed = sessions.save_offer(tx, offer, offer.to("missed", tx.now))
    if ticket is not None and ticket.state == "offered":
        _back_in_line(tx, ticket, missed)
    if session is None or session.state not in lanes.HOLDING:
        return
    until, left = tx.now + MISSED_FOR, lanes.held(tx, session)
    if left:
        lanes.keep(tx, session, left, paused_until=until, idle_since=tx.now)
    else:
        sessions.save(tx, session, session.to("missed", tx.now, until=until, idle_since=tx.now))


def take_back(
    tx: Tx, session: Session, offer: Offer, how: Literal["withdrawn", "lost", "superseded"] = "withdrawn"
) -> Session:
    """Take a ringing offer back from a desk; the ticket keeps its place, the agent his turn."""
    ended = sessions.save_offer(tx, offer, offer.to(how, tx.now))
    ticket = tickets.get(tx, offer.ticket_id)
    if ticket is not None and ticket.state == "offered":
        _back_in_line(tx, ticket, ended)
    return lanes.let_go(tx, session, served=False)


def release(tx: Tx, ticket_id: str, how: Literal["done", "withdrawn"]) -> tuple[Offer, Session | None] | None:
    """End the live offer of a ticket, whatever its state; its offer as it ended, and the session it was with."""
    offer = sessions.offer_for(tx, ticket_id)
    if offer is None:
        return None
    ended = sessions.save_offer(tx, offer, offer.to(how if offer.state == "accepted" else "withdrawn", tx.now))
    session = sessions.get(tx, offer.session_id)
    return ended, session if session is not None and session.ended_at is None else None


def _ringing(tx: Tx, account: str, agent: str, offer_id: str) -> tuple[Offer, Session, Ticket]:
    tx.hold(tx.network(account).agents.find(agent).domain_id)
    offer = sessions.get_offer(tx, offer_id)
    if offer is None or offer.agent_id != agent or offer.account_id != account:
        raise NotFound("offer", offer_id)
    if offer.state == "accepted":
        raise Conflict("offer", "accepted")
    session, ticket = sessions.get(tx, offer.session_id), tickets.get(tx, offer.ticket_id)
    if offer.state != "ringing" or session is None or ticket is None:
        raise Gone("offer", offer.state)
    if offer.deadline is not None and offer.deadline <= tx.now:
        raise Gone("offer", "missed")
    return offer, session, ticket


def _accepted(tx: Tx, ticket: Ticket, session: Session, poc: str | None, reasons: Mapping[str, Any]) -> Offer:
    """An offer that is accepted at once."""
    having = lanes.held(tx, session)
    made = _offer(tx, ticket, session, poc, reasons, having)
    sessions.add_offers(tx, [made])
    lanes.keep(tx, session, [*having, made], undo=None, paused_until=None)
    return made


def _offer(
    tx: Tx,
    ticket: Ticket,
    session: Session,
    poc: str | None,
    reasons: Mapping[str, Any],
    having: Sequence[Offer],
    *,
    deadline: datetime | None = None,
) -> Offer:
    """An offer in a lane of the session's that is free beside what it has: one that rings, where it has a deadline."""
    return Offer(
        id=tx.new_id(),
        account_id=ticket.account_id,
        domain_id=ticket.domain_id,
        branch_id=ticket.branch_id,
        queue_id=ticket.queue_id,
        ticket_id=ticket.id,
        session_id=session.id,
        agent_id=session.agent_id,
        poc_id=poc,
        state="ringing" if deadline is not None else "accepted",
        made_at=tx.now,
        deadline=deadline,
        answered_at=tx.now if deadline is None else None,
        reasons=reasons,
        lane=free_lane(one.lane for one in having),
        lanes=lanes.of(tx.network(ticket.account_id), session.agent_id, ticket.queue_id),
    )


def _announce(tx: Tx, before: Ticket, after: Ticket, offer: Offer, event: str) -> None:
    seq = calls.announce(tx, after)
    telling.call(tx, after)
    ticket_event(tx, event, after, offer=offer, offer_id=offer.id, call=seq)
    if before.assigned_at is None:
        overtaken = tickets.overtaken(tx, after)
        measures = {"wait_seconds": max(0.0, (tx.now - after.eligible_from).total_seconds())}
        ticket_event(tx, "ticket.assigned", after, offer=offer, measures=measures, overtaken_by=overtaken)


def _back_in_line(tx: Tx, ticket: Ticket, offer: Offer, cooldown: tuple[str, int] | None = None) -> Ticket:
    cooldowns = {a: until for a, until in ticket.cooldowns.items() if until > micros(tx.now)}
    if cooldown is not None:
        cooldowns[cooldown[0]] = cooldown[1]
    # Whoever declined or missed a ticket that was held for him keeps nobody else from it.
    held = None if offer.state in ("declined", "missed") else ticket.preferred_until
    after = tickets.save(tx, ticket, ticket.requeue(cooldowns=cooldowns, preferred_until=held))
    ticket_event(tx, "ticket.requeued", after, offer=offer, because=offer.state)
    return after


def _queue(tx: Tx, ticket: Ticket) -> Queue:
    queue = tx.network(ticket.account_id).queues.get(ticket.queue_id)
    return queue or Queue(
        id=ticket.queue_id, account_id=ticket.account_id, domain_id=ticket.domain_id, key="", name="", prefix=""
    )
