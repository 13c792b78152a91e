"""Statements on forecasts: what was told to whom, what became of it, and what a queue has taught."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa

from qms.domain.ids import first_id
from qms.store.columns import compact, micros
from qms.store.schema.forecast import forecast as models
from qms.store.schema.forecast import quote as quotes
from qms.store.tx import Tx

AT_ONCE = 400
"""So many tickets go into one statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A wait that a person was told: minutes that half, and nine tenths, wait at most; see the table."""

    id: str
    account_id: str
    domain_id: str
    queue_id: str
    branch_id: str
    ticket_id: str
    first: bool
    at: datetime
    p50: int
    p90: int
    made: Mapping[str, Any]
    learnt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A quote whose ticket waits no more. `lesson`: it was the first, and nothing but the line decided the wait."""

    id: str
    queue_id: str
    branch_id: str
    account_id: str
    made: Mapping[str, Any]
    at: int
    answered: int | None
    lesson: bool


_COLUMNS = (
    "id",
    "account_id",
    "domain_id",
    "queue_id",
    "branch_id",
    "ticket_id",
    "first",
    "at",
    "p50",
    "p90",
    "made",
    "learnt",
)

_SHOWN = sa.select(quotes.c.ticket_id, quotes.c.p50, quotes.c.p90).where(
    quotes.c.ticket_id.in_(sa.bindparam("tickets", expanding=True))
)
_SHOWN = _SHOWN.order_by(quotes.c.ticket_id, quotes.c.at, quotes.c.id)

_OVER = """SELECT q.id, q.queue_id, q.branch_id, q.account_id, q.made, q.at, t.assigned_at,
CASE WHEN q.first AND t.queue_id = q.queue_id AND t.late_count = 0 AND t.parked_at IS NULL
     AND t.eligible_from <= q.at THEN 1 ELSE 0 END
FROM quote q JOIN ticket t ON t.id = q.ticket_id
WHERE q.domain_id = :domain AND q.settled_at IS NULL
AND (t.assigned_at IS NOT NULL OR t.state NOT IN ('waiting', 'offered', 'parked'))
ORDER BY COALESCE(t.assigned_at, t.ended_at), q.at, q.id LIMIT :most"""

_OPEN = """SELECT DISTINCT q.domain_id FROM quote q JOIN ticket t ON t.id = q.ticket_id
WHERE q.settled_at IS NULL
AND (t.assigned_at IS NOT NULL OR t.state NOT IN ('waiting', 'offered', 'parked'))"""

_MODEL = "SELECT model FROM forecast WHERE queue_id = :queue AND branch_id = :branch"

_KEEP = """INSERT INTO forecast (queue_id, branch_id, account_id, learnt, model, learnt_at)
VALUES (:queue, :branch, :account, :learnt, :model, :at)
ON CONFLICT (queue_id, branch_id) DO UPDATE
SET learnt = excluded.learnt, model = excluded.model, learnt_at = excluded.learnt_at"""


_FORGET = """DELETE FROM quote WHERE id IN (SELECT id FROM quote WHERE id < :before ORDER BY id LIMIT :most)
RETURNING 1"""


def forget(tx: Tx, before: datetime, most: int) -> int:
    """Drop the oldest of what was told before a time; how many. What it taught stays."""
    return len(tx.raw(_FORGET, {"before": first_id(before), "most": most}))


def add(tx: Tx, told: Sequence[Quote]) -> None:
    """Keep what was told."""
    rows = [
        [
            *(getattr(one, name) for name in _COLUMNS[:7]),
            micros(one.at),
            one.p50,
            one.p90,
            compact(one.made),
            one.learnt,
        ]
        for one in told
    ]
    if rows:
        tx.insert_many("quote", _COLUMNS, rows)


def last_shown(tx: Tx, tickets: Sequence[str]) -> dict[str, tuple[int, int]]:
    """What was told last about each of some tickets; a ticket of which nothing was told is missing."""
    found: dict[str, tuple[int, int]] = {}
    for start in range(0, len(tickets), AT_ONCE):
        for ticket, p50, p90 in tx.execute(_SHOWN, {"tickets": tickets[start : start + AT_ONCE]}):
            found[ticket] = (p50, p90)
    return found


def over(tx: Tx, domain: str, most: int) -> list[Outcome]:
    """Quotes of a domain whose tickets were answered or ended, in that order, as long as nobody has settled them."""
    return [
        Outcome(
            id=id,
            queue_id=queue,
            branch_id=branch,
            account_id=account,
            made=msgspec.json.decode(made),
            at=at,
            answered=answered,
            lesson=bool(lesson),
        )
        for id, queue, branch, account, made, at, answered, lesson in tx.raw(_OVER, {"domain": domain, "most": most})
    ]


def domains_with_outcomes(tx: Tx) -> list[str]:
    """The routing domains where a quote is to be settled; cheap to ask."""
    return [domain for (domain,) in tx.raw(_OPEN, {})]


def settle(tx: Tx, outcomes: Iterable[Outcome]) -> None:
    """Write what became of quotes."""
    settling = (
        sa.update(quotes)
        .where(quotes.c.id == sa.bindparam("quote"))
        .values(settled_at=tx.now, waited_seconds=sa.bindparam("waited"))
    )
    rows = [
        {"quote": one.id, "waited": None if one.answered is None else max(one.answered - one.at, 0) / 1_000_000}
        for one in outcomes
    ]
    if rows:
        tx.execute(settling, rows)


def model_of(tx: Tx, queue: str, branch: str) -> Mapping[str, Any] | None:
    """What a queue at a branch has taught; None if nothing yet."""
    rows = tx.raw(_MODEL, {"queue": queue, "branch": branch})
    return msgspec.json.decode(rows[0][0]) if rows else None


def keep_model(tx: Tx, queue: str, branch: str, account: str, learnt: int, model: Mapping[str, Any]) -> None:
    """Keep what a queue at a branch has taught."""
    row = {"queue": queue, "branch": branch, "account": account, "learnt": learnt}
    tx.raw(_KEEP, {**row, "model": compact(model), "at": micros(tx.now)})


def settled(tx: Tx, account: str | None = None, since: datetime | None = None) -> list[sa.Row[*tuple[Any, ...]]]:
    """Quotes whose tickets wait no more: (queue, branch, first, p50, p90, waited seconds or None)."""
    c = quotes.c
    where: sa.ColumnElement[bool] = c.settled_at.is_not(None)
    if account is not None:
        where &= c.account_id == account
    if since is not None:
        where &= c.at >= since
    found = sa.select(c.queue_id, c.branch_id, c.first, c.p50, c.p90, c.waited_seconds, c.ticket_id, c.at)
    return list(tx.execute(found.where(where).order_by(c.queue_id, c.branch_id, c.at)))


__all__ = [
    "Outcome",
    "Quote",
    "add",
    "domains_with_outcomes",
    "forget",
    "keep_model",
    "last_shown",
    "model_of",
    "models",
    "over",
    "settle",
    "settled",
]
