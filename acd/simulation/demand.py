"""How many will come: a week's arrivals, quarter of an hour by quarter, each with a band.

For each day of the week: as many as on the middle one of the last six such days, spread over the day as people were
spread on all of them, smoothed over three quarters. How far it may be off has two parts that add up: a busy day is busy
all day long, and within a quarter chance rules (Poisson):

    variance of a quarter = λ + λ²·v²        v: standard deviation of the day totals, divided by their mean

The band is the mean and 1.28 standard deviations on either side, wider where that has proved too narrow: every past
day is forecast from the days before it, and the band is stretched until eight of ten of these quarters lie in it.

Source: of the level times the profile, L. Brown et al., JASA 100 (2005), section 6; of the two parts, S. Steckley,
S. Henderson, V. Mehrotra, "Forecast errors in service systems", PEIS 23 (2009).
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, median, pstdev

from acd.simulation.day import HOUR

QUARTER = HOUR // 4
PER_DAY = 96
WEEKS = 6
_TENTH = 1.2815515655446004
"""The standard normal distribution's 90 % quantile."""
_UNKNOWN_VARIATION = 0.3
"""Of the day totals, where there is only one day."""

_ENOUGH_DAYS = 2

Counts = Sequence[int]
"""How many came in each quarter of a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Of one quarter: the mean, and a band that holds in eight of ten cases."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weekday:
    """A day of the week, Monday 0: the quarters, and how many days they were learned from."""

    weekday: int
    quarters: tuple[Expected, ...]
    days: int

    @property
    def total(self) -> float:
        """Of the day."""
        return math.fsum(quarter.mean for quarter in self.quarters)


def counted(arrivals: Iterable[int]) -> list[int]:
    """Arrivals of a day, in microseconds, as counts per quarter; what comes after midnight belongs to the last."""
    counts = [0] * PER_DAY
    for at in arrivals:
        counts[min(PER_DAY - 1, max(0, at // QUARTER))] += 1
    return counts


def week(days: Mapping[date, Counts]) -> dict[int, Weekday]:
    """The forecast of each day of the week of which there is at least one day; the latest six count."""
    wider = _how_much_wider(days)
    found = {}
    for weekday in range(7):
        same = [days[day] for day in sorted(days) if day.weekday() == weekday][-WEEKS:]
        if same:
            found[weekday] = Weekday(weekday=weekday, quarters=tuple(_quarters(same, wider)), days=len(same))
    return found


def _quarters(same: Sequence[Counts], wider: float) -> Iterable[Expected]:
    for mean, deviation in _moments(same):
        off = _TENTH * wider * deviation
        yield Expected(mean=mean, low=max(0.0, mean - off), high=mean + off if mean else 0.0)


def _moments(same: Sequence[Counts]) -> Iterable[tuple[float, float]]:
    """Mean and standard deviation of each quarter, by the formula."""
    totals = [sum(counts) for counts in same]
    level, everybody = median(totals), sum(totals)
    variation = pstdev(totals) / fmean(totals) if len(totals) > 1 and everybody else _UNKNOWN_VARIATION
    if len(totals) > 1:
        variation *= math.sqrt(len(totals) / (len(totals) - 1) * (1 + 1 / len(totals)))  # few days say little
    profile = [sum(counts[at] for counts in same) for at in range(PER_DAY)]
    for at in range(PER_DAY):
        around = profile[max(0, at - 1) : at + 2]
        mean = level * fmean(around) / everybody if everybody else 0.0
        yield mean, math.sqrt(mean + (mean * variation) ** 2)


def _how_much_wider(days: Mapping[date, Counts]) -> float:
    """By what factor the band had been too narrow for the days since the third of their kind; at least 1."""
    off = []
    for at, day in enumerate(ordered := sorted(days)):
        before = [days[one] for one in ordered[:at] if one.weekday() == day.weekday()][-WEEKS:]
        if len(before) >= _ENOUGH_DAYS:
            off += [abs(n - mean) / sd for n, (mean, sd) in zip(days[day], _moments(before), strict=True) if mean > 1]
    return max(1.0, sorted(off)[int(0.8 * len(off))] / _TENTH) if off else 1.0
