"""The rule that what is in the audit log stays as it was written, as each database can say it: `audit_kept`.

No row is changed or deleted, whoever asks. A database's owner can take the rule away: the chain of hashes is for that.
A migration that builds `audit` anew calls `create` again.
"""

import sqlalchemy as sa

NAME = "audit_kept"

SQLITE = tuple(
    f"""CREATE TRIGGER {NAME}_{event} BEFORE {event.upper()} ON audit
BEGIN
SELECT RAISE(ABORT, '{NAME}');
END"""
    for event in ("update", "delete")
)

POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
RAISE EXCEPTION 'rule "{NAME}" is broken' USING ERRCODE = 'check_violation', CONSTRAINT = '{NAME}';
END $$""",
    f"CREATE TRIGGER {NAME}_rows BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION {NAME}()",
    f"CREATE TRIGGER {NAME}_table BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()",
)


def create(connection: sa.Connection) -> None:
    """Lay the rule on the table `audit`, which is there and has it not."""
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.exec_driver_sql(statement)


def listen(audit: sa.Table) -> None:
    """Have the rule made together with the table, where that is made from its description."""

    @sa.event.listens_for(audit, "after_create")
    def created(table: sa.Table, connection: sa.Connection, **_: object) -> None:
        create(connection)
