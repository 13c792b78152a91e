"""Half-open ranges [start, end) of anything that can be compared: minutes, wall times, instants."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import TypeVar

Point = TypeVar("Point", int, datetime)


def merged(ranges: Iterable[tuple[Point, Point]]) -> list[tuple[Point, Point]]:
    """The same points in as few ranges as possible, in order; empty ranges vanish, touching ones join."""
    found: list[tuple[Point, Point]] = []
    for start, end in sorted(range_ for range_ in ranges if range_[0] < range_[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def without(ranges: Iterable[tuple[Point, Point]], holes: Iterable[tuple[Point, Point]]) -> list[tuple[Point, Point]]:
    """The points of `ranges` that lie in none of the holes, merged."""
    gaps, at = merged(holes), 0
    left: list[tuple[Point, Point]] = []
    for start, end in merged(ranges):
        while at < len(gaps) and gaps[at][1] <= start:
            at += 1
        for gap_start, gap_end in islice(gaps, at, None):
            if gap_start >= end:
                break
            if start < gap_start:
                left.append((start, gap_start))
            start = max(start, gap_end)
        if start < end:
            left.append((start, end))
    return left


def clipped(ranges: Iterable[tuple[Point, Point]], start: Point, end: Point) -> list[tuple[Point, Point]]:
    """The points of `ranges` inside [start, end), merged."""
    return merged((max(one, start), min(other, end)) for one, other in ranges)
