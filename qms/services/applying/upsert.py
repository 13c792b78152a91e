"""Bringing one row to what a network file wants: added, changed, brought back, or left alone."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from qms.domain.complaint import complaint
from qms.domain.errors import Conflict
from qms.domain.ids import derived_id
from qms.domain.network_file.kept import restored
from qms.services.applying.applied import Applied, Change
from qms.services.applying.counting import Moved, branches_of
from qms.store.tx import Tx

Row = Mapping[str, Any]


class Upserts:
    """Upserts of one account: notes changes and ids as it goes."""

    def __init__(self, tx: Tx, account: str, slug: str, applied: Applied) -> None:
        self.tx = tx
        self.account = account
        self.slug = slug
        self.applied = applied
        self.ids: dict[tuple[str, str], str] = {}
        self.kept: dict[str, set[str]] = {}
        self._read: dict[str, _Before] = {}
        self.shown: list[Moved] = []

    def put(
        self,
        table: sa.Table,
        key: str,
        id: str,
        wanted: Row,
        *,
        rank: int,
        made: Row | None = None,
        label: str | None = None,
        **where: str,
    ) -> Row | None:
        """Make the row be as wanted; the row as it was, or None for a new one. `made` is what only a new one is given.

        The thing is known by the file's id from now on; its own, to which others refer, never changes.
        """
        kind, shown = table.name, label or key
        row = self.present(table, key, id, **where)
        wanted = restored(wanted, row, f"{kind} {shown}")
        if row is None:
            here = self._free_id(table, key, id)
            values = {
                "id": here,
                "account_id": self.account,
                "key": key,
                "rank": rank,
                **where,
                **(made or {}),
                **wanted,
            }
            sealed = self.tx.vault.seal_row(table, here, values)
            self.tx.execute(table.insert(), sealed | self._given(table, here, id))
            self.applied.changes.append(Change(action="add", kind=kind, key=shown))
        else:
            here = row["id"]
            given = self._given(table, here, id)
            self._change(table, row, {"rank": rank, "key": key, **where, **wanted, **given}, shown)
        self.kept.setdefault(kind, set()).add(here)
        self.ids[kind, shown] = here
        self.applied.note(kind, shown, id)
        return row

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
        kept = self.kept.get(table.name, set())
        found = sa.select(table.c.id, table.c.key).where(
            table.c.account_id == self.account, table.c.retired_at.is_(None)
        )
        gone = [(id, key) for id, key in self.tx.execute(found.order_by(table.c.rank, table.c.id)) if id not in kept]
        for id, key in gone:
            if prune:
                self.tx.execute(table.update().where(table.c.id == id).values(retired_at=self.tx.now))
                self.applied.changes.append(Change(action="retire", kind=table.name, key=key))
            else:
                self.applied.unmentioned.append((table.name, key))
        return [id for id, _ in gone] if prune else []

    def _change(self, table: sa.Table, row: Row, wanted: Row, shown: str) -> None:
        changed = {name: value for name, value in wanted.items() if row[name] != value}
        restored = row["retired_at"] is not None
        if not changed and not restored:
            return
        values = {**self.tx.vault.seal_row(table, row["id"], changed), "retired_at": None}
        self.tx.execute(table.update().where(table.c.id == row["id"]).values(values))
        told = tuple(_TOLD.get(name, name) for name in changed if name != "rank") or ("order",)
        change = Change(action="restore" if restored else "change", kind=table.name, key=shown, fields=told)
        self.applied.changes.append(change)

    @staticmethod
    def _given(table: sa.Table, here: str, id: str) -> dict[str, str | None]:
        """The id by which callers know the thing, where it is not its own."""
        return {"given_id": id if here != id else None} if "given_id" in table.c else {}

    def _free_id(self, table: sa.Table, key: str, id: str) -> str:
        """The id itself; where something else has it, one of our own that stands for it.

        Raises:
            Conflict: an Auvious application's id is another account's; such an id has to be unique.
        """
        if not self._taken(table, id):
            return id
        if "given_id" not in table.c:
            raise Conflict(table.name, complaint("the id %(id)s is in use already", id=id))
        derived = derived_id(f"{self.slug}\0{id}", table.name, key)
        return self.tx.new_id() if self._taken(table, derived) else derived

    def _taken(self, table: sa.Table, id: str) -> bool:
        return bool(self.tx.raw(f"SELECT 1 FROM {table.name} WHERE id = :id", {"id": id}))  # noqa: S608 - our own name


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
