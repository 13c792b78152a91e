"""Inspection: the invariants, asked of live data."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from qms.store.schema import work
from qms.store.tx import Tx

LATE = timedelta(seconds=2)
"""A deadline may be so long past while a worker runs."""


def broken_invariants(tx: Tx) -> list[str]:
    """What contradicts the invariants of the design, one sentence each; empty on a healthy installation."""
    return [f"{name}: {fact}" for name, check in CHECKS.items() for fact in check(tx)]


def _live_offers_once(tx: Tx) -> list[str]:
    """I1, I2: one live offer per ticket, per session and lane, per POC."""
    o = work.offer.c
    live = o.state.in_(("ringing", "accepted"))
    found = []
    for column, what in ((o.ticket_id, "ticket"), (o.session_id, "session"), (o.poc_id, "poc")):
        twice = sa.select(column).where(live & column.is_not(None)).group_by(column).having(sa.func.count() > 1)
        found += [f"{what} {id} has several live offers" for id in tx.execute(twice).scalars()]
    return found


def _states_explained(tx: Tx) -> list[str]:
    """I3, I8: a ticket at a desk has a live offer in the matching state, and a session at work has one too."""
    t, o, s = work.ticket.c, work.offer.c, work.session.c
    ringing = sa.select(o.ticket_id).where(o.state == "ringing")
    accepted = sa.select(o.ticket_id).where(o.state == "accepted")
    questions = (
        (t.id, (t.state == "offered") & t.id.not_in(ringing), "ticket {} is offered and rings nowhere"),
        (t.id, t.state.in_(("called", "serving")) & t.id.not_in(accepted), "ticket {} is at no desk"),
        (o.ticket_id, (o.state == "ringing") & o.ticket_id.not_in(_in("offered")), "ticket {} rings, not offered"),
        (
            o.ticket_id,
            (o.state == "accepted") & o.ticket_id.not_in(_in("called", "serving")),
            "ticket {} holds a desk and is not there",
        ),
        (s.id, _at_work(s, "ringing") & s.id.not_in(_offers("ringing")), "session {} rings without an offer"),
        (s.id, _at_work(s, "busy") & s.id.not_in(_offers("accepted")), "session {} is busy with nobody"),
        (s.id, _at_work(s, "wrap_up") & s.until.is_(None), "session {} wraps up for ever"),
    )
    return [
        sentence.format(id)
        for column, where, sentence in questions
        for id in tx.execute(sa.select(column).where(where)).scalars()
    ]


def _in(*states: str) -> sa.Select[*tuple[str]]:
    return sa.select(work.ticket.c.id).where(work.ticket.c.state.in_(states))


def _offers(state: str) -> sa.Select[*tuple[str]]:
    return sa.select(work.offer.c.session_id).where(work.offer.c.state == state)


def _at_work(s: Any, state: str) -> sa.ColumnElement[bool]:
    at_work: sa.ColumnElement[bool] = s.ended_at.is_(None) & (s.state == state)
    return at_work


def _deadlines_kept(tx: Tx) -> list[str]:
    """I7: no ringing offer outlives its deadline."""
    o = work.offer.c
    late = sa.select(o.id).where((o.state == "ringing") & (o.deadline < tx.now - LATE))
    return [f"offer {id} still rings" for id in tx.execute(late).scalars()]


def _numbers_whole(tx: Tx) -> list[str]:
    """I11: our numbers of a branch, queue and day run from 1 without gap or double up to the counter."""
    t, n = work.ticket.c, work.number_counter.c
    branch = sa.func.coalesce(t.branch_id, "")
    per_day = (
        sa.select(branch.label("branch"), t.queue_id, t.service_day, sa.func.count().label("given"))
        .where(t.own_number.is_not(None))
        .group_by(branch, t.queue_id, t.service_day)
        .subquery()
    )
    d = per_day.c
    same = (d.branch == n.branch_id) & (d.queue_id == n.queue_id) & (d.service_day == n.service_day)
    wrong = (
        sa.select(n.queue_id, n.service_day, n.last, d.given)
        .outerjoin(per_day, same)
        .where(sa.func.coalesce(d.given, 0) != n.last)
    )
    sentence = "queue {} on {}: counter at {}, {} numbers given"
    return [sentence.format(row[0], row[1], row[2], row[3] or 0) for row in tx.execute(wrong)]


CHECKS: Mapping[str, Callable[[Tx], list[str]]] = {
    "I1 I2": _live_offers_once,
    "I3 I8": _states_explained,
    "I7": _deadlines_kept,
    "I11": _numbers_whole,
}
