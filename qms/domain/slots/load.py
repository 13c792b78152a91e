"""What already takes an agent's time."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from qms.domain.slots.window import EPOCH, Window

_MINUTE = timedelta(minutes=1)

Minutes = tuple[int, int, str | None]
"""A claim as plain as it comes out of the database, for there may be tens of thousands."""


class Claim(NamedTuple):
    """An agent's time, buffers included, in whole minutes since 1970: never less than what is taken.

    `group`: claims of one group may overlap, up to its capacity; None: of nobody else's.
    """

    first: int
    end: int
    group: str | None = None

    @classmethod
    def of(cls, start: datetime, end: datetime, group: str | None = None) -> "Claim":
        """The claim on [start, end)."""
        return cls((start - EPOCH) // _MINUTE, -((EPOCH - end) // _MINUTE), group)


@dataclass(frozen=True, slots=True)
class Load:
    """The claims on an agent in a window: what is taken outright, and per group where there are 1, 2, … or more."""

    taken: int
    groups: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, claims: Iterable[Minutes], window: Window) -> "Load":
        """Count claims, the parts in the window."""
        alone: list[tuple[int, int]] = []
        groups: dict[str, list[int]] = {}
        for first, end, group in claims:
            if group is None:
                alone.append((first, end))
            else:
                _add(groups.setdefault(group, []), window.numbered([(first, end)]))
        return cls(window.numbered(alone), {name: tuple(levels) for name, levels in groups.items()})

    def plus(self, claim: Minutes, window: Window) -> "Load":
        """The load with one more claim in the same window."""
        first, end, group = claim
        bits = window.numbered([(first, end)])
        if group is None:
            return Load(self.taken | bits, self.groups)
        levels = list(self.groups.get(group, ()))
        _add(levels, bits)
        return Load(self.taken, {**self.groups, group: tuple(levels)})

    def busy(self, group: str | None, capacity: int) -> int:
        """The minutes in which the agent cannot take one more of that group, of which he takes `capacity`."""
        bits = self.taken
        for other, levels in self.groups.items():
            at = capacity - 1 if other == group else 0
            bits |= levels[at] if at < len(levels) else 0
        return bits


def in_the_way(claims: Collection[Minutes], window: Window, group: str | None, capacity: int) -> bool:
    """Whether claims, each of them at least partly in the window, leave no room in it for one more of the group."""
    if all(of is not None and of == group for _, _, of in claims):
        return bool(claims) and bool(Load.of(claims, window).busy(group, capacity))
    return True


def _add(levels: list[int], bits: int) -> None:
    """Lift the minutes by one level each: `levels[n]` is where there are more than n."""
    for n, level in enumerate(levels):
        levels[n], bits = level | bits, level & bits
    if bits:
        levels.append(bits)
