"""Dropping what is old enough: a little at a time, so that nobody waits for it.

What hangs on a row goes in the same transaction.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from qms.services.retention.kinds import KINDS, Kind
from qms.services.retention.limits import Limit, limits
from qms.store.schema import work
from qms.store.tx import Tx


def forget(tx: Tx) -> int:
    """Drop some of what is too old, of one account at a time; how many rows went, none when nothing is too old."""
    for limit in limits(tx):
        gone = drop(tx, limit=limit)
        if gone:
            return gone
    return 0


def drop(tx: Tx, *, limit: Limit) -> int:
    """Drop some of what is older than a limit; how many rows went."""
    return sum(_drop(tx, kind, _oldest(tx, kind, limit)) for kind in KINDS)


def drop_these(tx: Tx, *, limit: Limit, kind: Kind, ids: Sequence[str]) -> int:
    """Drop those of some rows that are there still, and old enough; how many went."""
    old = sa.case((kind.old(limit), 1), else_=0)  # looked at for these rows, and no way to find others
    found = sa.select(kind.table.c.id).where(kind.table.c.id.in_(ids), old == 1)
    return _drop(tx, kind, list(tx.execute(found).scalars()))


def _oldest(tx: Tx, kind: Kind, limit: Limit) -> list[str]:
    found = sa.select(kind.table.c.id).where(kind.old(limit)).order_by(kind.by).limit(kind.at_once)
    return list(tx.execute(found).scalars())


def _drop(tx: Tx, kind: Kind, ids: Sequence[str]) -> int:
    if not ids:
        return 0
    if kind.table is work.ticket:
        _drop_counters(tx, ids)
    for table, where in kind.hanging(tx, ids):
        tx.execute(table.delete().where(where))
    return tx.execute(kind.table.delete().where(kind.table.c.id.in_(ids))).rowcount


def _drop_counters(tx: Tx, tickets: Sequence[str]) -> None:
    """The counters that gave tickets their numbers: none of their days gives any more."""
    n, t = work.number_counter.c, work.ticket.c
    series = sa.select(t.number_series).where(t.id.in_(tickets) & t.number_series.is_not(None)).distinct()
    for one in tx.execute(series).scalars().all():
        branch, queue, day = one.split("/")
        tx.execute(work.number_counter.delete().where(n.branch_id == branch, n.queue_id == queue, n.service_day == day))
