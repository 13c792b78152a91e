"""What a recorded day does not tell: how patient those were who were served, how long those would have taken who left.

Patience is taken to be without memory: its rate is the number who left over the time that all have waited (the
estimate of greatest likelihood, where who is served hides the rest). Who was served after a wait would have gone on
waiting for an exponential time more. Handling is drawn from what was observed in the same queue.

Source: N. Gans, G. Koole, A. Mandelbaum, "Telephone call centers", M&SOM 5 (2003): θ = abandonments / total wait.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from acd.simulation.day import FOR_EVER, SECOND, Visitor, seconds
from acd.simulation.durations import Constant, Durations, Exponential, Observed
from acd.simulation.traffic import Recorded

UNKNOWN_HANDLING = Constant(300.0)
"""Of a queue in which nobody was ever served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What is usual in each queue; a patience of None never ends."""

    handling: Mapping[str, Durations]
    patience: Mapping[str, Durations | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """How many are expected in each stretch (from, to, people) of a day, in a queue at a branch."""

    queue: str
    stretches: tuple[tuple[int, int, float], ...]
    branch: str | None = None
    kind: str = ""


def habits(visits: Iterable[Recorded]) -> Habits:
    """Learn them from recorded visits."""
    served: dict[str, list[float]] = {}
    left: dict[str, int] = {}
    waited: dict[str, int] = {}
    for one in visits:
        queue = one.queue
        waited[queue] = waited.get(queue, 0) + (one.wait or 0)
        left[queue] = left.get(queue, 0) + (not one.served)
        if one.handling is not None:
            served.setdefault(queue, []).append(one.handling / SECOND)
    patience: dict[str, Durations | None] = {
        queue: Exponential(max(1.0, waited[queue] / SECOND / left[queue])) if left[queue] else None for queue in waited
    }
    return Habits(handling={queue: Observed(sample) for queue, sample in sorted(served.items())}, patience=patience)


def filled(visits: Sequence[Recorded], usual: Habits, chance: Random) -> tuple[Visitor, ...]:
    """The visitors of a day, with what is missing drawn; what was recorded stays as it is."""
    return tuple(_filled(one, usual, chance) for one in visits)


def _filled(one: Recorded, usual: Habits, chance: Random) -> Visitor:
    handling, patience = one.handling, one.patience
    drawn = usual.handling.get(one.queue, UNKNOWN_HANDLING).draw(chance)  # drawn always: the next one's luck is his own
    more = usual.patience.get(one.queue)
    longer = seconds(more.draw(chance)) if more is not None else FOR_EVER
    if handling is None:
        handling = seconds(drawn)
    if patience is None:
        patience = min(FOR_EVER, (one.wait or 0) + longer)
    return Visitor(
        at=one.at,
        queue=one.queue,
        handling=handling,
        patience=patience,
        kind=one.kind,
        branch=one.branch,
        slot=one.slot,
        prefers=one.prefers,
    )


def drawn(rates: Iterable[Rates], usual: Habits, chance: Random) -> list[Visitor]:
    """Visitors who come at random, as Poisson processes, in order of arrival."""
    found = []
    for one in rates:
        for start, end, expected in one.stretches:
            for _ in range(poisson(expected, chance)):
                at = start + int(chance.random() * (end - start))
                came = Recorded(day="", at=at, queue=one.queue, branch=one.branch, kind=one.kind)
                found.append(_filled(came, usual, chance))
    return sorted(found, key=lambda one: one.at)


def poisson(mean: float, chance: Random) -> int:
    """How many come where `mean` are expected: so many exponential gaps fit."""
    count, left = 0, mean
    while left > 0:
        left += math.log(1 - chance.random())
        count += left > 0
    return count
