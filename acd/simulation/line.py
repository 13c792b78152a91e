"""Who waits, line by line in order of urgency; a line is a queue at a branch, as the distributor sees it."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge

from acd.engine import Waiting

Entry = tuple[int, int, int, Waiting]
"""Band, key, sequence (which is unique), ticket."""


def line_of(queue: str, branch: str | None) -> str:
    """The name of a line."""
    return f"{queue}@{branch or ''}"


class Lines:
    """All lines of a day."""

    def __init__(self) -> None:
        self._lines: dict[str, list[Entry]] = {}

    def join(self, line: str, entry: Entry) -> None:
        """A ticket takes its place."""
        there = self._lines.get(line)
        if there is None:
            self._lines[line] = [entry]
        elif there and there[-1] > entry:
            insort(there, entry)
        else:
            there.append(entry)

    def leave(self, line: str, entry: Entry) -> None:
        """A ticket gives up its place."""
        there = self._lines[line]
        del there[0 if there[0] is entry else bisect_left(there, entry)]

    def length(self, line: str) -> int:
        """How many wait in a line."""
        there = self._lines.get(line)
        return len(there) if there else 0

    def waiting(self, some: Sequence[str]) -> Iterator[Waiting]:
        """The tickets of some lines, the most urgent first; to be read before anything changes."""
        entries: Iterable[Entry] = self._lines[some[0]] if len(some) == 1 else merge(*(self._lines[x] for x in some))
        return (entry[3] for entry in entries)
