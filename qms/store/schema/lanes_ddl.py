"""The rule that nobody has more tickets at once than all of them allow, as each database can say it: `agent_full`.

Each live offer says how many its agent may have with it among them (`lanes`); of one session there are never more than
the least of these says. SQLite has one writer, so that counting after the fact is enough; PostgreSQL first locks the
session's row, so that two transactions count one after the other. A migration that builds `offer` anew calls `create`
again.
"""

import sqlalchemy as sa

NAME = "agent_full"

_LIVE = "state IN ('ringing','accepted')"
_NEWLY = f"NEW.{_LIVE} AND (OLD.state NOT IN ('ringing','accepted') OR OLD.session_id <> NEW.session_id)"
_TOO_MANY = f"(SELECT COUNT(*) > MIN(lanes) FROM offer WHERE session_id = NEW.session_id AND {_LIVE})"  # noqa: S608
_EVENTS = (("insert", "INSERT", f"NEW.{_LIVE}"), ("update", "UPDATE", _NEWLY))

SQLITE = tuple(
    f"""CREATE TRIGGER {NAME}_{name} AFTER {event} ON offer WHEN {when}
BEGIN
SELECT RAISE(ABORT, '{NAME}') WHERE {_TOO_MANY};
END"""
    for name, event, when in _EVENTS
)

FUNCTION = f"""CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
PERFORM 1 FROM session WHERE id = NEW.session_id FOR UPDATE;
IF {_TOO_MANY} THEN
RAISE EXCEPTION 'rule "{NAME}" is broken' USING ERRCODE = 'check_violation', CONSTRAINT = '{NAME}';
END IF;
RETURN NULL;
END $$"""

POSTGRESQL = (
    FUNCTION,
    *(
        f"CREATE TRIGGER {NAME}_{name} AFTER {event} ON offer FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION {NAME}()"
        for name, event, when in _EVENTS
    ),
)


def create(connection: sa.Connection) -> None:
    """Lay the rule on the table `offer`, which is there and has it not."""
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.exec_driver_sql(statement)


def listen(offer: sa.Table) -> None:
    """Have the rule made together with the table, where that is made from its description."""

    @sa.event.listens_for(offer, "after_create")
    def created(table: sa.Table, connection: sa.Connection, **_: object) -> None:
        create(connection)
