"""The history of a network: after every change the file that says how it is now, who has changed it, and what."""

from collections.abc import Sequence
from dataclasses import dataclass
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
class Revision:
    """How a network was from then on; `by` is an agent's id, or a word of ours. `file` has no secrets."""

    number: int
    at: datetime
    by: str
    changes: Sequence[str]
    file: str


def record(tx: Tx, *, account: str, by: str, applied: Applied) -> None:
    """Keep the network as it has become; `applied` gets its file."""
    applied.file = write_network(network_document(tx, account=account))
    number = 1 + (tx.execute(sa.select(sa.func.max(_c.number)).where(_c.account_id == account)).scalar() or 0)
    values = {"id": tx.new_id(), "account_id": account, "number": number, "at": tx.now, "by": by}
    changes = [str(change) for change in applied.changes]
    tx.execute(network_revision.insert(), values | {"changes": changes, "file": applied.file})
    tx.execute(network_revision.delete().where(_c.account_id == account, _c.number <= number - MOST))


def latest(tx: Tx, *, account: str, limit: int = 100, before: int | None = None) -> list[Revision]:
    """The revisions of an account, the newest first."""
    where = _c.account_id == account
    if before is not None:
        where &= _c.number < before
    return tx.all(Revision, _found().where(where).order_by(_c.number.desc()).limit(limit))


def get(tx: Tx, *, account: str, number: int) -> Revision:
    """One revision.

    Raises:
        NotFound: there is none with this number, or no more.
    """
    found = tx.first(Revision, _found().where(_c.account_id == account, _c.number == number))
    if found is None:
        raise NotFound("revision", str(number))
    return found


def _found() -> sa.Select[tuple[object, ...]]:
    return sa.select(*(_c[name] for name in Revision.__dataclass_fields__))
