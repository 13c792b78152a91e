"""Whether anything has grown: a line through what each gauge has shown since the branch had warmed up."""

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.soak.gauges import BOUNDS

WARM_AFTER = 1200
"""Seconds until caches are filled, and every page has been through everything once."""

Sample = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """How a gauge has moved along its line, and how far it was allowed to rise."""

    gauge: str
    at_first: float
    at_last: float
    most: float
    allowed: float | None

    @property
    def rise(self) -> float:
        """How much more it shows at the end of its line."""
        return self.at_last - self.at_first

    @property
    def fails(self) -> bool:
        """Whether that is too much."""
        return self.allowed is not None and self.rise > self.allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of a soak."""

    seconds: float
    growths: Sequence[Growth]
    calls: int
    shown: int
    complaints: Sequence[str]

    @property
    def passed(self) -> bool:
        """Whether nothing grew, every call was shown, and no page complained."""
        return not any(one.fails for one in self.growths) and self.shown == self.calls and not self.complaints


def of(samples: Sequence[Sample]) -> Verdict:
    """Judge the samples of a soak; where it ended before it was warm, all of them but the first."""
    warm = [one for one in samples if one["at"] >= WARM_AFTER]
    judged = warm if len(warm) > 2 else samples[1:]
    last = samples[-1]
    return Verdict(
        seconds=last["at"],
        growths=list(_growths(judged)),
        calls=last["calls"],
        shown=last["shown"],
        complaints=last["complaints"],
    )


def table(verdict: Verdict) -> Iterator[str]:
    """The verdict, as lines of Markdown."""
    yield "| gauge | once warm | at the end | most | rise | allowed | |"
    yield "|---|---:|---:|---:|---:|---:|---|"
    for one in verdict.growths:
        shown = (one.at_first, one.at_last, one.most, one.rise)
        allowed = "–" if one.allowed is None else f"{one.allowed:.1f}"
        judged = "" if one.allowed is None else "**grew**" if one.fails else "held"
        yield f"| {one.gauge} | " + " | ".join(f"{value:.1f}" for value in shown) + f" | {allowed} | {judged} |"
    yield ""
    yield f"In {verdict.seconds / 60:.0f} minutes {verdict.calls} calls were made, {verdict.shown} of them were"
    yield f"shown large. Errors, violations of the policy and requests to other hosts: {len(verdict.complaints)}."
    yield ""
    yield from (f"* {text}" for text in verdict.complaints)


def _growths(samples: Sequence[Sample]) -> Iterator[Growth]:
    times = [one["at"] for one in samples]
    for gauge in samples[0]["gauges"]:
        values = [one["gauges"][gauge] for one in samples]
        slope, base = statistics.linear_regression(times, values)
        first = base + slope * times[0]
        bound = BOUNDS.get(gauge.rpartition(".")[2])
        yield Growth(
            gauge=gauge,
            at_first=first,
            at_last=base + slope * times[-1],
            most=max(values),
            allowed=None if bound is None else bound.above(first),
        )
