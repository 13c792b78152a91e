"""Statements on the decision log."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from qms.domain.ids import first_id
from qms.store.columns import compact, micros
from qms.store.schema.decision import decision as table
from qms.store.tx import Tx

_ADD = """INSERT INTO decision (id, account_id, domain_id, at, record)
VALUES (:id, :account, :domain, :at, :record)"""

_FORGET = """DELETE FROM decision WHERE id IN (SELECT id FROM decision WHERE id < :before ORDER BY id LIMIT :most)
RETURNING 1"""


class Decision(NamedTuple):
    """A pass that gave somebody to somebody."""

    id: str
    at: datetime
    record: Any


def add(tx: Tx, account: str, domain: str, record: Any) -> None:
    """Write a decision down."""
    given = {"id": tx.new_id(), "account": account, "domain": domain, "at": micros(tx.now), "record": compact(record)}
    tx.raw(_ADD, given)


def forget(tx: Tx, before: datetime, most: int) -> int:
    """Drop the oldest of what is older; how many."""
    return len(tx.raw(_FORGET, {"before": first_id(before), "most": most}))


def latest(tx: Tx, most: int, domain: str | None = None) -> Iterator[Decision]:
    """The last decisions, the newest first; of one routing domain or of all."""
    c = table.c
    where = c.domain_id == domain if domain is not None else sa.true()
    found = sa.select(c.id, c.at, c.record).where(where).order_by(c.at.desc(), c.id.desc()).limit(most)
    for row in tx.execute(found):
        yield Decision(*row)
