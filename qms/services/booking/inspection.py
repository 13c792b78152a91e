"""Inspection of the calendar: what must hold between appointments, the time that they take, and their tickets."""

from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa

from qms.domain.appointment import OVER
from qms.store.schema import booking, network, work
from qms.store.tx import Tx

LATE = timedelta(minutes=2)
"""A timer may be so long past while a worker runs."""

EXPECTED = ("held", "scheduled", "confirmed")
IN_LINE = ("waiting", "offered", "called", "parked")

a, c, g, t = booking.appointment.c, booking.claim.c, network.agent.c, work.ticket.c


def times_agree(tx: Tx) -> Iterator[str]:
    """R8: whom somebody expects has his agent's time; what is over takes none of what is to come."""
    own = sa.exists().where((c.appointment_id == a.id) & (c.agent_id == a.agent_id) & c.active)
    coming = a.state.in_(EXPECTED) & a.agent_id.is_not(None) & (a.ends_at > tx.now)
    for id in tx.execute(sa.select(a.id).where(coming & ~own)).scalars():
        yield f"appointment {id} is expected and takes no time"
    kept = sa.select(a.id).distinct().join(booking.claim, c.appointment_id == a.id).where(c.active)
    # Where the clock was set back, what a no-show took before he was given up lies ahead once more.
    left = (c.blocked_end > tx.now) & (a.ended_at.is_(None) | (c.blocked_end > a.ended_at))
    for id in tx.execute(kept.where(a.state.in_(sorted(OVER)) & left)).scalars():
        yield f"appointment {id} is over and takes time"


def no_time_is_taken_twice(tx: Tx) -> Iterator[str]:
    """Nobody's time is given away twice, but within a group, or where staff did so on purpose."""
    other = booking.claim.alias("other")
    o = other.c
    met = (o.agent_id == c.agent_id) & (o.blocked_start < c.blocked_end) & (o.blocked_end > c.blocked_start)
    met &= (o.group_id != c.group_id) & (o.appointment_id > c.appointment_id)
    counting = c.active & ~c.overbooked & o.active & ~o.overbooked & (c.blocked_end > tx.now) & (o.blocked_end > tx.now)
    for one, another in tx.execute(sa.select(c.appointment_id, o.appointment_id).join(other, met).where(counting)):
        yield f"appointments {one} and {another} take the same time"


def tickets_agree(tx: Tx) -> Iterator[str]:
    """An appointment goes along with its ticket."""
    pair = sa.select(a.id, t.state).join(work.ticket, t.id == a.ticket_id)
    waits = (a.state == "checked_in") & t.state.not_in(IN_LINE)
    goes_on = (a.state == "active") & t.state.not_in((*IN_LINE, "serving"))
    for id, state in tx.execute(pair.where(waits | goes_on)):
        yield f"appointment {id} goes on and its ticket is {state}"
    alone = sa.select(a.id).where((a.state == "checked_in") & a.ticket_id.is_(None))
    yield from (f"appointment {id} has no ticket" for id in tx.execute(alone).scalars())


def timers_kept(tx: Tx, rate: float, worked: sa.ColumnElement[bool]) -> Iterator[str]:
    """No hold outlives its end, and nobody is expected for ever; `worked`: of agents in domains with a worker."""
    late = tx.now - LATE * rate
    over = (a.state == "held") & (a.hold_expires_at < late)
    gone = a.state.in_(("scheduled", "confirmed")) & (a.no_show_at < late)
    mine = sa.select(a.id, a.state).join(network.agent, g.id == a.agent_id).where(worked)
    for id, state in tx.execute(mine.where(over | gone)):
        yield f"appointment {id} is still {state}"
