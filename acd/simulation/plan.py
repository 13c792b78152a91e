"""A day before chance has had its say: what was recorded or is expected, from which any number of days are drawn."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random

from acd.simulation.day import MINUTE, Agent, Day, Policy, Visitor
from acd.simulation.gaps import Habits, Rates, drawn, filled
from acd.simulation.rules import refuse_circles
from acd.simulation.traffic import Recorded

_COMES_BEFORE = 10 * MINUTE
"""Who has an appointment comes up to that long before it."""
_SLOT = 5 * MINUTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """`recorded` visitors come when they came, `rates` say who comes besides.

    `opens`, `closes`: who comes before the doors open waits outside and joins when they do; who comes after they have
    closed is turned away. `appointment_share`: so many of those who came by themselves come by appointment instead.

    Raises:
        ValueError: overflows send people round in circles.
    """

    name: str
    agents: tuple[Agent, ...]
    policies: Mapping[str, Policy]
    habits: Habits
    recorded: tuple[Recorded, ...] = ()
    rates: tuple[Rates, ...] = ()
    booths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    opens: int = 0
    closes: int | None = None
    appointment_share: float = 0.0
    midnight: datetime = datetime(2000, 1, 3, tzinfo=UTC)

    def __post_init__(self) -> None:
        refuse_circles({queue: policy.routing for queue, policy in self.policies.items()})

    @property
    def queues(self) -> list[str]:
        """Every queue that is spoken of."""
        seen = {one.queue for one in self.recorded} | {one.queue for one in self.rates}
        return sorted(seen.union(self.policies, *(agent.queues for agent in self.agents)))

    def day(self, seed: str) -> Day:
        """One day; the same seed draws the same people, also for a plan that differs in something else."""
        chance = Random(f"visitors of {seed}")  # noqa: S311 - chance, not secrets
        visitors = [*filled(self.recorded, self.habits, chance), *drawn(self.rates, self.habits, chance)]
        if self.appointment_share:
            visitors = self._by_appointment(visitors, Random(f"appointments of {seed}"))  # noqa: S311
        visitors = [replace(one, at=self.opens) if one.at < self.opens else one for one in visitors]
        return Day(
            visitors=tuple(sorted(visitors, key=lambda one: one.at)),
            agents=self.agents,
            policies=self.policies,
            booths=self.booths,
            closes=self.closes,
            name=self.name,
            midnight=self.midnight,
        )

    def _by_appointment(self, visitors: list[Visitor], chance: Random) -> list[Visitor]:
        """Some get an appointment; in each queue these are spread evenly over the time that agents are there."""
        chosen: dict[str, list[int]] = {}
        for at, one in enumerate(visitors):
            luck, before = chance.random(), int(chance.random() * _COMES_BEFORE)
            if luck < self.appointment_share and one.slot is None:
                chosen.setdefault(one.queue, []).append(at)
                visitors[at] = replace(one, slot=before)
        for queue, some in chosen.items():
            slots = self._spread(queue, len(some))
            for at, slot in zip(some, slots, strict=True):
                before = visitors[at].slot or 0
                visitors[at] = replace(visitors[at], slot=slot, at=max(0, slot - before))
        return visitors

    def _spread(self, queue: str, count: int) -> list[int]:
        """So many starts, evenly over the agents' time, on a grid of five minutes."""
        shifts = sorted(shift for agent in self.agents if queue in agent.queues for shift in agent.shifts)
        steps = [at for on, off in shifts for at in range(on, min(off, on + 24 * 60 * MINUTE) - _SLOT, _SLOT)]
        steps.sort()
        return [steps[(2 * n + 1) * len(steps) // (2 * count)] // _SLOT * _SLOT if steps else 0 for n in range(count)]
