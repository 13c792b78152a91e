"""What a clock that was set forward, and back again, has left in the future: it is due as if it had not been.

A row that waits for a time is believed as far as a schedule or a claim can have put it. What lies further ahead was
written by a clock that was wrong. Offers and sessions are looked at under their domain's lock: see `timers`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.message import NO_SENDER, NO_SENDER_WAIT, WAITS
from qms.store.columns import Instant
from qms.store.schema.outbox import attempt, delivery
from qms.store.schema.reaching import message
from qms.store.tx import Tx

AHEAD = timedelta(minutes=1)
"""What is written down as having happened further ahead than that has not happened yet: the clock was wrong."""

CLAIMS_LAST = timedelta(seconds=60)
"""No claim is good for longer, with what clocks differ by: one that ends later was made by a clock that was wrong."""

_d, _m, _a = delivery.c, message.c, attempt.c


def unclaimed(tx: Tx, until: sa.ColumnElement[Any]) -> sa.ColumnElement[bool]:
    """That nobody has a claim, by the column that says until when: it has run out, or nobody can have made it."""
    return unclaimed_at(until, tx.machine_now, tx.machine_now + CLAIMS_LAST)


def unclaimed_at(
    until: sa.ColumnElement[Any], now: sa.ColumnElement[Any] | datetime, latest: sa.ColumnElement[Any] | datetime
) -> sa.ColumnElement[bool]:
    """The same at a time, of machines; `latest`: when a claim that is made then runs out at the latest."""
    return until.is_(None) | (until <= now) | (until > latest)


def holds(tx: Tx, until: datetime | None) -> bool:
    """Whether a claim until then is good now."""
    return until is not None and tx.machine_now < until <= tx.machine_now + CLAIMS_LAST


def begun_ahead(tx: Tx, at: datetime) -> bool:
    """Whether something is said to have begun at a time that is still to come."""
    return at > tx.now + AHEAD


def anything(tx: Tx) -> bool:
    """Whether a delivery or a message waits for a time that nothing but a wrong clock can have named; cheap to ask."""
    waits = sa.select(sa.literal(1)).where(_delivery_waits(tx)), sa.select(sa.literal(1)).where(_message_waits(tx))
    return any(tx.execute(one.limit(1)).first() is not None for one in waits)


def set_right(tx: Tx) -> int:
    """Have deliveries due that a wrong clock has put off, and messages by their next step at the latest; how many."""
    sent = tx.execute(delivery.update().where(_delivery_waits(tx)).values(due_at=tx.now)).rowcount
    told = tx.execute(message.update().where(_message_waits(tx)).values(due_at=_latest(tx))).rowcount
    tx.tell("outbox")
    return int(sent + told)


def _delivery_waits(tx: Tx) -> sa.ColumnElement[bool]:
    """What was never tried waits for nothing; what was tried at a time that is still to come waits for that.

    A delivery that was replayed has two attempts of a number: the earlier may be one of those days, the later is not.
    """
    last = sa.select(sa.func.min(_a.at)).where(_a.delivery_id == _d.id, _a.number == _d.attempts).scalar_subquery()
    tried_ahead = last > sa.literal(tx.now + AHEAD, Instant())
    return (_d.state == _pending()) & (_d.due_at > tx.now) & ((_d.attempts == 0) | tried_ahead)


def _message_waits(tx: Tx) -> sa.ColumnElement[bool]:
    return (_m.state == _pending()) & (_m.due_at > _latest(tx))


def _latest(tx: Tx) -> sa.ColumnElement[datetime]:
    """When a message is due at the latest, by how often it was tried, and whether anybody sends over its channel."""

    def after(wait: timedelta) -> sa.ColumnElement[datetime]:
        return sa.literal(tx.now + wait, Instant())

    steps: Sequence[Any] = [(_m.attempts == n, after(wait)) for n, wait in enumerate(WAITS, start=1)]
    return sa.case((_m.last_error == NO_SENDER, after(NO_SENDER_WAIT)), *steps, else_=after(timedelta()))


def _pending() -> sa.ColumnElement[Any]:
    return sa.literal_column("'pending'")  # spelled out, so that the indexes of what is pending serve
