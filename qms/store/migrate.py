"""Bringing a database to the present schema; many processes may start at once, and one of them does it.

What knows how to is loaded when there is something to do: it loads slowly.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

import sqlalchemy as sa

from qms.store.revision import HEAD, KEEPS, OLDER, present, revision_of
from qms.store.schema.access import installation

if TYPE_CHECKING:
    from alembic.config import Config

LOCK = 0x7475726E65726F
"""The advisory lock under which PostgreSQL is migrated."""

PATIENCE = "10min"
"""How long a process waits for another one that is migrating."""


class NewerDatabase(RuntimeError):
    """The database was made by a newer program than this one."""


def migrate(engine: sa.Engine) -> tuple[str | None, str]:
    """Apply what is missing; the revisions before and after. Where nothing is, the database is only read.

    Raises:
        NewerDatabase: its revision is one that this program does not know.
    """
    before = present(engine)
    if before == HEAD:
        return before, HEAD
    with upgrading(engine) as connection:
        before = revision_of(connection)
        upgrade(connection, HEAD)
        _say_for_whom_else(connection)
    return before, HEAD


def _say_for_whom_else(connection: sa.Connection) -> None:
    connection.execute(installation.delete().where(installation.c.name == OLDER))
    if KEEPS:
        connection.execute(installation.insert(), {"name": OLDER, "value": json.dumps(KEEPS)})


@contextmanager
def upgrading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction in which the schema may be changed: no other process changes it meanwhile.

    Raises:
        NewerDatabase: its revision is one that this program does not know.
    """
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        before = revision_of(connection)
        if before is not None and before not in known():
            raise NewerDatabase(misfit(before))
        yield connection


def misfit(at: str | None) -> str:
    """The sentence for a database whose revision is another than this program's, and what to do about it."""
    if at is not None and at not in known():
        return f"the database is at revision {at}, which this version does not know"
    return f"the database is at revision {at or 'none'}, expected {HEAD}: run turnero migrate"


def upgrade(connection: sa.Connection, revision: str) -> None:
    """Bring the schema to a revision that is not before its own."""
    from alembic import command

    if revision_of(connection) != revision:
        command.upgrade(_config(connection), revision)


def known() -> list[str]:
    """The revisions that this program can migrate from or to, the newest first."""
    from alembic.script import ScriptDirectory

    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]


def _config(connection: sa.Connection | None = None) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("qms.store").joinpath("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
