"""Reading the audit log: what was done, and whether the log is what was written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from qms.domain.audit import Finding, Head, read
from qms.store import audit
from qms.store.schema.audit import audit as table
from qms.store.tx import Tx

_c = table.c
MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the log as people read it."""

    seq: int
    at: datetime
    actor: str
    action: str
    object: str
    data: Any


def listed(tx: Tx, *, account: str, action: str = "", before: int | None = None, limit: int = 100) -> Sequence[Entry]:
    """What was done in an account, the newest first; `action`: what begins so. `before` goes on from a seq."""
    where = (_c.account_id == account) & _c.action.startswith(action, autoescape=True)
    if before is not None:
        where &= _c.seq < before
    columns = (_c[name] for name in Entry.__dataclass_fields__)
    return tx.all(Entry, sa.select(*columns).where(where).order_by(_c.seq.desc()).limit(min(limit, MOST)))


def verify(tx: Tx, *, account: str, kept: Head | None = None) -> Finding:
    """Whether an account's log is whole; `kept` is a head that was written down elsewhere."""
    return read(audit.rows(tx, account), audit.end(tx, account), kept)
