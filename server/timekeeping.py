"""The clock of an installation: the system's, or the sandbox's as the database remembers it."""

import json
from datetime import datetime

import sqlalchemy as sa

from qms.store import locks
from qms.store.schema.access import installation
from server.clock import Sandbox, SandboxClock, SystemClock

NAME = "clock"
_KEEP = sa.text(
    "INSERT INTO installation (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = :value"
)


def clock_of(sandbox: Sandbox | None, engine: sa.Engine, *, tool: bool = False) -> SystemClock:
    """The clock: a restart with the same setting goes on, a changed setting starts anew, none is the real time again.

    A `tool` without the setting goes by what is kept, so that what it makes is of the same time as the server's.
    """
    with engine.connect() as connection, connection.begin():
        kept = _kept(connection)
    if sandbox is None and (kept is None or tool):
        return SystemClock() if kept is None else _running(kept)
    if sandbox is not None and kept is not None and kept["setting"] == sandbox.text:
        return _running(kept)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        return _set(connection, sandbox)


def _set(connection: sa.Connection, sandbox: Sandbox | None) -> SystemClock:
    """Set the clock, unless another process has just done so."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("LOCK TABLE installation IN SHARE ROW EXCLUSIVE MODE"))
    if sandbox is None:
        connection.execute(installation.delete().where(installation.c.name == NAME))
        return SystemClock()
    kept = _kept(connection)
    if kept is None or kept["setting"] != sandbox.text:
        # Where the database stamps, its clock is the one that counts from now on.
        anchor = locks.hold(connection, (), SystemClock()).at
        kept = {"setting": sandbox.text, "anchor": anchor.isoformat()}
        connection.execute(_KEEP, {"name": NAME, "value": json.dumps(kept)})
    return _running(kept)


def _kept(connection: sa.Connection) -> dict[str, str] | None:
    value = connection.execute(sa.select(installation.c.value).where(installation.c.name == NAME)).scalar()
    kept: dict[str, str] | None = None if value is None else json.loads(value)
    return kept


def _running(kept: dict[str, str]) -> SandboxClock:
    return SandboxClock(Sandbox.parse(kept["setting"]), datetime.fromisoformat(kept["anchor"]))
