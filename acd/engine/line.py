"""The tickets of one pass as they were read: everybody's place, and who was left."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from typing import NamedTuple

from acd.engine.values import Waiting


class Place(NamedTuple):
    """How many were ahead in all queues, and the position, from 1, in the ticket's own queue and branch."""

    ahead: int
    position: int


class Line:
    """Tickets in order of urgency."""

    def __init__(self) -> None:
        self.places: dict[str, Place] = {}
        self._read: list[Waiting] = []
        self._lengths = Counter[tuple[str | None, str]]()
        self._left: dict[str, list[Waiting]] = defaultdict(list)
        self._left_at: dict[str, list[int]] = defaultdict(list)

    def join(self, ticket: Waiting) -> None:
        """The next ticket.

        Raises:
            ValueError: it goes before the last one, or is there already.
        """
        if self._read:
            last = self._read[-1]
            if (ticket.band, ticket.key, ticket.seq) < (last.band, last.key, last.seq):
                raise ValueError(f"ticket {ticket.id} goes before {last.id}")
        if ticket.id in self.places:
            raise ValueError(f"ticket {ticket.id} waits twice")
        queue = (ticket.branch, ticket.queue)
        self._lengths[queue] += 1
        self.places[ticket.id] = Place(len(self._read), self._lengths[queue])
        self._read.append(ticket)

    def leave(self, served: Iterable[Waiting]) -> None:
        """These are served; the others are left, queue by queue."""
        taken = {ticket.id for ticket in served}
        for at, ticket in enumerate(self._read):
            if ticket.id not in taken:
                self._left[ticket.queue].append(ticket)
                self._left_at[ticket.queue].append(at)

    def left_ahead(self, ticket: Waiting, queues: Set[str], most: int) -> tuple[list[Waiting], int]:
        """Who was left in these queues ahead of this ticket: the first ones in order, and how many in all."""
        ahead = self.places[ticket.id].ahead
        first: list[Waiting] = []
        count = 0
        for queue in queues & self._left.keys():
            here = bisect_left(self._left_at[queue], ahead)
            first += self._left[queue][: min(here, most)]
            count += here
        first.sort(key=lambda one: self.places[one.id].ahead)
        return first[:most], count
