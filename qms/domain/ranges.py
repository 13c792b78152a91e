"""Half-open ranges [start, end) of anything that can be compared: minutes, wall times, instants."""

from collections.abc import Iterable
from datetime import datetime
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
    left = merged(ranges)
    for hole_start, hole_end in merged(holes):
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, hole_start)), (max(start, hole_end), end))
            if piece[0] < piece[1]
        ]
    return left


def clipped(ranges: Iterable[tuple[Point, Point]], start: Point, end: Point) -> list[tuple[Point, Point]]:
    """The points of `ranges` inside [start, end), merged."""
    return merged((max(one, start), min(other, end)) for one, other in ranges)
