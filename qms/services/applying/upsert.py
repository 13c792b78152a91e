"""Bringing one row to what a network file wants: added, changed, brought back, or left alone."""

import secrets
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from qms.domain.errors import Conflict
from qms.domain.ids import derived_id
from qms.services.applying.applied import Applied, Change
from qms.store.tx import Tx


class Upserts:
    """Upserts of one account: notes changes, ids and tokens as it goes."""

    def __init__(self, tx: Tx, account: str, slug: str, applied: Applied) -> None:
        self.tx = tx
        self.account = account
        self.slug = slug
        self.applied = applied
        self.ids: dict[tuple[str, str], str] = {}
        self.kept: dict[str, set[str]] = {}

    def put(
        self,
        table: sa.Table,
        key: str,
        id: str,
        wanted: Mapping[str, Any],
        *,
        rank: int,
        made: Mapping[str, Any] | None = None,
        label: str | None = None,
        **where: str,
    ) -> str:
        """Make the row be as wanted; its id in this installation. `made` holds what only a new row is given."""
        kind, shown = table.name, label or key
        row = self._present(table, key, id, where)
        if row is None:
            here = self._free_id(table, kind, key, id)
            values = {"id": here, "account_id": self.account, "key": key, "rank": rank, **(made or {}), **wanted}
            values |= {"given_id": id} if here != id and "given_id" in table.c else {}
            self.tx.execute(table.insert(), values)
            self.applied.changes.append(Change(action="add", kind=kind, key=shown))
        else:
            here = row["id"]
            self._change(table, row, {**wanted, "rank": rank, "key": key}, shown)
        self.kept.setdefault(kind, set()).add(here)
        self.ids[kind, shown] = here
        self.applied.note(kind, shown, id if row is None else (row.get("given_id") or here))
        return here

    def token(self, table: sa.Table, kind: str, key: str, given: str | None) -> str:
        """The token of a device: the one given, else the one it has, else a new one.

        Raises:
            Conflict: another device of the installation has the token.
        """
        own = self.tx.execute(
            sa.select(table.c.token).where(
                table.c.account_id == self.account, table.c.key == key, table.c.retired_at.is_(None)
            )
        ).scalar()
        token = given or own or secrets.token_urlsafe(24)
        if token != own:
            other = sa.select(table.c.key).where(
                table.c.token == token, ~((table.c.account_id == self.account) & (table.c.key == key))
            )
            if self.tx.execute(other).first() is not None:
                raise Conflict(kind, f"the token of {key} is in use by another {kind}")
        self.applied.tokens.setdefault(kind, {})[key] = token
        return token

    def retire_others(self, table: sa.Table, *, prune: bool) -> list[str]:
        """Retire what the file does not mention, if asked to; else only note it. The ids that were retired."""
        kept = self.kept.get(table.name, set())
        found = sa.select(table.c.id, table.c.key).where(
            table.c.account_id == self.account, table.c.retired_at.is_(None)
        )
        gone = [(id, key) for id, key in self.tx.execute(found) if id not in kept]
        for id, key in gone:
            if prune:
                self.tx.execute(table.update().where(table.c.id == id).values(retired_at=self.tx.now))
                self.applied.changes.append(Change(action="retire", kind=table.name, key=key))
            else:
                self.applied.unmentioned.append((table.name, key))
        return [id for id, _ in gone] if prune else []

    def _present(self, table: sa.Table, key: str, id: str, where: Mapping[str, str]) -> dict[str, Any] | None:
        mine = table.c.account_id == self.account
        for name, value in where.items():
            mine &= table.c[name] == value
        by_key = (table.c.key == key) & table.c.retired_at.is_(None)
        named = (table.c.id == id) if "given_id" not in table.c else (table.c.id == id) | (table.c.given_id == id)
        for match in (mine & by_key, mine & named):
            row = self.tx.execute(sa.select(table).where(match)).mappings().first()
            if row is not None:
                return dict(row)
        return None

    def _change(self, table: sa.Table, row: Mapping[str, Any], wanted: Mapping[str, Any], shown: str) -> None:
        changed = {name: value for name, value in wanted.items() if row[name] != value}
        restored = row["retired_at"] is not None
        if not changed and not restored:
            return
        self.tx.execute(table.update().where(table.c.id == row["id"]).values({**changed, "retired_at": None}))
        told = tuple(name for name in changed if name != "rank") or ("order",)
        change = Change(action="restore" if restored else "change", kind=table.name, key=shown, fields=told)
        self.applied.changes.append(change)

    def _free_id(self, table: sa.Table, kind: str, key: str, id: str) -> str:
        """The id itself; where another account has it, one of our own that stands for it.

        Raises:
            Conflict: an Auvious application's id is another account's; such an id has to be unique.
        """
        taken = self.tx.execute(sa.select(table.c.account_id).where(table.c.id == id)).scalar()
        if taken is None:
            return id
        if "given_id" not in table.c:
            raise Conflict(kind, f"the id {id} is in use by another account")
        return derived_id(f"{self.slug}\0{id}", kind, key)
