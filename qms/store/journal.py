"""The journal: everything that happened to one entity, in order."""

from collections.abc import Collection, Mapping
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


def of_entities(tx: Tx, entities: Collection[str], start: datetime, end: datetime) -> list[Entry]:
    """What happened to any of them from a time on, and before another, oldest first."""
    c = table.c
    then = c.entity.in_(sorted(entities)) & (c.at >= start) & (c.at < end)
    return tx.all(Entry, sa.select(c.name, c.at, c.data).where(then).order_by(c.at, c.seq, c.id))
