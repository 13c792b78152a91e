"""Bringing rows to what a network file wants: added, changed, brought back, or left alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from qms.domain.complaint import complaint
from qms.domain.errors import Conflict
from qms.domain.ids import derived_id
from qms.domain.network_file.declared.named import Identified
from qms.domain.network_file.kept import restored
from qms.services.applying import written
from qms.services.applying.applied import Applied, Change
from qms.services.applying.counting import Moved, branches_of
from qms.services.applying.written import Values, holders
from qms.store.statements import NOTHING
from qms.store.tx import Tx

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a file says of one thing; `made` is what only a new row is given, `where` what tells its key from others'.

    `label` is what the thing is called by whoever refers to it, where that is not its key.
    """

    key: str
    id: str
    columns: Row
    rank: int
    made: Row = field(default_factory=dict)
    where: Row = field(default_factory=dict)
    label: str = ""

    @property
    def shown(self) -> str:
        """What it is called by people, and elsewhere in the file."""
        return self.label or self.key


def wanted_of(things: Sequence[Identified], columns: Iterable[Row], *, made: Row = NOTHING) -> list[Wanted]:
    """What a file says of all things of a kind, in its order."""
    told = enumerate(zip(things, columns, strict=True))
    return [Wanted(key=one.key, id=one.id, columns=row, rank=n, made=made) for n, (one, row) in told]


