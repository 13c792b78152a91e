"""The mix: after so many with appointments in a row one who walked in, so that nobody waits behind a full diary."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from acd.engine.values import Waiting


def mixed(
    line: Sequence[Waiting], booked: Container[str], *, cap: int, in_a_row: int, now: datetime
) -> Iterator[Waiting]:
    """One line in the order in which it is served: after `cap` that are `booked` comes the next that is not.

    `in_a_row` have been served just before. Whoever is moved forward takes the place, band apart, of whom he goes
    before: the key and sequence given back are those of this pass, not the ticket's own. An emergency or who has waited
    too long keeps going first, and whose time has not come counts for nothing.
    """
    left = list(line)
    while left:
        first = left.pop(0)
        if first.early(now):
            yield first
            continue
        if first.id in booked and in_a_row >= cap:
            other = _walk_in(left, booked, first.band, now)
            if other is not None:
                left.remove(other)
                left.insert(0, first)
                yield replace(other, key=first.key, seq=first.seq)
                in_a_row = 0
                continue
        in_a_row = in_a_row + 1 if first.id in booked else 0
        yield first


def _walk_in(line: Sequence[Waiting], booked: Container[str], band: int, now: datetime) -> Waiting | None:
    return next((one for one in line if one.band == band and one.id not in booked and not one.early(now)), None)
