"""The audit log: who did what, in rows each of which holds the hash of the one before.

Nothing personal belongs in a note: people are named by their ids, and what somebody wrote stays where it can be erased.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

OPERATOR = "operator"
"""Whoever works with the command line, or the program by itself."""

NOTHING = ""
"""In place of the hash before the first row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that somebody did, before it has its place in the log. `actor` is an agent's id, or a word of ours."""

    account: str
    actor: str
    action: str
    object: str
    data: Mapping[str, Any] | Sequence[Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the log as it is stored: `at` in microseconds since 1970, `data` as its JSON text."""

    id: str
    account_id: str
    seq: int
    at: int
    actor: str
    action: str
    object: str
    data: str
    before: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where a log ends: how many rows it has, and the hash of the last."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first place at which a log is not what was written."""

    seq: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What came of reading a log from its beginning: rows that are right, the head of these, the first that is not."""

    rows: int
    head: Head
    broken: Break | None = None


def hash_of(row: Row) -> str:
    """What a row's hash must be: SHA-256 over the hash before it and everything that it says."""
    said = (row.before, row.account_id, row.seq, row.id, row.at, row.actor, row.action, row.object, row.data)
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def read(rows: Iterable[Row], end: Head | None, kept: Head | None = None) -> Finding:
    """Go through an account's log in order.

    `end` is where the database says that it ends; `kept` is a head that somebody wrote down elsewhere, and that the
    log must still go through.
    """
    head = Head(seq=0, hash=NOTHING)
    for row in rows:
        what = _wrong(row, head) or _other(row, kept)
        if what is not None:
            return Finding(rows=head.seq, head=head, broken=Break(seq=head.seq + 1, what=what))
        head = Head(seq=row.seq, hash=row.hash)
    ends = [one for one in (end, kept) if one is not None and one.seq > head.seq]
    if ends or (end is not None and end != head) or (end is None and head.seq):
        return Finding(rows=head.seq, head=head, broken=Break(seq=head.seq + 1, what="rows at the end are missing"))
    return Finding(rows=head.seq, head=head)


def _wrong(row: Row, head: Head) -> str | None:
    if row.seq != head.seq + 1:
        return "a row is missing"
    if row.before != head.hash:
        return "does not follow the row before"
    return "was changed" if row.hash != hash_of(row) else None


def _other(row: Row, kept: Head | None) -> str | None:
    other = kept is not None and row.seq == kept.seq and row.hash != kept.hash
    return "is not the row that was written down" if other else None
