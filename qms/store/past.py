"""Statements on past days: which are closed, and the figures that are kept of them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

import msgspec

from qms.store.columns import compact, micros
from qms.store.reports import Chosen
from qms.store.tx import Tx

Kind = Literal["visits", "work", "quotes", "outcomes"]


class Kept(NamedTuple):
    """Figures of one day: of a queue at a branch, or of an agent; empty what they are not of."""

    kind: Kind
    figures: Any
    branch: str = ""
    queue: str = ""
    agent: str = ""


_CLOSED = "SELECT day FROM past_day WHERE account_id = :account AND day >= :first AND day <= :last"
_LAST = "SELECT MAX(day) FROM past_day WHERE account_id = :account"
_CLOSE = "INSERT INTO past_day (account_id, day, closed_at) VALUES (:account, :day, :at) ON CONFLICT DO NOTHING"

_FIGURES = """SELECT kind, figures, branch_id, queue_id, agent_id FROM past_figures
WHERE account_id = :account AND day = :day AND kind = :kind"""

_KEEP = """INSERT INTO past_figures (account_id, day, kind, branch_id, queue_id, agent_id, figures)
VALUES (:account, :day, :kind, :branch, :queue, :agent, :figures) ON CONFLICT DO NOTHING"""

_FIRST_TICKET = "SELECT service_day FROM ticket WHERE account_id = :account ORDER BY service_day LIMIT 1"


def closed(tx: Tx, account: str, first: date, last: date) -> frozenset[date]:
    """The closed days among some."""
    rows = tx.raw(_CLOSED, {"account": account, "first": first.isoformat(), "last": last.isoformat()})
    return frozenset(date.fromisoformat(day) for (day,) in rows)


def last_closed(tx: Tx, account: str) -> date | None:
    """The last closed day; None where there is none yet."""
    return _day(tx.raw(_LAST, {"account": account}))


def first_of_all(tx: Tx, account: str) -> date | None:
    """The first service day that has a ticket; None where there is none."""
    return _day(tx.raw(_FIRST_TICKET, {"account": account}))


def close(tx: Tx, account: str, day: date) -> None:
    """From now on the day is told from its figures."""
    tx.raw(_CLOSE, {"account": account, "day": day.isoformat(), "at": micros(tx.now)})


def keep(tx: Tx, account: str, day: date, some: Iterable[Kept]) -> None:
    """Keep figures of a day; those that are there already stay."""
    for one in some:
        given = {**one._asdict(), "account": account, "day": day.isoformat(), "figures": compact(one.figures)}
        tx.raw(_KEEP, given)


def figures(tx: Tx, account: str, day: date, kind: Kind, chosen: Chosen | None = None) -> Iterator[Kept]:
    """What is kept of a closed day; of a branch or a queue alone where one is chosen."""
    statement, given = _FIGURES, {"account": account, "day": day.isoformat(), "kind": kind}
    for name in ("branch", "queue"):
        value = getattr(chosen, name, None)
        if value is not None:
            statement, given = f"{statement} AND {name}_id = :{name}", {**given, name: value}
    for found, text, *of in tx.raw(statement, given):
        yield Kept(found, msgspec.json.decode(text), *of)


def _day(rows: Any) -> date | None:
    return date.fromisoformat(rows[0][0]) if rows and rows[0][0] is not None else None
