"""The audit log in the database: notes become rows just before the commit, under the lock of the chain's end."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from qms.domain import audit
from qms.domain.audit import Head, Note, Row
from qms.store.columns import compact, micros
from qms.store.schema.audit import audit as table
from qms.store.schema.audit import audit_head
from qms.store.tx import Tx

_COLUMNS = ("id", "account_id", "seq", "at", "actor", "action", "object", "data", "before", "hash")
_c, _h = table.c, audit_head.c

AT_ONCE = 500
"""Rows that are read at once."""

_RESERVE = """INSERT INTO audit_head (account_id, seq, hash) VALUES (:account, :more, '')
ON CONFLICT (account_id) DO UPDATE SET seq = audit_head.seq + :more RETURNING seq, hash"""
_END = "UPDATE audit_head SET hash = :hash WHERE account_id = :account"


def record(tx: Tx) -> None:
    """Write the transaction's notes. The ends of chains are locked last of all and in order: nobody waits crosswise."""
    notes = sorted(tx.notes, key=lambda note: note.account)
    for account, some in groupby(notes, key=lambda note: note.account):
        _append(tx, account, list(some))


def _append(tx: Tx, account: str, notes: list[Note]) -> None:
    ((seq, before),) = tx.raw(_RESERVE, {"account": account, "more": len(notes)})
    rows = []
    for n, note in enumerate(notes):
        row = _row(tx, note, seq - len(notes) + n + 1, before)
        before = row["hash"]
        rows.append([row[name] for name in _COLUMNS])
    tx.insert_many("audit", _COLUMNS, rows)
    tx.raw(_END, {"hash": before, "account": account})


def _row(tx: Tx, note: Note, seq: int, before: str) -> dict[str, Any]:
    said = {"actor": note.actor, "action": note.action, "object": note.object, "data": compact(note.data)}
    row: dict[str, Any] = {
        "id": tx.new_id(),
        "account_id": note.account,
        "seq": seq,
        "at": micros(tx.now),
        **said,
        "before": before,
    }
    return {**row, "hash": audit.hash_of(Row(**row, hash=audit.NOTHING))}


def rows(tx: Tx, account: str) -> Iterator[Row]:
    """An account's log from its beginning, as it is stored."""
    texts: dict[str, sa.ColumnElement[Any]] = {
        "at": sa.type_coerce(_c["at"], sa.BigInteger),
        "data": sa.type_coerce(_c.data, sa.Text),
    }
    columns = [texts[name].label(name) if name in texts else _c[name] for name in _COLUMNS]
    found = sa.select(*columns).where(_c.account_id == account).order_by(_c.seq).limit(AT_ONCE)
    some = tx.all(Row, found)
    while some:
        yield from some
        some = tx.all(Row, found.where(_c.seq > some[-1].seq))


def end(tx: Tx, account: str) -> Head | None:
    """Where an account's log ends; None where nothing was ever written."""
    return tx.first(Head, sa.select(_h.seq, _h.hash).where(_h.account_id == account))
