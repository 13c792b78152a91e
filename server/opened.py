"""Opening an installation: its database at the present schema, its clock, its store."""

import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from qms.store.engines import connect
from qms.store.revision import HEAD, present
from qms.store.schema.access import installation
from qms.store.store import EventNames, Store
from server.clock import SandboxClock, SystemClock
from server.settings import Sandbox, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An installation that is ready to be worked with."""

    settings: Settings
    clock: SystemClock
    store: Store


def open_installation(settings: Settings, *, event_names: EventNames | None = None) -> Opened:
    """Bring the database to the present schema, set the clock, and open the store."""
    engine = connect(settings.database_url, pool_size=1)
    try:
        if present(engine) != HEAD:
            from qms.store.migrate import migrate  # loads slowly, and is seldom needed

            migrate(engine)
        clock = clock_of(settings.sandbox, engine)
    finally:
        engine.dispose()
    store = Store(settings.database_url, clock, event_names=event_names)
    return Opened(settings=settings, clock=clock, store=store)


def clock_of(sandbox: Sandbox | None, engine: sa.Engine) -> SystemClock:
    """The clock: the system's, or the sandbox's as the database remembers it.

    A restart with the same setting goes on; a changed setting starts anew.
    """
    system = SystemClock()
    c = installation.c
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        kept = connection.execute(sa.select(c.value).where(c.name == "clock")).scalar()
        if sandbox is None:
            if kept is not None:
                connection.execute(installation.delete().where(c.name == "clock"))
            return system
        known = json.loads(kept) if kept is not None else {}
        if known.get("setting") == sandbox.text:
            return SandboxClock(sandbox, datetime.fromisoformat(known["anchor"]))
        anchor = system.machine()
        value = json.dumps({"setting": sandbox.text, "anchor": anchor.isoformat()})
        connection.execute(installation.delete().where(c.name == "clock"))
        connection.execute(installation.insert(), {"name": "clock", "value": value})
        return SandboxClock(sandbox, anchor)
