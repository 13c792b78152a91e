"""Which schema a database has: asked at every start, without loading what migrates."""

import json

import sqlalchemy as sa

HEAD = "0001"
"""The revision that this program works with: the last of `qms.store.migrations`."""

KEEPS: tuple[str, ...] = ()
"""Revisions of earlier releases whose programs can go on working on this one's tables, so that a new release may be
rolled out process by process. A release that takes something away names none of those that still use it."""

OLDER = "older_programs"
"""Under this name the installation says for whom else its tables are good: KEEPS of whoever migrated it last."""


def present(engine: sa.Engine) -> str | None:
    """The revision that the database is at; None where it is empty."""
    with engine.connect() as connection, connection.begin():
        return revision_of(connection)


def suits(connection: sa.Connection) -> bool:
    """Whether this program can work with the database: it is of its revision, or of a later one that keeps to it."""
    at = revision_of(connection)
    if at is None or at == HEAD:
        return at == HEAD
    found = sa.text("SELECT value FROM installation WHERE name = :name")
    kept = connection.execute(found, {"name": OLDER}).scalar()
    return kept is not None and HEAD in json.loads(kept)


def revision_of(connection: sa.Connection) -> str | None:
    """The revision of the database behind a connection; None where it is empty."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
    return found
