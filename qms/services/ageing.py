"""Ageing: what was written down to be looked up is dropped when it is too old, a little at a time."""

from dataclasses import dataclass
from datetime import timedelta

from qms.domain.ids import first_id
from qms.store import decisions, forecasts
from qms.store.columns import micros
from qms.store.tx import Tx

AT_ONCE = 200
"""So many rows of a kind go in one transaction, so that nobody waits for it."""

PASSED = timedelta(days=400)
"""So long is kept what nothing hangs on and no figure is made of."""

_OVER = {
    "login": "expires_at < :then",
    "notice": "until < :then",
    "callback": "asked_at < :then",
    "waitlist_entry": "ended_at < :then",
    "erasure": "done_at < :then",
}
"""Table → when a row of it has passed; its id says when it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """How long decisions of the distributor, and quotes of waits, are kept."""

    decisions: timedelta = timedelta(days=30)
    quotes: timedelta = timedelta(days=180)


def forget(tx: Tx, *, ages: Ages) -> int:
    """Drop the oldest of what is too old; how many rows went, none when all that is left is young enough."""
    gone = decisions.forget(tx, tx.now - ages.decisions, AT_ONCE)
    gone += forecasts.forget(tx, tx.now - ages.quotes, AT_ONCE)
    return gone + sum(_forget_passed(tx, table, over) for table, over in _OVER.items())


def _forget_passed(tx: Tx, table: str, over: str) -> int:
    then = tx.now - PASSED
    old = f"SELECT id FROM {table} WHERE id < :before AND {over} ORDER BY id LIMIT :most"  # noqa: S608 - our own names
    drop = f"DELETE FROM {table} WHERE id IN ({old}) RETURNING 1"  # noqa: S608
    return len(tx.raw(drop, {"before": first_id(then), "then": micros(then), "most": AT_ONCE}))
