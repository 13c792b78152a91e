"""The journal: everything that happened to one entity, in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from qms.store.schema.work import journal as table
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened."""

    name: str
    at: datetime
    data: Mapping[str, Any]


def of_entity(tx: Tx, entity: str) -> list[Entry]:
    """What happened to a ticket, an agent or an appointment, oldest first."""
    c = table.c
    found = sa.select(c.name, c.at, c.data).where(c.entity == entity).order_by(c.seq, c.id)
    return tx.all(Entry, found)
