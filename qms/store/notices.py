"""Statements on notices."""

import sqlalchemy as sa

from qms.domain.notice import Notice
from qms.store.schema.supervision import notice as table
from qms.store.tx import Tx


def shown(tx: Tx, account: str, branch: str | None = None) -> list[Notice]:
    """What is said now, in all of an account or what one branch's lobby shows of it; the oldest first."""
    c = table.c
    where = (c.account_id == account) & (c.until > tx.now)
    if branch is not None:
        where &= c.branch_id.is_(None) | (c.branch_id == branch)
    return tx.all(Notice, sa.select(table).where(where).order_by(c.created_at, c.id))


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
    tx.update(table, before, after)
    return after
