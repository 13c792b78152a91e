"""Locks on routing domains: lock, fence and time stamp in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from qms.store.clock import Clock
from qms.store.columns import instant, micros
from qms.store.cursors import cursor_of

STEP = timedelta(minutes=10)
"""A clock that was set back by less than this stands still in a domain until it has caught up, so that time never goes
back there. By more: it is believed, for then it was wrong before."""

_STEP = STEP // timedelta(microseconds=1)
_SQLITE = f"""UPDATE routing_domain SET epoch = epoch + 1,
stamp = CASE WHEN stamp < :now + {_STEP} THEN max(stamp, :now) ELSE :now END
WHERE id = :id RETURNING epoch, stamp, :now"""  # noqa: S608 - our own number

_CLOCK = "(extract(epoch from clock_timestamp()) * 1000000)::bigint"
_POSTGRESQL = f"""UPDATE routing_domain SET epoch = epoch + 1,
stamp = CASE WHEN stamp < {_CLOCK} + {_STEP} THEN greatest(stamp, {_CLOCK}) ELSE {_CLOCK} END
WHERE id = %(id)s RETURNING epoch, greatest(stamp, {_CLOCK}), {_CLOCK}"""  # noqa: S608 - our own words
_NOW = f"SELECT {_CLOCK}"


@dataclass(frozen=True, slots=True)
class Held:
    """The domains that a transaction holds, each with its epoch, and the machine time when it got the last of them."""

    epochs: dict[str, int]
    at: datetime


def hold(connection: sa.Connection, domains: Iterable[str], clock: Clock) -> Held:
    """Lock domains in the order of their ids, so that nobody waits crosswise; one that does not exist is not held.

    The time is the clock's on SQLite, and the database's on PostgreSQL, which many processes share.
    """
    here = connection.dialect.name == "sqlite"
    lock = _SQLITE if here else _POSTGRESQL
    read = micros(clock.machine()) if here else 0
    epochs: dict[str, int] = {}
    stamp = read
    with cursor_of(connection) as cursor:
        for domain in sorted(domains):
            cursor.execute(lock, {"id": domain, "now": read})
            if (row := cursor.fetchone()) is not None:
                epochs[domain], stamped, read = row
                stamp = max(stamp, stamped)
        if not stamp:
            ((stamp,),) = cursor.execute(_NOW).fetchall()
    if stamp > read and len(epochs) > 1:
        _catch_up(connection, epochs, stamp)
    return Held(epochs, instant(stamp))


def _catch_up(connection: sa.Connection, domains: Iterable[str], stamp: int) -> None:
    """The clock was set back and stands still in one domain: then it does so in all that are held with it."""
    catch_up = sa.text("UPDATE routing_domain SET stamp = :stamp WHERE id = :id AND stamp < :stamp")
    connection.execute(catch_up, [{"id": domain, "stamp": stamp} for domain in domains])
