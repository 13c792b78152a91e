"""A rehearsal: the day as it was, as the simulation replays it, and as it would be if something were different.

The replay comes first: where it does not reproduce what happened, the rest is to be read with care, and it says so.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from acd.simulation.clockwork import run
from acd.simulation.day import Day, Policy, Visitor
from acd.simulation.outcome import Outcome, Visit
from acd.simulation.plan import Plan
from acd.simulation.rollouts import WHOLE, Band, Bands, Key, Rollouts, better_days, differences, keyed, rollouts
from qms.domain.tally import Figures

COMPARED = ("mean_wait_seconds", "abandonment", "offered_in_time")
"""The figures by which a replay is judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether a replay reproduces a figure: what happened, and the band of the replays.

    A record that tells everything leaves nothing to chance, and a band of no width, while times are written in whole
    seconds. So a figure that misses the band by a twentieth of itself, by a second, or by one percentage point holds.
    """

    figure: str
    actual: float
    replayed: Band

    @property
    def reproduced(self) -> bool:
        """It lies in the band, or as good as in it."""
        margin = max(0.05 * self.actual, 1.0) if self.figure.endswith("_seconds") else 0.01
        return self.replayed.p10 - margin <= self.actual <= self.replayed.p90 + margin


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """All that a rehearsal has found. `actual` and `verdicts` are empty where nothing was recorded."""

    plan: Plan
    changed: Plan | None
    asked: tuple[str, ...]
    seed: int
    count: int
    actual: Mapping[Key, Figures]
    verdicts: tuple[Verdict, ...]
    before: Rollouts
    after: Rollouts | None
    difference: Mapping[Key, Bands]
    better: Mapping[str, int]
    unseen_seconds: float = 0.0

    @property
    def reproduced(self) -> bool:
        """Whether the replay reproduces all that it is judged by."""
        return bool(self.verdicts) and all(verdict.reproduced for verdict in self.verdicts)


def rehearse(
    plan: Plan,
    changed: Plan | None = None,
    *,
    count: int = 200,
    seed: int = 1,
    asked: Iterable[str] = (),
    unseen_seconds: float = 0.0,
    told: Callable[[], object] = lambda: None,
) -> Rehearsal:
    """Replay, compare with what happened, and do it again with the change. `told` is called after each day."""
    happened = actual(plan)
    before = rollouts(plan, count, str(seed), told)
    after = rollouts(changed, count, str(seed), told) if changed is not None else None
    return Rehearsal(
        plan=plan,
        changed=changed,
        asked=tuple(asked),
        seed=seed,
        count=count,
        actual=happened,
        verdicts=tuple(_verdicts(happened, before)),
        before=before,
        after=after,
        difference=differences(before, after) if after is not None else {},
        better={name: better_days(before, after, name) for name in before.bands[WHOLE]} if after is not None else {},
        unseen_seconds=unseen_seconds,
    )


def actual(plan: Plan) -> dict[Key, Figures]:
    """The figures of what was recorded; none where it was not recorded how long people waited."""
    if not plan.recorded or any(one.wait is None for one in plan.recorded):
        return {}
    visits = [
        Visit(
            Visitor(at=one.at, queue=one.queue, handling=one.handling or 0, kind=one.kind, slot=one.slot),
            "served" if one.served else "abandoned",
            one.at + (one.wait or 0),
            one.agent,
        )
        for one in plan.recorded
    ]
    empty = Day(visitors=(), agents=(), policies=plan.policies)
    return keyed(
        Outcome(day=empty, visits=tuple(visits), work=(), duty=(), line_area=0, waiting_at_close=0, missed=0, passes=0)
    )


def _verdicts(happened: Mapping[Key, Figures], before: Rollouts) -> Iterable[Verdict]:
    for name in COMPARED if happened else ():
        value, band = getattr(happened[WHOLE], name), before.bands[WHOLE].get(name)
        if value is not None and band is not None:
            yield Verdict(figure=name, actual=value, replayed=band)


def calibrated(plan: Plan, seed: int = 1, *, days: int = 3) -> tuple[Plan, float]:
    """The plan with so many seconds more of wrap-up that the replay's mean wait is what happened, and these seconds.

    A record tells when agents were signed in, not what else kept them: breaks, forms, the way to the counter. As long
    as waits are too short in the replay, that is what is missing. One day's waits do not grow evenly with it, so the
    best is looked for in steps of ten seconds, and then of two about the best of these.
    """
    happened = actual(plan).get(WHOLE)
    if happened is None or happened.mean_wait_all_seconds is None:
        return plan, 0.0
    wanted = happened.mean_wait_all_seconds
    off: dict[int, float] = {}
    for more in range(0, 600, 10):
        mean = _mean_wait(slower(plan, more), seed, days)
        off[more] = abs(mean - wanted)
        if mean > 1.5 * wanted + 10:
            break
    best = min(off, key=lambda more: off[more])
    for more in range(max(0, best - 8), best + 10, 2):
        off[more] = abs(_mean_wait(slower(plan, more), seed, days) - wanted)
    found = float(min(sorted(off), key=lambda more: off[more]))
    return slower(plan, found), found


def slower(plan: Plan, more_seconds: float) -> Plan:
    """The plan with that much more wrap-up in every queue."""
    rules = {queue: plan.policies.get(queue, Policy()) for queue in plan.queues}
    policies = {q: replace(one, wrap_up_seconds=one.wrap_up_seconds + more_seconds) for q, one in rules.items()}
    return replace(plan, policies=policies)


def _mean_wait(plan: Plan, seed: int, days: int) -> float:
    total = [wait for at in range(days) for wait in _waits(plan, f"{seed}/{at}")]
    return sum(total) / max(1, len(total)) / 1_000_000


def _waits(plan: Plan, seed: str) -> list[int]:
    return [visit.wait for visit in run(plan.day(seed), seed=seed).visits if visit.end != "refused"]


__all__ = ["COMPARED", "Rehearsal", "Verdict", "actual", "calibrated", "rehearse", "slower"]
