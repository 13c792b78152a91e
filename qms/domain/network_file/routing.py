"""The policies of a `[[queue]]`: how it departs from plain first come, first served."""

from qms.domain.network_file.checks import flag, number, whole
from qms.domain.network_file.declarations import OverflowDecl, RoutingDecl
from qms.domain.network_file.reading import Table

_WEEK_MINUTES = 10_080


def read_routing(table: Table) -> RoutingDecl:
    """Read what a queue says of its policies."""
    return RoutingDecl(
        overflow=_overflow(table.table("overflow")),
        max_waiting=table.read("max_waiting", whole(0, 1_000_000), 0),
        close_by_forecast=table.read("close_by_forecast", flag, False),
    )


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
        table.complain("expected a queue, a branch or both to go on to")
    return overflow
