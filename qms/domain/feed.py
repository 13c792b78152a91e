"""Feeds: calendars that agents keep elsewhere, looked at every few minutes for when they are busy. Pure."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

REFRESH = timedelta(minutes=10)
"""A calendar is looked at this often; one that fails, more and more seldom, up to …"""

SELDOM = timedelta(hours=6)

Busy = tuple[datetime, datetime]
"""A time [start, end) that is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """An agent's calendar. `url` is secret. `unrolled` names the copy and zone that the busy times were made from.

    `unrolled_until`: so far ahead they were made. `failures` in a row, the last one being `error`.
    """

    id: str
    account_id: str
    agent_id: str
    url: str = field(repr=False)
    next_at: datetime
    etag: str | None = None
    modified: str | None = None
    unrolled: str | None = None
    unrolled_until: datetime | None = None
    fetched_at: datetime | None = None
    failures: int = 0
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A feed to be looked at: what it says of [first, last), whole days being those of a zone.

    `horizon`: so far ahead the busy times have to be known at least.
    """

    feed: Feed
    domain: str
    zone: str
    first: datetime
    last: datetime
    horizon: datetime

    def made_of(self, digest: str) -> str:
        """The name of what the busy times are made from: a copy of the calendar, and the zone."""
        return f"{digest} {self.zone}"

    def suffices(self, digest: str | None = None) -> bool:
        """Whether the busy times need not be made anew: from the copy with this digest, or from the one kept."""
        feed = self.feed
        if feed.unrolled is None or feed.unrolled_until is None or feed.unrolled_until < self.horizon:
            return False
        kept, _, zone = feed.unrolled.partition(" ")
        return zone == self.zone and digest in (None, kept)


def wait_after(failures: int) -> timedelta:
    """How long to wait before the next look, after so many failures in a row."""
    return min(SELDOM, REFRESH * float(2 ** min(failures, 10)))
