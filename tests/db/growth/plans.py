"""How a database would answer the statements that a house has asked: which of them read what grows with the years."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
import sqlalchemy as sa

from qms.store.schema import metadata
from qms.store.store import Store

GROWING = frozenset(
    (
        "ticket",
        "offer",
        "session",
        "call",
        "journal",
        "quote",
        "decision",
        "appointment",
        "claim",
        "participant",
        "reminder",
        "message",
        "delivery",
        "attempt",
        "submission",
        "audit",
        "idempotency",
        "customer",
        "one_time_code",
        "waitlist_entry",
        "callback",
    )
)
"""Tables to which every day adds rows."""

LIVE = re.compile(r"state\b|\bactive\b|(settled|fired|ended)_at IS NULL")
"""A partial index on this holds only what is not over yet."""

EVERYBODYS = frozenset({"account_id", "domain_id", "queue_id", "branch_id", "agent_id", "webhook_id", "state", "kind"})
"""Columns of which one value stands in ever more rows: to look by these alone is to read all of a past."""

_INDEXES: Mapping[str, sa.Index] = {
    str(index.name): index for table in metadata.tables.values() for index in table.indexes
}
_NAMES = re.compile(r"(?i)\b(?:from|join|into|update)\s+\"?(\w+)\"?(?:\s+as)?\s+(\w+)")
_LIMITED = re.compile(r"(?is)\blimit\b|^(?=.*\bmax\()(?!.*\bgroup by\b)")
"""What stops at the first rows that an index gives; a greatest value is the first of them."""

_LARGE = "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= 1000"
"""Where fewer rows are, PostgreSQL may as well read them all, and by whatever index it likes."""

_ASKED = re.compile(r"(?i)\s*(select|insert|update|delete|with)\b")


class Asked:
    """The statements that were asked, each of them once, with some values."""

    def __init__(self) -> None:
        self.statements: dict[str, Any] = {}

    def note(self, statement: str, values: Any = None) -> None:
        """This was asked."""
        if _ASKED.match(statement):
            self.statements.setdefault(re.sub(r"'[^']*'|\b\d+\b", "?", statement), (statement, values))

    @contextmanager
    def of(self, store: Store) -> Iterator[None]:
        """Listen to all that a store asks meanwhile."""
        hear = partial(_hear, self)
        for engine in (store.engine, store.snapshots):
            sa.event.listen(engine, "checkout", hear)
        yield
        for engine in (store.engine, store.snapshots):
            sa.event.remove(engine, "checkout", hear)

    def faults(self, engine: sa.Engine) -> list[str]:
        """What in these statements reads more and more as the years go by."""
        look = _sqlite if engine.dialect.name == "sqlite" else _postgresql
        with engine.connect() as connection:
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            driver = connection.connection.driver_connection
            return [
                f"{why}: {' '.join(statement.split())[:3000]}"
                for statement, values in self.statements.values()
                for why in look(driver, statement, values)
            ]


def _hear(asked: Asked, connection: Any, *_: Any) -> None:
    if not isinstance(connection, psycopg.Connection):
        connection.set_trace_callback(asked.note)
        return

    class Cursor(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
            asked.note(str(query), params)
            return super().execute(query, params, **how)

    connection.cursor_factory = Cursor


def _sqlite(driver: Any, statement: str, _: Any) -> Iterator[str]:
    plan = [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}")]
    first = bool(_LIMITED.search(statement)) and not any("TEMP B-TREE" in step for step in plan)
    tables = {name: table for table, alias in _NAMES.findall(statement) for name in (table, alias)}
    adds = statement.lstrip().upper().startswith("INSERT")  # what refers to a new row is looked for after a fault only
    for step in plan:
        found = re.match(r"(SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?(?:INDEX (\w+)|[A-Z ]+))?(?: \((.*)\))?", step)
        table = tables.get(found[2], "" if adds else found[2]) if found else ""
        if found and table in GROWING and not first and _reads_all(found[3], found[4]):
            yield step


def _postgresql(driver: Any, statement: str, values: Any) -> Iterator[str]:
    with psycopg.Cursor(driver) as cursor:
        ((plans,),) = cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values).fetchall()
        large = {name for (name,) in cursor.execute(_LARGE)}
    for plan in plans:
        yield from _nodes(plan["Plan"], large & GROWING, table=None, in_order=False)


def _nodes(node: Mapping[str, Any], growing: Collection[str], *, table: str | None, in_order: bool) -> Iterator[str]:
    kind, table = node["Node Type"], node.get("Relation Name", table)
    in_order = (in_order or kind == "Limit") and kind not in ("Sort", "Aggregate")
    if kind == "Seq Scan" and table in growing:
        yield f"Seq Scan on {table}"
    index, condition = node.get("Index Name"), node.get("Index Cond")
    if index and table in growing and not in_order and _reads_all(index, condition):
        yield f"{kind} on {table} by {index} ({condition})"
    for child in node.get("Plans", ()):
        yield from _nodes(child, growing, table=table, in_order=in_order)


def _reads_all(index: str | None, condition: str | None) -> bool:
    """Whether so much as the past is long is read: of nothing but what is live, or of one thing, it is not."""
    if index is not None and index in _INDEXES and LIVE.search(str(_INDEXES[index].dialect_options["sqlite"]["where"])):
        return False
    tests: Sequence[tuple[str, str]] = re.findall(r"(\w+)\)?(?:::\w+)? ?(=|<=?|>=?)", condition or "")
    return all(column in EVERYBODYS or test.startswith("<") for column, test in tests)
