"""Statements on notices."""

import sqlalchemy as sa

from qms.domain.notice import Notice
from qms.store.prepared import Prepared
from qms.store.schema.supervision import notice as table
from qms.store.tx import Tx

# Made once: every lobby asks every second.
_c = table.c
_shown = (
    sa.select(table)
    .where(_c.account_id == sa.bindparam("account"), _c.until > sa.bindparam("now"))
    .order_by(_c.created_at, _c.id)
)
_SHOWN = Prepared(Notice, _shown)
_SHOWN_AT = Prepared(Notice, _shown.where(_c.branch_id.is_(None) | (_c.branch_id == sa.bindparam("branch"))))


def shown(tx: Tx, account: str, branch: str | None = None) -> list[Notice]:
    """What is said now, in all of an account or what one branch's lobby shows of it; the oldest first."""
    if branch is None:
        return _SHOWN.all(tx, account=account, now=tx.now)
    return _SHOWN_AT.all(tx, account=account, now=tx.now, branch=branch)


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
