"""What is remembered of visits: every wait and every service time, so that a closed day is counted as an open one is.

Names of visitors, agents and tickets are not in it. A visit takes some twenty bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qms.domain.tally import SHORT, Tally
from qms.services.statistics.counting import COUNTS, TIMES, Counted

Figures = Mapping[str, Mapping[str, Any]]
"""Hour → what happened to those who came in it; what there was nothing of is left out."""


def figures(hours: Mapping[int, Counted]) -> Figures:
    """What to keep of a queue at a branch on a day."""
    return {str(hour): {name: value for name, value in _said(counted) if value} for hour, counted in hours.items()}


def visits(kept: Figures, target: float) -> Iterator[tuple[int, Counted]]:
    """The same again, hour by hour; `target` in microseconds is today's."""
    for hour, said in kept.items():
        found = Counted(_line(said.get("waits", ()), said.get("left", ()), said.get("over", ()), target))
        for name in TIMES:
            getattr(found, name).extend(said.get(name, ()))
        for name in COUNTS:
            setattr(found, name, said.get(name, 0))
        yield int(hour), found


def _said(counted: Counted) -> Iterator[tuple[str, Any]]:
    yield "waits", counted.line.waits
    for name in (*TIMES, *COUNTS):
        yield name, getattr(counted, name)


def _line(waits: Sequence[int], left: Sequence[int], over: Sequence[int], target: float) -> Tally:
    return Tally(
        waits=list(waits),
        came=len(waits) + len(left) + len(over),
        left=len(left),
        left_over=len(over),
        waited=sum(waits) + sum(left) + sum(over),
        in_time=sum(waited <= target for waited in waits),
        left_in_time=sum(waited <= target for waited in left),
        short=sum(waited <= SHORT for waited in left),
    )