class Upserts:
    """Upserts of one account: notes changes and ids as it goes."""

    def __init__(self, tx: Tx, account: str, slug: str, applied: Applied) -> None:
        self.tx = tx
        self.account = account
        self.slug = slug
        self.applied = applied
        self.ids: dict[tuple[str, str], str] = {}
        self.kept: dict[str, set[str]] = {}
        self.added = set[str]()
        self._read: dict[str, _Before] = {}
        self.shown: list[Moved] = []

    def put(self, table: sa.Table, things: Sequence[Wanted]) -> list[Row | None]:
        """Make the rows be as wanted; each as it was, or None for a new one. All are written at once.

        A thing is known by the file's id from now on; its own, to which others refer, never changes.
        """
        rows = [self._met(table, one) for one in things]
        new = [one.id for one, row in zip(things, rows, strict=True) if row is None]
        taken = {row["id"] for row in holders(self.tx, table.c.id, new)}
        added, changed = list[Values](), list[tuple[str, Values]]()
        for one, row in zip(things, rows, strict=True):
            columns = {"rank": one.rank, "key": one.key, **one.where}
            columns |= restored(one.columns, row, f"{table.name} {one.shown}")
            if row is None:
                here = self._free_id(table, one, taken)
                added.append(self._added(table, here, one, columns))
            else:
                here = row["id"]
                changed += self._changed(table, row, one, columns)
            self.kept.setdefault(table.name, set()).add(here)
            self.ids[table.name, one.shown] = here
            self.applied.note(table.name, one.shown, one.id)
        written.change(self.tx, table, changed)  # first: what is new may have the key that another has given up
        written.add(self.tx, table, added)
        return rows

    def present(self, table: sa.Table, key: str, id: str, **where: str) -> Row | None:
        """The row that a key or an id of the file means, retired or not, unless it is taken by another key already."""
        before, kept = self._before(table), self.kept.get(table.name, ())
        here = [row for row in before.named.get(key, ()) if all(row[name] == value for name, value in where.items())]
        for rows in ([row for row in here if row["retired_at"] is None], before.meant.get(id, ())):
            for row in rows:
                if row["id"] not in kept:
                    return row
        return None

    def shows(self, before: Row | None, after: Row) -> None:
        """Note a device that shows other branches from now on."""
        if before is not None and branches_of(before) != branches_of(after):
            self.shown.append(Moved(branches_of(before), branches_of(after)))

    def _before(self, table: sa.Table) -> "_Before":
        """The account's rows as they were before the file, read once: a statement for each thing is slow for many."""
        if table.name not in self._read:
            c = table.c
            ordered = sa.select(table).where(c.account_id == self.account).order_by(c.retired_at.is_not(None), c.id)
            rows = self.tx.execute(ordered).mappings()
            self._read[table.name] = _Before(self.tx.vault.open_row(table, row) for row in rows)
        return self._read[table.name]

    def retire_others(self, table: sa.Table, *, prune: bool) -> list[str]:
        """Retire what the file does not mention, if asked to; else only note it. The ids that were retired."""
        kept, c = self.kept.get(table.name, set()), table.c
        found = sa.select(c.id, c.key).where(c.account_id == self.account, c.retired_at.is_(None))
        gone = {id: key for id, key in self.tx.execute(found.order_by(c.rank, c.id)) if id not in kept}
        if not prune:
            self.applied.unmentioned += [(table.name, key) for key in gone.values()]
            return []
        written.change(self.tx, table, [(id, {"retired_at": self.tx.now}) for id in gone])
        self.applied.changes += [Change(action="retire", kind=table.name, key=key) for key in gone.values()]
        return list(gone)

    def _met(self, table: sa.Table, one: Wanted) -> Row | None:
        """The row that is meant, which nothing else in the file means from now on."""
        row = self.present(table, one.key, one.id, **one.where)
        if row is not None:
            self.kept.setdefault(table.name, set()).add(row["id"])
        return row

    def _added(self, table: sa.Table, here: str, one: Wanted, columns: Row) -> Values:
        self.applied.changes.append(Change(action="add", kind=table.name, key=one.shown))
        self.added.add(here)
        values = {"id": here, "account_id": self.account, **one.made, **columns, **_given(table, here, one.id)}
        return self.tx.vault.seal_row(table, here, values)

    def _changed(self, table: sa.Table, row: Row, one: Wanted, columns: Row) -> Iterator[tuple[str, Values]]:
        """What is to be written to a row that was there before, if anything, under its id."""
        wanted = {**columns, **_given(table, row["id"], one.id)}
        changed = {name: value for name, value in wanted.items() if row[name] != value}
        retired = row["retired_at"] is not None
        if not changed and not retired:
            return
        told = tuple(_TOLD.get(name, name) for name in changed if name != "rank") or ("order",)
        change = Change(action="restore" if retired else "change", kind=table.name, key=one.shown, fields=told)
        self.applied.changes.append(change)
        yield row["id"], {**self.tx.vault.seal_row(table, row["id"], changed), "retired_at": None}

    def _free_id(self, table: sa.Table, one: Wanted, taken: set[str]) -> str:
        """The id itself; where something else has it, one of our own that stands for it. It is taken from now on.

        Raises:
            Conflict: an Auvious application's id is another account's; such an id has to be unique.
        """
        free = one.id
        if free in taken:
            if "given_id" not in table.c:
                raise Conflict(table.name, complaint("the id %(id)s is in use already", id=one.id))
            free = derived_id(f"{self.slug}\0{one.id}", table.name, one.key)
            if free in taken or any(holders(self.tx, table.c.id, [free])):
                free = self.tx.new_id()
        taken.add(free)
        return free


def _given(table: sa.Table, here: str, id: str) -> dict[str, str | None]:
    """The id by which callers know the thing, where it is not its own."""
    return {"given_id": id if here != id else None} if "given_id" in table.c else {}


_TOLD = {
    "given_id": "id",
    "branch_id": "branch",
    "queue_ids": "queues",
    "agent_ids": "agents",
    "branch_ids": "branches",
}
"""How columns are told to people, where they have another name in the file."""


class _Before:
    """The rows of a table before the file was applied, by key, and by the id that a file means; those in use first."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.named: dict[str, list[Row]] = {}
        self.meant: dict[str, list[Row]] = {}
        for row in rows:
            self.named.setdefault(row["key"], []).append(row)
            self.meant.setdefault(row.get("given_id") or row["id"], []).append(row)
