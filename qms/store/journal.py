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


def latest(tx: Tx, entities: Collection[str], name: str) -> dict[str, Entry]:
    """The last time that something of this name happened to each of them; to whom it never did is missing."""
    c = table.c
    found = sa.select(c.entity, c.name, c.at, c.data).where(c.entity.in_(sorted(entities)), c.name == name)
    rows = tx.execute(found.order_by(c.seq, c.id)) if entities else ()
    return {row.entity: Entry(name=row.name, at=row.at, data=row.data) for row in rows}
