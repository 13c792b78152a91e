"""Inspection: the invariants, asked of live data."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from acd.engine.record import holds
from qms.services.booking import inspection as calendar
from qms.services.timers import INTERRUPTED_AFTER
from qms.store import decisions
from qms.store.live import LIVE_OFFER, LIVE_TICKET
from qms.store.schema import network as tables
from qms.store.schema import work
from qms.store.schema.past import past_day
from qms.store.tx import Tx

LATE = timedelta(seconds=2)
"""A deadline may be so long past while a worker runs."""

WORKED = timedelta(seconds=5)
"""A domain in which nothing was done for so long (machine time) has no worker that could have kept its deadlines."""

REPLAYED = 200
"""So many decisions are gone through again."""

SLOWLY = timedelta(minutes=2)
"""What is only looked for now and then may be so long past."""

t, o, s, n, d = work.ticket.c, work.offer.c, work.session.c, work.number_counter.c, tables.routing_domain.c


def broken_invariants(tx: Tx, *, rate: float = 1.0) -> list[str]:
    """What contradicts the invariants of the design, one sentence each; empty on a healthy installation.

    `rate` is that of business time. Deadlines are only looked at where a worker is at work.
    """
    return [f"{name}: {fact}" for name, check in CHECKS for fact in check(tx, max(1.0, rate))]


def _live_offers_once(tx: Tx, rate: float) -> Iterator[str]:
    """I1, I2: one live offer per ticket, per session and lane, per POC."""
    live = LIVE_OFFER
    for columns, what in (([o.ticket_id], "ticket"), ([o.session_id, o.lane], "session"), ([o.poc_id], "poc")):
        twice = sa.select(*columns).where(live & columns[0].is_not(None)).group_by(*columns)
        for row in tx.execute(twice.having(sa.func.count() > 1)):
            yield f"{what} {row[0]} has several live offers"
    full = sa.select(o.session_id).where(live).group_by(o.session_id)
    for id in tx.execute(full.having(sa.func.count() > sa.func.min(o.lanes))).scalars():
        yield f"session {id} has more live offers than go together"


def _states_explained(tx: Tx, rate: float) -> Iterator[str]:
    """I3, I8: a ticket at a desk has a live offer in the matching state, and a session at work has one too."""
    on_duty = s.ended_at.is_(None)
    questions = (
        (t.id, (t.state == "offered") & t.id.not_in(_rings()), "ticket {} is offered and rings nowhere"),
        (t.id, t.state.in_(_AT_DESK) & t.id.not_in(_held()), "ticket {} is at no desk"),
        (o.ticket_id, (o.state == "ringing") & o.ticket_id.not_in(_in("offered")), "ticket {} rings, not offered"),
        (o.ticket_id, (o.state == "accepted") & o.ticket_id.not_in(_in(*_AT_DESK)), "ticket {} holds a desk in vain"),
        (s.id, on_duty & (s.state == "ringing") & s.id.not_in(_at("ringing")), "session {} rings without an offer"),
        (s.id, on_duty & (s.state == "busy") & s.id.not_in(_at("accepted")), "session {} is busy with nobody"),
        (s.id, on_duty & s.state.not_in(_HOLDING) & s.id.in_(_at("ringing")), "session {} has an offer and rings not"),
        (s.id, on_duty & (s.state != "busy") & s.id.in_(_at("accepted")), "session {} has a ticket and is not busy"),
        (s.id, on_duty & s.state.in_(_TIMED) & s.until.is_(None), "session {} is timed and has no end"),
        (s.id, ~on_duty & s.id.in_(_at("ringing")), "session {} is over and rings"),
        (s.id, on_duty & s.state.not_in(_HOLDING) & (s.spare > 0), "session {} has nobody, and room beside them"),
        (s.id, on_duty & s.state.not_in(_HOLDING) & s.paused_until.is_not(None), "session {} is paused, with nobody"),
    )
    for column, where, sentence in questions:
        yield from (sentence.format(id) for id in tx.execute(sa.select(column).where(where)).scalars())


_AT_DESK = ("called", "serving")
_HOLDING = ("ringing", "busy")
_TIMED = ("ringing", "wrap_up", "missed")


def _rings() -> sa.Select[*tuple[str]]:
    return sa.select(o.ticket_id).where(o.state == "ringing")


def _held() -> sa.Select[*tuple[str]]:
    return sa.select(o.ticket_id).where(o.state == "accepted")


def _in(*states: str) -> sa.Select[*tuple[str]]:
    return sa.select(t.id).where(t.state.in_(states))


def _at(state: str) -> sa.Select[*tuple[str]]:
    return sa.select(o.session_id).where(o.state == state)


def _desks_agreed(tx: Tx, rate: float) -> Iterator[str]:
    """I8: a ticket at a desk says the same of it as its offer."""
    pair = sa.select(t.id).join(work.offer, (o.ticket_id == t.id) & (o.state == "accepted"))
    other = (t.agent_id != o.agent_id) | (t.session_id != o.session_id) | t.poc_id.is_distinct_from(o.poc_id)
    for id in tx.execute(pair.where(other | t.agent_id.is_(None) | t.session_id.is_(None))).scalars():
        yield f"ticket {id} and its offer are at different desks"


def _domains_agreed(tx: Tx, rate: float) -> Iterator[str]:
    """What works together is in the routing domain where it is configured, so that one lock holds it."""
    q, a = tables.queue.c, tables.agent.c
    live, open_ones = LIVE_TICKET, s.ended_at.is_(None)
    tickets = sa.select(t.id).join(tables.queue, q.id == t.queue_id).where(live & (t.domain_id != q.domain_id))
    offers = sa.select(o.id).join(work.ticket, t.id == o.ticket_id)
    sessions = sa.select(s.id).join(tables.agent, a.id == s.agent_id).where(open_ones & (s.domain_id != a.domain_id))
    strays = offers.where(LIVE_OFFER & (o.domain_id != t.domain_id))
    for what, found in (("ticket", tickets), ("offer", strays), ("session", sessions)):
        yield from (f"{what} {id} is in another routing domain" for id in tx.execute(found).scalars())


def _deadlines_kept(tx: Tx, rate: float) -> Iterator[str]:
    """I7, I8: no ringing offer outlives its deadline, nobody wraps up or is passed over for ever."""
    late = tx.now - LATE * rate
    ringing = (o.state == "ringing") & (o.deadline < late)
    timed = s.ended_at.is_(None) & s.state.in_(("wrap_up", "missed")) & (s.until < late)
    timed |= s.ended_at.is_(None) & (s.paused_until < late)
    for id in tx.execute(sa.select(o.id).where(ringing & _worked(tx, o.domain_id))).scalars():
        yield f"offer {id} still rings"
    for id in tx.execute(sa.select(s.id).where(timed & _worked(tx, s.domain_id))).scalars():
        yield f"session {id} is still not free"
    yield from _left_behind(tx, tx.now - INTERRUPTED_AFTER - SLOWLY * rate)


def _left_behind(tx: Tx, long_ago: datetime) -> Iterator[str]:
    left = sa.select(o.ticket_id).join(work.session, s.id == o.session_id)
    alone = (o.state == "accepted") & (s.ended_at < long_ago) & _worked(tx, o.domain_id)
    for id in tx.execute(left.where(alone)).scalars():
        yield f"ticket {id} is at a desk that nobody has come back to"


def _worked(tx: Tx, domain: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    lately = sa.select(d.id).where(d.stamp > tx.machine_now - WORKED)
    return domain.in_(lately)


def _numbers_whole(tx: Tx, rate: float) -> Iterator[str]:
    """I11: our numbers of a branch, queue and day run from 1 without gap or double up to the counter.

    The counter of a day that is forgotten goes with the first of its tickets.
    """
    given = (
        sa.select(
            t.number_series.label("series"),
            sa.func.count(sa.distinct(t.own_number)).label("different"),
            sa.func.count().label("all"),
            sa.func.min(t.own_number).label("first"),
            sa.func.max(t.own_number).label("last"),
            sa.func.min(t.account_id).label("account"),
            sa.func.min(t.service_day).label("day"),
        )
        .where(t.own_number.is_not(None))
        .group_by(t.number_series)
        .subquery()
    )
    g = given.c
    series = n.branch_id + "/" + n.queue_id + "/" + n.service_day
    found = sa.select(sa.func.coalesce(g.series, series), n.last, g.first, g.last, g.different, g["all"])
    whole = (g.first == 1) & (g.last == n.last) & (g.different == n.last) & (g["all"] == n.last)
    joined = found.select_from(sa.outerjoin(work.number_counter, given, g.series == series))
    for name, last, *numbers in tx.execute(joined.where(whole.is_not(True))):
        yield f"series {name}: counter at {last}; first, last, different, all: {numbers}"
    counted, closed = sa.select(series), past_day.c
    goes = sa.select(closed.day).where((closed.account_id == g.account) & (closed.day == g.day)).exists()
    for name in tx.execute(sa.select(g.series).where(g.series.not_in(counted) & ~goes)).scalars():
        yield f"series {name} has no counter"


def _calendar_agrees(tx: Tx, rate: float) -> Iterator[str]:
    yield from calendar.times_agree(tx)
    yield from calendar.no_time_is_taken_twice(tx)
    yield from calendar.tickets_agree(tx)
    yield from calendar.timers_kept(tx, rate, _worked(tx, tables.agent.c.domain_id))


def _decisions_hold(tx: Tx, rate: float) -> Iterator[str]:
    """I4, I6: the last decisions of the distributor come out the same from what was written down."""
    for one in decisions.latest(tx, REPLAYED):
        if not holds(one.record):
            yield f"decision {one.id} of {one.at:%Y-%m-%d %H:%M:%S} comes out differently"


CHECKS: tuple[tuple[str, Callable[[Tx, float], Iterator[str]]], ...] = (
    ("I1 I2", _live_offers_once),
    ("I3 I8", _states_explained),
    ("I8", _desks_agreed),
    ("domains", _domains_agreed),
    ("I7 I8", _deadlines_kept),
    ("I11", _numbers_whole),
    ("I4 I6", _decisions_hold),
    ("calendar", _calendar_agrees),
)
