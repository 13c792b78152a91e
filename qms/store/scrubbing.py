"""Scrubbing: what was erased is taken out of the database's files too, not only out of sight."""

import sqlalchemy as sa

from qms.store.schema.data_map import PERSONAL


def scrub(engine: sa.Engine) -> bool:
    """Leave nothing of erased rows in the files; whether that is done, or somebody who reads is in its way.

    SQLite: the file is written anew, and the write-ahead log is emptied. PostgreSQL: dead rows are vacuumed; their
    bytes are used again from then on, and its own log keeps them until it is recycled.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("VACUUM " + ", ".join(sorted(PERSONAL)))
            return True
        bare = connection.connection.driver_connection
        if bare is None:
            return False
        bare.execute("VACUUM")
        ((busy, _, _),) = bare.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return not busy
