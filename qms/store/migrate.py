"""Bringing a database to the present schema; many processes may start at once, and one of them does it."""

from importlib.resources import files

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

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
    before, head = revision(engine)
    if before == head:
        return before, str(head)
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        before = revision_of(connection)
        if before is not None and before not in {script.revision for script in _scripts().walk_revisions()}:
            raise NewerDatabase(f"the database is at revision {before}, which this version does not know")
        if before != head:
            command.upgrade(_config(connection), "head")
    return before, str(head)


def revision(engine: sa.Engine) -> tuple[str | None, str | None]:
    """The database's revision, and this program's."""
    with engine.connect() as connection, connection.begin():
        return revision_of(connection), newest()


def revision_of(connection: sa.Connection) -> str | None:
    """The revision of the database behind a connection; None where it has no schema yet."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """The revision that this program works with."""
    return _scripts().get_current_head()


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("qms.store").joinpath("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
