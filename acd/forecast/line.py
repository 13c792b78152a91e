"""What is known of a line at the moment somebody asks how long he will wait, and the features made of it."""

import math
from dataclasses import dataclass

from acd.forecast.handling import PRIOR_SECONDS
from acd.forecast.wait import LIKELY, SAFE, erlang_quantile

_ONE_BY_ONE = 50
"""So many terms of the sum are added one by one; those behind them as an integral, which is then exact to 0.01 %."""

_MINUTE = 60.0
_RATIO_LIMIT = 3.0
_LONGEST = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """What has happened in a queue lately: how long serving took, who gave up, how long those waited who were answered.

    `leaving_per_second` is the rate at which one who waits gives up; `answered_per_hour` is over the last
    quarter of an hour, `credited_per_hour` those of them whom a credit put ahead of some who came earlier.
    """

    handling_seconds: float = PRIOR_SECONDS
    leaving_per_second: float = 0.0
    last_wait_seconds: float = 0.0
    mean_wait_seconds: float = 0.0
    answered_per_hour: float = 0.0
    credited_per_hour: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One place in a line: `ahead` go first, `length` wait there in all, `others` in lines that share the agents.

    `servers` are on duty for it, `free` of them idle; the one at the head has waited `head_seconds`. `credited`: this
    person goes before some who came earlier.
    """

    ahead: int
    servers: int
    length: int | None = None
    others: int = 0
    free: int = 0
    head_seconds: float = 0.0
    credited: bool = False
    recent: Recent = Recent()


FEATURES = (
    "one",
    "likely",
    "safe",
    "head",
    "last",
    "mean of five",
    "ahead",
    "length",
    "others",
    "answered",
    "by answers",
    "per server",
    "free",
    "free, nobody waits",
    "nobody free",
    "credited",
    "credited × likely",
    "overtaken",
    "overtaken × likely",
    "ratio",
    "ratio × likely",
)
"""What the regressions see, each scaled to be about one; see `features`."""

AT_LIKELY, AT_SAFE = FEATURES.index("likely"), FEATURES.index("safe")


def queue_length_seconds(ahead: int, servers: int, handling_seconds: float, leaving_per_second: float = 0.0) -> float:
    """The mean wait of somebody with so many ahead while all serve and some give up: Σ_{i=0..k} 1 / (s/h + i·θ).

    Source: the queue-length predictor with abandonment, Ibrahim and Whitt, Management Science 55 (2009).
    """
    rate, leaving = servers / handling_seconds, leaving_per_second
    first = min(ahead, _ONE_BY_ONE)
    total = math.fsum(1 / (rate + i * leaving) for i in range(first + 1))
    if ahead <= first:
        return total
    low, high = rate + (first + 0.5) * leaving, rate + (ahead + 0.5) * leaving
    more = ahead - first
    return total + (more / low if high - low < 1e-9 * low else math.log(high / low) / leaving)


def by_formula(line: Line) -> tuple[float, float]:
    """The seconds that half, and nine tenths, wait at most if services end at random and some give up.

    The gamma distribution of `acd.forecast.wait`, its mean shortened to the one with abandonment.
    """
    recent, shape = line.recent, line.ahead + 1
    mean = queue_length_seconds(
        line.ahead, max(line.servers, 1), max(recent.handling_seconds, 1.0), max(recent.leaving_per_second, 0.0)
    )
    return erlang_quantile(shape, LIKELY) * mean / shape, erlang_quantile(shape, SAFE) * mean / shape


def features(line: Line, ratio: float) -> tuple[float, ...]:
    """A line as the regressions see it; `ratio` is what people lately waited, as a share of what the formula said."""
    recent = line.recent
    likely, safe = (seconds / _MINUTE for seconds in by_formula(line))
    length = line.ahead if line.length is None else line.length
    credited, held = float(line.credited), min(ratio, _RATIO_LIMIT)
    overtaken = (1 - credited) * min(recent.credited_per_hour, 1200) / 80
    return (
        1.0,
        likely,
        safe,
        line.head_seconds / _MINUTE,
        recent.last_wait_seconds / _MINUTE,
        recent.mean_wait_seconds / _MINUTE,
        line.ahead / 5,
        length / 5,
        line.others / 5,
        min(recent.answered_per_hour, 1200) / 100,
        min((line.ahead + 1) * 15 / max(recent.answered_per_hour, 4), _LONGEST),
        5 / max(line.servers, 1),
        min(line.free, 5) / 2,
        min(line.free, 5) / 2 * (length == 0),
        float(line.free == 0),
        credited,
        credited * likely,
        overtaken,
        overtaken * likely,
        held,
        held * likely,
    )
