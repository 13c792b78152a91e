"""Rehearsals that somebody asked for at a page: what was asked, how far it is, what was found."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from qms.domain.errors import NotFound
from qms.store.schema.reporting import rehearsal as table
from qms.store.tx import Tx

Kind = Literal["simulation", "staffing"]
State = Literal["running", "done", "failed"]

KEPT = 20
"""So many of each kind are kept per account."""
SILENT = timedelta(minutes=1)
"""A process that has said nothing for so long has died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """See the table."""

    id: str
    account_id: str
    agent_id: str
    kind: Kind
    asked: Mapping[str, Any]
    state: State
    passed: int
    days: int
    made_at: datetime
    seen_at: datetime
    found: Mapping[str, Any] | None = None
    reason: str | None = None


def begin(tx: Tx, *, account: str, agent: str, kind: Kind, asked: Mapping[str, Any], days: int) -> Rehearsal:
    """Write down what is about to be simulated, and forget what is oldest."""
    made = Rehearsal(
        id=tx.new_id(),
        account_id=account,
        agent_id=agent,
        kind=kind,
        asked=asked,
        state="running",
        passed=0,
        days=days,
        made_at=tx.now,
        seen_at=tx.machine_now,
    )
    tx.insert(table, made)
    c = table.c
    mine = sa.select(c.id).where(c.account_id == account, c.kind == kind).order_by(c.made_at.desc(), c.id.desc())
    tx.execute(sa.delete(table).where(c.id.in_([id for (id,) in tx.execute(mine.offset(KEPT))])))
    return made


def go_on(tx: Tx, *, id: str, passed: int) -> None:
    """So many days are over."""
    _change(tx, id, passed=passed)


def finish(tx: Tx, *, id: str, found: Mapping[str, Any]) -> None:
    """All days are over."""
    _change(tx, id, state="done", found=found, passed=table.c.days)


def fail(tx: Tx, *, id: str, reason: str) -> None:
    """There will be no result."""
    _change(tx, id, state="failed", reason=reason[:500])


def get(tx: Tx, *, account: str, id: str) -> Rehearsal:
    """A rehearsal of an account; one whose process has died has failed.

    Raises:
        NotFound: there is none.
    """
    found = tx.first(Rehearsal, sa.select(table).where(table.c.id == id, table.c.account_id == account))
    if found is None:
        raise NotFound("rehearsal", id)
    return _as_it_is(tx, found)


def latest(tx: Tx, *, account: str, kind: Kind) -> list[Rehearsal]:
    """The newest first."""
    c = table.c
    found = sa.select(*(column for column in c if column.name != "found"))
    found = found.where(c.account_id == account, c.kind == kind).order_by(c.made_at.desc(), c.id.desc())
    return [_as_it_is(tx, one) for one in tx.all(Rehearsal, found.limit(KEPT))]


def _as_it_is(tx: Tx, one: Rehearsal) -> Rehearsal:
    died = one.state == "running" and tx.machine_now - one.seen_at > SILENT
    return replace(one, state="failed", reason="interrupted") if died else one


def _change(tx: Tx, id: str, **values: Any) -> None:
    running = (table.c.id == id) & (table.c.state == "running")
    tx.execute(table.update().where(running).values(seen_at=tx.machine_now, **values))
