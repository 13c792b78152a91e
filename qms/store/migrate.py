"""Bringing a database to the present schema; many processes may start at once, and one of them does it."""

from importlib.resources import files

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from qms.store.revision import HEAD

LOCK = 0x7475726E65726F
"""The advisory lock under which PostgreSQL is migrated."""


def migrate(engine: sa.Engine) -> tuple[str | None, str]:
    """Apply what is missing; the revisions before and after.

    Raises:
        RuntimeError: the database is newer than this program.
    """
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        before = MigrationContext.configure(connection).get_current_revision()
        scripts = ScriptDirectory.from_config(_config())
        if before is not None and before not in {script.revision for script in scripts.walk_revisions()}:
            raise RuntimeError(f"the database is at revision {before}, which this version does not know")
        if before != HEAD:
            command.upgrade(_config(connection), "head")
    return before, HEAD


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(files("qms.store").joinpath("migrations")))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
