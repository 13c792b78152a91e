"""The history of a network: after every change the file that says how it is now, who has changed it, and what."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa

from qms.domain.errors import NotFound
from qms.domain.network_file.writer import write_network
from qms.services.applying.applied import Applied
from qms.services.applying.stored import network_document
from qms.store.schema.revision import network_revision
from qms.store.tx import Tx

MOST = 500
"""Revisions of an account that are kept."""

_c = network_revision.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A change of the history; `by` is an agent's id, or a word of ours."""

    number: int
    at: datetime
    by: str
    changes: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision(Entry):
    """How a network was from a change on; `file` has no secrets."""

    file: str


def record(tx: Tx, *, account: str, by: str, applied: Applied) -> None:
    """Keep the network as it has become; `applied` gets its file."""
    applied.file = write_network(network_document(tx, account=account))
    number = 1 + (tx.execute(sa.select(sa.func.max(_c.number)).where(_c.account_id == account)).scalar() or 0)
    values = {"id": tx.new_id(), "account_id": account, "number": number, "at": tx.now, "by": by}
    changes = [str(change) for change in applied.changes]
    tx.execute(network_revision.insert(), values | {"changes": changes, "file": applied.file})
    tx.execute(network_revision.delete().where(_c.account_id == account, _c.number <= number - MOST))


def latest(tx: Tx, *, account: str, limit: int = 100) -> list[Entry]:
    """The last changes of an account, the newest first."""
    found = sa.select(*(_c[one.name] for one in fields(Entry))).where(_c.account_id == account)
    return tx.all(Entry, found.order_by(_c.number.desc()).limit(limit))


def get(tx: Tx, *, account: str, number: int) -> Revision:
    """One revision.

    Raises:
        NotFound: there is none with this number, or no more.
    """
    found = _first(tx, account, _c.number == number)
    if found is None:
        raise NotFound("revision", str(number))
    return found


def before(tx: Tx, *, account: str, number: int) -> Revision | None:
    """The revision before this one; None where there is none, or no more."""
    return _first(tx, account, _c.number < number)


def _first(tx: Tx, account: str, where: sa.ColumnElement[bool]) -> Revision | None:
    found = sa.select(*(_c[one.name] for one in fields(Revision))).where(_c.account_id == account, where)
    return tx.first(Revision, found.order_by(_c.number.desc()).limit(1))
