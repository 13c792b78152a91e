"""The policies of a `[[queue]]`: how it departs from plain first come, first served."""

from qms.domain.complaint import complaint
from qms.domain.network_file import notations
from qms.domain.network_file.checks import flag, number, one_of, whole
from qms.domain.network_file.declared.queue import OverflowDecl, RoutingDecl
from qms.domain.network_file.reading import Table

_WEEK_MINUTES = 10_080
_DAY_SECONDS = 86_400

MOST_AT_ONCE = 20
"""Nobody serves more people than that at the same time."""


def read_routing(table: Table) -> RoutingDecl:
    """Read what a queue says of its policies."""
    return RoutingDecl(
        overflow=_overflow(table.table("overflow")),
        rings=_rings(table),
        mix=table.read("mix", whole(0, 100), 0),
        hold_seconds=table.read("hold_seconds", whole(0, _DAY_SECONDS), 0),
        emergency=table.several("emergency", notations.key),
        max_waiting=table.read("max_waiting", whole(0, 1_000_000), 0),
        close_by_forecast=table.read("close_by_forecast", flag, False),
        capacity=table.read("capacity", whole(1, MOST_AT_ONCE), 1),
        fill=table.read("fill", one_of("spread", "pack"), "spread"),
    )


def _rings(table: Table) -> tuple[tuple[float, int], ...]:
    """Pairs (seconds waited, least level): from the start, and then ever later and ever less."""
    rings: list[tuple[float, int]] = []
    for ring in table.tables("rings"):
        after = ring.read("after_seconds", number(0, _DAY_SECONDS), 0.0)
        level = ring.read("level", whole(1, 10), 1)
        ring.done()
        if not ring.has("level"):
            ring.lack("level")
        elif not rings and after:
            ring.complain(complaint("expected the first ring to hold from the start"), "after_seconds")
        elif rings and not (after > rings[-1][0] and level < rings[-1][1]):
            said = complaint("expected each ring to begin later than the one before, and to ask for less")
            ring.complain(said)
        rings.append((after, level))
    return tuple(rings)


def _overflow(table: Table | None) -> OverflowDecl | None:
    if table is None:
        return None
    overflow = OverflowDecl(
        line=table.line,
        after_minutes=table.read("after_minutes", number(0.1, _WEEK_MINUTES), 15.0),
        queue=table.reference("queue", "queue"),
        branch=table.reference("branch", "branch"),
    )
    table.done()
    if not table.has("queue") and not table.has("branch"):
        table.complain(complaint("expected a queue, a branch or both to go on to"))
    return overflow
