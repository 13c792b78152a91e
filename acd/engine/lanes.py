"""Lanes: how many tickets an agent may have at once.

Each queue says how many one agent may have with one of its tickets among them; what he has must suit all of them. So a
queue that says 1 takes the agent whole: its tickets never come to somebody who has another, nor anything beside them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple


class Room(NamedTuple):
    """What a session can take in one pass: the queues that fit beside what it has, at its levels, and how many.

    `more`: the queues do not go together as they please, so that it takes one at a time, and is to be asked again.
    """

    queues: Mapping[str, int]
    lanes: int
    more: bool


def room(capacity: int, held: Sequence[int]) -> int:
    """How many more tickets of a queue fit beside those held, each of which is held under a capacity."""
    return max(0, min((capacity, *held)) - len(held))


def room_for(levels: Mapping[str, int], capacities: Mapping[str, int], held: Sequence[int]) -> Room:
    """What fits beside the tickets held; queues without a capacity take an agent whole."""
    rooms = {queue: room(capacities.get(queue, 1), held) for queue in levels}
    fit = {queue: level for queue, level in levels.items() if rooms[queue]}
    sizes = {rooms[queue] for queue in fit}
    if len(sizes) == 1:
        return Room(fit, sizes.pop(), False)
    return Room(fit, min(1, len(fit)), len(sizes) > 1)


def free_lane(taken: Iterable[int]) -> int:
    """The first lane that is not taken."""
    there = set(taken)
    return next(lane for lane in range(len(there) + 1) if lane not in there)
