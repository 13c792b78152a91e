"""Statements on notices."""

import sqlalchemy as sa

from qms.domain.notice import Notice
from qms.store.prepared import Prepared
from qms.store.schema.supervision import notice as table
from qms.store.tx import Tx

# Made once: every lobby asks every second.
_c = table.c
_SHOWN = Prepared(
    Notice,
    sa.select(table)
    .where(_c.account_id == sa.bindparam("account"), _c.until > sa.bindparam("now"))
    .order_by(_c.created_at, _c.id),
)


def shown(tx: Tx, account: str) -> list[Notice]:
    """What is said now in all of an account; the oldest first."""
    return _SHOWN.all(tx, account=account, now=tx.now)


def get(tx: Tx, id: str) -> Notice | None:
    """The notice with this id."""
    return tx.first(Notice, sa.select(table).where(table.c.id == id))


def add(tx: Tx, notice: Notice) -> Notice:
    """Write a new one."""
    tx.insert(table, notice)
    return notice


def save(tx: Tx, before: Notice, after: Notice) -> Notice:
    """Write a transition.

    Raises:
        Conflict: somebody has changed it meanwhile.
    """
    tx.update(table, [(before, after)])
    return after
