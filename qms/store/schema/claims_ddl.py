"""The rule that nobody's time is given away twice, as each database can say it. Its name is `slot_taken`.

Two active claims on one agent may overlap only within a group (appointments of one service that are held together), or
where staff has put one over another on purpose. PostgreSQL has an exclusion constraint for that, SQLite two triggers,
which are as good since it has one writer. What belongs to a table but is no column is written by hand: a migration that
builds `claim` anew calls `create` again.
"""

import sqlalchemy as sa

NAME = "slot_taken"
EXTENSION = "btree_gist"

CONSTRAINT = f"""ALTER TABLE claim ADD CONSTRAINT {NAME} EXCLUDE USING gist
(agent_id WITH =, group_id WITH <>, int8range(blocked_start, blocked_end) WITH &&) WHERE (active AND NOT overbooked)"""

TRIGGERS = tuple(
    f"""CREATE TRIGGER {NAME}_{event} BEFORE {event.upper()} ON claim WHEN NEW.active AND NOT NEW.overbooked
BEGIN
SELECT RAISE(ABORT, '{NAME}') WHERE EXISTS (
SELECT 1 FROM claim WHERE agent_id = NEW.agent_id AND active AND NOT overbooked
AND blocked_end > NEW.blocked_start AND blocked_start < NEW.blocked_end
AND group_id <> NEW.group_id AND appointment_id <> NEW.appointment_id
);
END"""  # noqa: S608 - our own words
    for event in ("insert", "update")
)


class ExtensionMissing(RuntimeError):
    """PostgreSQL lacks an extension that we cannot make ourselves."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            f"PostgreSQL needs the extension {EXTENSION}, which keeps appointments from overlapping, and it cannot be "
            f"created ({cause}). Install PostgreSQL's contrib modules, and run as a superuser in this database: "
            f"CREATE EXTENSION {EXTENSION}"
        )


def create(connection: sa.Connection) -> None:
    """Lay the rule on the table `claim`, which is there and has it not.

    Raises:
        ExtensionMissing: PostgreSQL cannot say it without the extension.
    """
    if connection.dialect.name == "sqlite":
        for trigger in TRIGGERS:
            connection.exec_driver_sql(trigger)
        return
    try:
        with connection.begin_nested():
            connection.exec_driver_sql(f"CREATE EXTENSION IF NOT EXISTS {EXTENSION}")
    except sa.exc.DBAPIError as error:
        raise ExtensionMissing(str(error.orig).strip().splitlines()[0]) from error
    connection.exec_driver_sql(CONSTRAINT)


def listen(claim: sa.Table) -> None:
    """Have the rule made together with the table, where that is made from its description."""

    @sa.event.listens_for(claim, "after_create")
    def created(table: sa.Table, connection: sa.Connection, **_: object) -> None:
        create(connection)
