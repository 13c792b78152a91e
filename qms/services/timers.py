"""Timers: what happens by itself when a deadline in a row has passed. A timer only wakes; the row decides."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.network import Branch, Network
from qms.domain.offer import Offer
from qms.domain.session import Session
from qms.domain.ticket import ESCALATED, NORMAL, Ticket
from qms.domain.zones import wall_time, zone
from qms.services import ahead, lanes, offering, on_duty, opening, overflow, presence
from qms.services.events import session_event, ticket_event
from qms.store import sessions, tickets
from qms.store.live import LIVE_TICKET, one_of
from qms.store.prepared import Prepared
from qms.store.schema import work
from qms.store.tx import Tx

OFFER_GRACE = timedelta(seconds=5)
"""An offer that rings at a desk whose browser is gone is taken back after that (machine time)."""

PRESENCE_GRACE = timedelta(seconds=30)
"""A session without a socket is lost after that (machine time)."""

INTERRUPTED_AFTER = timedelta(minutes=10)
"""Whoever was being served when the session was lost goes back in line after that."""

# Beside what is asked, the condition of the partial index as the index has it.
_WAITED_AT = """SELECT DISTINCT branch_id FROM ticket WHERE domain_id = :domain
AND state IN ('waiting','offered','called','serving','parked') AND state IN ('waiting', 'parked')"""

# Made once: every pass asks these, most of them for nothing.
_C, _LATE_AT = work.ticket.c, sa.bindparam("late", type_=work.ticket.c.key.type)
# The key counts too: who was sent on as the last waits anew, and a credit makes nobody wait longer.
_LATE = Prepared(
    Ticket,
    sa.select(work.ticket).where(
        (_C.domain_id == sa.bindparam("domain")) & (_C.queue_id == sa.bindparam("queue")) & (_C.state == "waiting"),
        (_C.band >= NORMAL) & (_C.enqueued_at <= _LATE_AT) & (_C.key <= _LATE_AT) & (_C.eligible_from <= _LATE_AT),
    ),
)
_there = (
    sa.select(work.ticket)
    .where((_C.branch_id == sa.bindparam("branch")) & LIVE_TICKET & one_of(_C.state, "waiting", "parked"))
    .where(_C.eligible_from <= sa.bindparam("now"))
    .order_by(_C.band, _C.key, _C.seq)
)
_THERE = Prepared(Ticket, _there)
_OF_ANOTHER_DAY = Prepared(
    Ticket, _there.where((_C.service_day < sa.bindparam("today")) & (_C.enqueued_at <= sa.bindparam("drained")))
)


def sweep(tx: Tx, *, account: str, domain: str) -> None:
    """Carry out every deadline of a routing domain that has passed."""
    tx.hold(domain)
    network = tx.network(account)
    for offer in sessions.ringing_in(tx, domain):
        if _rang_out(tx, offer):
            offering.miss(tx, offer)
    for session in sessions.on_duty(tx, domain):
        _session(tx, session)
    for offer in sessions.left_behind(tx, domain):
        _interrupt(tx, offer)
    waited_in = tickets.lines(tx, domain)
    _escalate(tx, network, domain, waited_in)
    overflow.flow_on(tx, network, domain, waited_in)
    _close(tx, network, domain)


def _rang_out(tx: Tx, offer: Offer) -> bool:
    return offer.deadline is not None and (offer.deadline <= tx.now or ahead.begun_ahead(tx, offer.made_at))


def _session(tx: Tx, session: Session) -> None:
    gone = session.disconnected_at
    if gone is not None and gone > tx.machine_now + ahead.AHEAD:  # it was before the clock was set back
        sessions.save(tx, session, replace(session, disconnected_at=tx.machine_now, ver=session.ver + 1))
    elif gone is not None and gone + PRESENCE_GRACE <= tx.machine_now:
        presence.lose(tx, session)
    elif gone is not None and gone + OFFER_GRACE <= tx.machine_now and session.state in lanes.HOLDING:
        presence.withdraw(tx, session, "lost")
    elif session.paused_until is not None and _over(tx, session, session.paused_until):
        lanes.keep(tx, session, lanes.held(tx, session), paused_until=None)
    elif session.state in ("wrap_up", "missed") and session.until is not None and _over(tx, session, session.until):
        after = sessions.save(tx, session, session.free(tx.now, served=session.state == "wrap_up"))
        session_event(tx, "agent.away" if after.state == "away" else "agent.idle", after)


def _over(tx: Tx, session: Session, until: datetime) -> bool:
    return until <= tx.now or ahead.begun_ahead(tx, session.state_since)


def _interrupt(tx: Tx, offer: Offer) -> None:
    session, ticket = sessions.get(tx, offer.session_id), tickets.get(tx, offer.ticket_id)
    if session is None or session.ended_at is None:
        return
    if tx.now < session.ended_at + INTERRUPTED_AFTER and not ahead.begun_ahead(tx, session.ended_at):
        return
    if ticket is not None and ticket.state in ("called", "serving"):
        after = tickets.save(tx, ticket, ticket.interrupt())
        ticket_event(tx, "ticket.requeued", after, offer=offer, because="interrupted", rule="interrupted")
    sessions.save_offer(tx, offer, offer.to("lost", tx.now))


def _escalate(tx: Tx, network: Network, domain: str, waited_in: Iterable[tickets.Line]) -> None:
    for queue in network.queues.some(queue for queue, _ in waited_in):
        if queue.max_wait_minutes <= 0:
            continue
        late = tx.now - timedelta(minutes=queue.max_wait_minutes)
        for ticket in _LATE.all(tx, domain=domain, queue=queue.id, late=late):
            after = tickets.save(tx, ticket, ticket.escalate())
            ticket_event(tx, "ticket.escalated", after, rule=f"waited {queue.max_wait_minutes:g} min", band=ESCALATED)


def _close(tx: Tx, network: Network, domain: str) -> None:
    """Whom nobody will serve any more: the branch has closed, or another day has begun, and nobody is on duty."""
    waited_at = {branch for (branch,) in tx.raw(_WAITED_AT, {"domain": domain})}
    if not waited_at:
        return
    served = on_duty.queues_served(tx, network, domain)
    for branch in network.branches.some(waited_at):
        _close_branch(tx, network, branch, lambda t: t.queue_id in served)


def _close_branch(tx: Tx, network: Network, branch: Branch, staffed: Callable[[Ticket], bool]) -> None:
    open_now = opening.is_open(network, branch, tx.now)
    today = wall_time(tx.now, zone(branch.timezone)).date().isoformat()
    over = opening.is_over(network, branch, tx.now)
    asked: dict[str, Any] = {"branch": branch.id, "now": tx.now}
    if open_now:
        asked |= {"today": today, "drained": tx.now - opening.DRAIN}
    for ticket in (_OF_ANOTHER_DAY if open_now else _THERE).all(tx, **asked):
        if over or not staffed(ticket):
            waiting = ticket if ticket.state == "waiting" else ticket.resume()
            after = tickets.save(tx, ticket, waiting.expire(tx.now))
            ticket_event(tx, "ticket.expired", after, because="closed")
