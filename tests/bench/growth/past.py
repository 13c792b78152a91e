"""A past made by the database itself: finished tickets with all that belongs to them, a service day at a time.

A day of a line holds the same however long the past is, so that a longer past is more days, not busier ones.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.network import Network
from qms.store.columns import micros
from qms.store.schema import metadata

PER_DAY = 500
"""So many people come to a line in a day."""

_HEX = {
    "sqlite": "printf('%08x', {0} / 1000000) || printf('%016x', {1})",
    "postgresql": "lpad(to_hex({0} / 1000000), 8, '0') || lpad(to_hex({1}), 16, '0')",
}
_SECRET = {"sqlite": "hex(randomblob(16))", "postgresql": "md5(i::text)"}
"""Links are not in the order of anything."""

HASTE = {
    "sqlite": ("PRAGMA synchronous=OFF", "PRAGMA cache_size=-2000000", "PRAGMA wal_autocheckpoint=20000"),
    "postgresql": (
        "SET synchronous_commit = off",
        "SET session_replication_role = replica",
        "SET maintenance_work_mem = '1GB'",
    ),
}
"""Nothing that others wait for, and nobody to be doubted."""

_ROWS = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})"

_TICKETS = """INSERT INTO ticket (id, account_id, domain_id, branch_id, queue_id, place, number, own_number,
number_series, service_day, state, band, key, seq, enqueued_at, eligible_from, link, source, cooldowns, agent_id,
assigned_at, called_at, serving_since, ended_at, ver)
{rows} SELECT {ticket}, {account}, {domain}, {branch}, {queue}, 'onsite', 'P' || (i - {first}), i - {first},
{branch} || '/' || {queue} || '/' || {day}, {day},
CASE i % 10 WHEN 0 THEN 'no_show' WHEN 1 THEN 'cancelled' ELSE 'done' END, 2,
{at}, i, {at}, {at}, {link}, 'kiosk', '{{}}', {agent},
CASE WHEN i % 10 <> 1 THEN {at} + 300000000 END, CASE WHEN i % 10 <> 1 THEN {at} + 300000000 END,
CASE WHEN i % 10 > 1 THEN {at} + 310000000 END, {at} + 600000000, 4 FROM n"""

_OFFERS = """INSERT INTO offer (id, account_id, domain_id, branch_id, queue_id, ticket_id, session_id, agent_id, lane,
lanes, state, made_at, answered_at, ended_at, reasons, ver)
{rows} SELECT {offer}, {account}, {domain}, {branch}, {queue}, {ticket}, {session}, {agent}, 1, 1, 'done',
{at} + 290000000, {at} + 300000000, {at} + 600000000, '{{}}', 2 FROM n"""

_SESSIONS = """INSERT INTO session (id, account_id, domain_id, agent_id, branch_id, state, started_at, idle_since,
state_since, had_socket, ended_at, ver)
SELECT {session}, {account}, {domain}, {agent}, {branch}, 'offline', {start}, {start}, {start},
{true}, {start} + 36000000000, 9"""

_JOURNAL = """INSERT INTO journal (id, account_id, entity, seq, name, at, data)
{rows} SELECT {entry}, {account}, {ticket}, ({at} + {after}) * 1024, 'ticket.{name}', {at} + {after}, '{{}}' FROM n"""

_CALLS = """INSERT INTO call (branch_id, seq, account_id, ticket_id, queue_id, number, called_at, recall)
{rows} SELECT {branch}, i - {tickets}, {account}, {ticket}, {queue}, 'P' || (i - {first}), {at} + 300000000, 0 FROM n"""

_QUOTES = """INSERT INTO quote (id, account_id, domain_id, queue_id, branch_id, ticket_id, first, at, p50, p90, made,
learnt, settled_at, waited_seconds)
{rows} SELECT {quote}, {account}, {domain}, {queue}, {branch}, {ticket}, {true}, {at}, 5, 9, '{{}}', 9,
{at} + 300000000, 300 FROM n"""

_APPOINTMENTS = """INSERT INTO appointment (id, account_id, queue_id, branch_id, agent_id, origin, state, title,
starts_at, ends_at, wall_start, wall_zone, tz_version, anchor, timezone, code, owner_id, data, created_at, updated_at)
{rows} SELECT {booked}, {account}, {queue}, {branch}, {agent}, 'page', 'completed', 'A visit',
{slot}, {slot} + 90000000,
{day}, 'UTC', '2026a', 'instant', 'UTC', 'P' || i, {agent}, '{{}}', {at}, {slot} + 90000000 FROM n WHERE i % 10 = 0"""

_CLAIMS = """INSERT INTO claim (appointment_id, agent_id, group_id, blocked_start, blocked_end, active, overbooked)
{rows} SELECT {booked}, {agent}, {booked}, {slot}, {slot} + 90000000, {false}, {false} FROM n WHERE i % 10 = 0"""

_MESSAGES = """INSERT INTO message (id, account_id, kind, channel, recipient, data, state, due_at, created_at, sent_at)
{rows} SELECT {message}, {account}, 'reminder', 'EMAIL', 'p' || i || '@example.org', '{{}}',
'sent', {at}, {at}, {at}
FROM n WHERE i % 10 = 0"""

_KINDS = ("ticket", "offer", "created", "called", "recalled", "serving", "done", "quote", "booked", "message")
STORY = {"created": 0, "called": 300, "serving": 310, "recalled": 305, "done": 600}
"""What the journal says of a ticket, and after how many seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Who waits where, and who serves them."""

    account: str
    domain: str
    queue: str
    branch: str
    agent: str


def lines_of(network: Network) -> list[Line]:
    """Every queue at every branch where somebody serves it."""
    found = []
    for queue in network.queues.values():
        agents = network.agents_by_queue.get(queue.id, ())
        here = [one for one in network.branches.values() if queue in network.queues_by_branch.get(one.id, ())]
        for n, branch in enumerate(here if agents else ()):
            agent = agents[n % len(agents)].id
            named = {"account": network.account.id, "domain": queue.domain_id, "queue": queue.id}
            found.append(Line(**named, branch=branch.id, agent=agent))
    return found


def fill(engine: sa.Engine, lines: Sequence[Line], tickets: int, before: datetime) -> None:
    """Put so many tickets into the past, whole days of all lines, the oldest first, in the order of their keys."""
    days = -(-tickets // (PER_DAY * len(lines)))
    for day in range(days):
        start = (before - timedelta(days=days - day)).replace(hour=8, minute=0, second=0, microsecond=0)
        with engine.connect().execution_options(write=True) as connection, connection.begin():
            for n, line in enumerate(lines, start=day * len(lines)):
                _fill_day(connection, line, start, n * PER_DAY, days * len(lines) * PER_DAY)


def hurry(engine: sa.Engine) -> None:
    """Let an engine that is only to fill a database not wait for the disk, and keep in memory what it adds to."""

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        for setting in HASTE[engine.dialect.name]:
            connection.execute(setting)


@contextmanager
def without_indexes(engine: sa.Engine) -> Iterator[None]:
    """Let a database fill without its indexes, which are made at once afterwards: that is far less work."""
    some = [index for table in metadata.sorted_tables for index in table.indexes]
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        for index in some:
            index.drop(connection)
    yield
    for index in some:
        with engine.connect().execution_options(write=True) as connection, connection.begin():
            index.create(connection)


def statistics(engine: sa.Engine) -> None:
    """Let the database look at what it holds, as its own housekeeping does in time."""
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.exec_driver_sql("ANALYZE")


def _fill_day(connection: sa.Connection, line: Line, start: datetime, first: int, tickets: int) -> None:
    at = micros(start)
    given = {
        **{"account": line.account, "domain": line.domain, "queue": line.queue, "branch": line.branch},
        **{"agent": line.agent, "day": start.date().isoformat(), "start": at, "first": first},
        **{"last": first + PER_DAY - 1, "tickets": tickets},
    }
    for statement in _statements(connection.dialect.name):
        connection.execute(sa.text(statement), given)


def _statements(dialect: str) -> Iterator[str]:
    """All of a day. Each ticket comes a minute and a half after the one before, at one slot of its own."""
    words = {name: f"CAST(:{name} AS TEXT)" for name in ("account", "domain", "branch", "queue", "agent", "day")}
    words |= {name: f"CAST(:{name} AS BIGINT)" for name in ("first", "last", "start", "tickets")}
    at = "({start} + (i - {first}) * 90000000)".format(**words)
    ids = {kind: f"({_HEX[dialect].format(at, f'i * 16 + {n}')})" for n, kind in enumerate(_KINDS)}
    session = f"({_HEX[dialect].format(words['start'], words['first'] + ' * 16 + 15')})"
    words |= {
        "at": at,
        "slot": at,
        "link": _SECRET[dialect],
        "session": session,
        "true": "true",
        "false": "false",
        **ids,
    }
    words["rows"] = _ROWS.format(**words)
    for statement in (_SESSIONS, _TICKETS, _OFFERS, _CALLS, _QUOTES, _APPOINTMENTS, _CLAIMS, _MESSAGES):
        yield statement.format(**words)
    for name, seconds in STORY.items():
        yield _JOURNAL.format(**words, entry=ids[name], name=name, after=seconds * 1_000_000)
