"""`[[agent]]`: somebody who serves, or supervises."""

from qms.domain.complaint import complaint, numbered
from qms.domain.network import ROLES
from qms.domain.network_file import notations
from qms.domain.network_file.checks import one_of, text, whole
from qms.domain.network_file.declared.account import AccountDecl
from qms.domain.network_file.declared.agent import AgentDecl
from qms.domain.network_file.hours import read_closures, read_hours
from qms.domain.network_file.kept import KEPT
from qms.domain.network_file.reading import Table
from qms.domain.network_file.routing import MOST_AT_ONCE

USUAL_LEVEL = 5
"""The skill level of an agent whose queues are a plain list."""


MOST_CALENDARS = 5


def read_agent(table: Table, account: AccountDecl) -> AgentDecl:
    """Read one agent; the schedule is in the account's time zone unless it says otherwise."""
    key = table.key_of("agent")
    agent = AgentDecl(
        line=table.line,
        key=key,
        id=table.id_of("agent", key),
        firstname=table.read("firstname", text(), key),
        lastname=table.read("lastname", text(empty=True), ""),
        email=_email(table),
        role=table.read("role", one_of(*ROLES), "attendant"),
        supervises=table.references("supervises", "branch"),
        queues=_queues(table),
        password=table.optional("password", text(1000)),
        password_hash=table.optional("password_hash", notations.password_hash),
        schedule=read_hours(table, "schedule", account.timezone, own_zone=True),
        closures=read_closures(table),
        calendars=_calendars(table),
        capacity=table.optional("capacity", whole(1, MOST_AT_ONCE)),
    )
    table.done()
    if agent.supervises and agent.role != "supervisor":
        table.complain(complaint('expected only with the role "supervisor"'), "supervises")
    if table.has("password") and table.has("password_hash"):
        table.complain(complaint("expected either password or password_hash"), "password_hash")
    if agent.email is None and (table.has("password") or table.has("password_hash")) and not table.has("email"):
        table.reading.warn(table.path, complaint("a password is of no use without an email to sign in with"))
    return agent


def _email(table: Table) -> str | None:
    email = table.optional("email", notations.email)
    if email is not None:
        table.reading.claim("email", email.casefold(), (*table.path, "email"))
    return email


def _calendars(table: Table) -> tuple[str, ...]:
    """The addresses of the agent's own calendars: one, or a list of them; or that they are kept as they are."""
    if table.values.get("calendars") in (KEPT, [KEPT]):
        table.has("calendars")
        return (KEPT,)
    if isinstance(table.values.get("calendars"), str):
        one = table.optional("calendars", notations.feed)
        return (one,) if one else ()
    found = table.several("calendars", notations.feed)
    if len(found) > MOST_CALENDARS:
        said = numbered(
            "expected at most %(count)s calendar, found %(found)s",
            "expected at most %(count)s calendars, found %(found)s",
            MOST_CALENDARS,
            found=len(found),
        )
        table.complain(said, "calendars")
    return found


def _queues(table: Table) -> dict[str, int]:
    """The level for each queue: a list of keys, or a table from key to level."""
    if not isinstance(table.values.get("queues"), dict):
        return dict.fromkeys(table.references("queues", "queue"), USUAL_LEVEL)
    levels = table.pairs("queues", notations.key, whole(1, 10))
    for queue in levels:
        table.refer("queue", queue, "queues", queue)
    return levels
