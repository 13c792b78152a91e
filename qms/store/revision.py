"""Which schema a database has: asked at every start, without loading what migrates."""

import sqlalchemy as sa

HEAD = "0001"
"""The revision that this program works with: the last of `qms.store.migrations`."""


def present(engine: sa.Engine) -> str | None:
    """The revision that the database is at; None where it is empty."""
    with engine.connect() as connection, connection.begin():
        return revision_of(connection)


def revision_of(connection: sa.Connection) -> str | None:
    """The revision of the database behind a connection; None where it is empty."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return found
