"""Making a database from an archive, in one transaction: all of it, proven, or nothing."""

import sqlalchemy as sa

from qms.store.archive.manifest import Content
from qms.store.archive.reading import Archive
from qms.store.archive.refusals import NotEmpty, Unfit
from qms.store.archive.rows import Tally, fill, lines_of
from qms.store.limits import LOCK_SECONDS
from qms.store.migrate import upgrade, upgrading
from qms.store.revision import HEAD, revision_of
from qms.store.schema import metadata
from qms.store.schema.hall import hall
from qms.store.schema.network import branch, routing_domain

KEPT = frozenset({"installation"})
"""Tables that have rows in a database in which nobody has done anything yet."""

LEAP = 1_000_000
"""More calls, and more changes, than there are between a backup and the loss of what came after it."""

COUNTED = (branch.c.call_seq, hall.c.seq, routing_domain.c.epoch)
"""By what screens and desks know a later call, or state, from one they have had."""


def restore(engine: sa.Engine, archive: Archive, *, force: bool = False, leap: bool = False) -> None:
    """Put an archive's rows in the place of whatever the database has, and bring them to the present schema.

    What was stored is read again and compared before it is committed. Check the archive first: what is found to be
    damaged only here has cost the time until then, though it changes nothing. With a `leap` calls and changes are
    counted on from above whatever was told after the archive was taken: a screen announces only what is above what it
    has announced, and would be silent about as many calls as were lost.

    Raises:
        NotEmpty: there are rows already, and they are not to be lost by force.
        NewerDatabase: the database is at a revision that this program does not know.
        Damaged: the archive is not what was written.
        Unfit: this database cannot hold what the archive has, or it is of one day only.
    """
    if archive.manifest.day is not None:
        raise Unfit("the archive is of one day: it holds what has gone from a database, not all of one")
    with upgrading(engine) as connection:
        _make_room(connection, force)
        upgrade(connection, archive.manifest.revision)
        for table in archive.manifest.tables:
            _fill(connection, archive, table)
        for table in archive.manifest.tables:
            _compare(connection, table)
        upgrade(connection, HEAD)
        for counted in COUNTED if leap else ():
            connection.execute(sa.update(counted.table).values({counted: counted + LEAP}))


def _make_room(connection: sa.Connection, force: bool) -> None:
    if revision_of(connection) is None:
        return
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")  # a server that is busy is not ended
    upgrade(connection, HEAD)
    held = [table.name for table in metadata.sorted_tables if table.name not in KEPT and _has_rows(connection, table)]
    if held and not force:
        raise NotEmpty(f"the database is not empty: there are rows in {', '.join(held[:3])}; --force replaces them")
    metadata.drop_all(connection)
    connection.exec_driver_sql("DROP TABLE alembic_version")


def _has_rows(connection: sa.Connection, table: sa.Table) -> bool:
    return connection.execute(sa.select(sa.literal(1)).select_from(table).limit(1)).first() is not None


def _fill(connection: sa.Connection, archive: Archive, table: Content) -> None:
    try:
        fill(connection, table, archive.lines(table))
    except (sa.exc.DataError, sa.exc.IntegrityError, sa.exc.ProgrammingError) as error:
        first, *_ = str(error.orig).splitlines()
        raise Unfit(f"table {table.name} cannot be restored into this database: {first}") from error


def _compare(connection: sa.Connection, table: Content) -> None:
    tally = Tally()
    tally.exhaust(lines_of(connection, table))
    if (tally.rows, tally.sha256) != (table.rows, table.sha256):
        raise Unfit(f"table {table.name} is not the same in this database: {tally.rows} rows of {table.rows}")
