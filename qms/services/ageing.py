"""Ageing: what was written down to be looked up is dropped when it is too old, a little at a time."""

from dataclasses import dataclass
from datetime import timedelta

from qms.store import decisions, forecasts
from qms.store.tx import Tx

AT_ONCE = 200
"""So many rows of a kind go in one transaction, so that nobody waits for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ages:
    """How long decisions of the distributor, and quotes of waits, are kept."""

    decisions: timedelta = timedelta(days=30)
    quotes: timedelta = timedelta(days=180)


def forget(tx: Tx, *, ages: Ages) -> int:
    """Drop the oldest of what is too old; how many rows went, none when all that is left is young enough."""
    gone = decisions.forget(tx, tx.now - ages.decisions, AT_ONCE)
    return gone + forecasts.forget(tx, tx.now - ages.quotes, AT_ONCE)
