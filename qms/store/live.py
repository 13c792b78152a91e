"""What is not over yet, word for word as the partial indexes have it.

SQLite looks into a partial index only where a statement repeats its condition, values and order alike: a narrower one
does not do. So `state = 'parked'` alone reads all the tickets there ever were, and `LIVE_TICKET & (state = 'parked')`
those that are live.
"""

import sqlalchemy as sa

from qms.store.schema import work


def one_of(column: sa.Column[str], *states: str) -> sa.ColumnElement[bool]:
    """That a state is one of these, spelled out."""
    return column.in_([sa.literal_column(f"'{state}'") for state in states])


LIVE_TICKET = one_of(work.ticket.c.state, "waiting", "offered", "called", "serving", "parked")
LIVE_OFFER = one_of(work.offer.c.state, "ringing", "accepted")
LIVE_TICKET_SQL = "state IN ('waiting','offered','called','serving','parked')"
LIVE_OFFER_SQL = "state IN ('ringing','accepted')"
"""The same for statements that are written by hand."""

TIMED_SESSION_SQL = """state_since > 0
AND ended_at IS NULL AND (until IS NOT NULL OR paused_until IS NOT NULL OR disconnected_at IS NOT NULL)"""
"""Sessions in which something may be due; the others are thousands. Each has begun at some time: so SQLite takes the
index of these, and not one that has all who are there."""
