"""When something becomes due because of a row: the deadlines that the workers of a process look for."""

from collections.abc import Iterator

from tests.rehearsed.mirror import Row, Version
from tests.rehearsed.sight import MINUTE, SECOND, Sight, in_micros, parsed

Moment = tuple[int, bool]
"""A business time in microseconds, and whether only a thorough look finds what is due then."""


def moments(sight: Sight, version: Version) -> Iterator[Moment]:
    """What becomes due because of a version of a row."""
    row = version.after
    if row is None:
        return
    if version.kind == "offer" and row["state"] == "ringing":
        yield row["deadline"], False
    elif version.kind == "session":
        yield from _of_session(sight, row)
    elif version.kind == "ticket" and row["state"] == "waiting":
        yield from _of_ticket(sight, row)


def live_moments(sight: Sight) -> Iterator[Moment]:
    """What becomes due because of all that is going on."""
    for kind, rows in (("offer", sight.live_offers), ("session", sight.sessions), ("ticket", sight.present)):
        for id, row in rows.items():
            yield from moments(sight, Version(kind, id, None, row))


def _of_session(sight: Sight, session: Row) -> Iterator[Moment]:
    if session["ended_at"] is not None:
        yield session["ended_at"] + 10 * MINUTE, True
        return
    for name in ("until", "paused_until"):
        if session[name] is not None:
            yield session[name], False
    if session["disconnected_at"] is not None:
        gone = session["disconnected_at"] + sight.ahead
        yield gone + 5 * SECOND, False
        yield gone + 30 * SECOND, False


def _of_ticket(sight: Sight, ticket: Row) -> Iterator[Moment]:
    queue, rules = sight.queue(ticket), sight.rules(ticket["queue_id"])
    came = max(ticket["enqueued_at"], ticket["eligible_from"])
    if ticket["eligible_from"] > sight.now:
        yield ticket["eligible_from"], False
    if ticket["preferred_until"] is not None:
        yield ticket["preferred_until"], False
    for until in parsed(ticket["cooldowns"]).values():
        yield until, False
    for after, _ in rules.rings[1:]:
        yield came + round(after * SECOND), False
    if ticket["band"] >= 2:
        yield max(came, ticket["key"]) + round(queue.max_wait_minutes * MINUTE), True
    if rules.overflow is not None:
        yield came + in_micros(rules.overflow.after), True
