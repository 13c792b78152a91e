"""Who waits, lane by lane in order of urgency; a lane is a queue at a branch, as the distributor sees it."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge

from acd.engine import Waiting

Entry = tuple[int, int, int, Waiting]
"""Band, key, sequence (which is unique), ticket."""


def lane_of(queue: str, branch: str | None) -> str:
    """The name of a lane."""
    return f"{queue}@{branch or ''}"


class Lines:
    """All lanes of a day."""

    def __init__(self) -> None:
        self._lanes: dict[str, list[Entry]] = {}

    def join(self, lane: str, entry: Entry) -> None:
        """A ticket takes its place."""
        line = self._lanes.get(lane)
        if line is None:
            self._lanes[lane] = [entry]
        elif line and line[-1] > entry:
            insort(line, entry)
        else:
            line.append(entry)

    def leave(self, lane: str, entry: Entry) -> None:
        """A ticket gives up its place."""
        line = self._lanes[lane]
        del line[0 if line[0] is entry else bisect_left(line, entry)]

    def length(self, lane: str) -> int:
        """How many wait in a lane."""
        line = self._lanes.get(lane)
        return len(line) if line else 0

    def waiting(self, lanes: Sequence[str]) -> Iterator[Waiting]:
        """The tickets of some lanes, the most urgent first; to be read before anything changes."""
        lines: Iterable[Entry] = self._lanes[lanes[0]] if len(lanes) == 1 else merge(*(self._lanes[x] for x in lanes))
        return (entry[3] for entry in lines)
