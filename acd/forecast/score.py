"""How good forecasts were: errors, and how often what was called safe held."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from acd.forecast.wait import SAFE


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """One estimator over some people, in seconds; `bias` is said less waited, `under` the share that waited longer."""

    people: int
    mean_error: float
    median_error: float
    bias: float
    under: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """A safe figure over some people: the share in which it held, its mean, and its pinball loss, in seconds."""

    people: int
    held: float
    mean: float
    pinball: float


def score(pairs: Iterable[tuple[float, float]]) -> Score:
    """Score (said, waited) pairs; at least one."""
    both = list(pairs)
    errors = [said - waited for said, waited in both]
    sizes = [abs(error) for error in errors]
    return Score(
        people=len(both),
        mean_error=statistics.fmean(sizes),
        median_error=statistics.median(sizes),
        bias=statistics.fmean(errors),
        under=sum(error < 0 for error in errors) / len(both),
    )


def safety(pairs: Sequence[tuple[float, float]], tau: float = SAFE) -> Safety:
    """Score (said, waited) pairs of a figure that should hold with probability τ; at least one."""
    losses = [(tau if waited > said else tau - 1) * (waited - said) for said, waited in pairs]
    return Safety(
        people=len(pairs),
        held=sum(waited <= said for said, waited in pairs) / len(pairs),
        mean=statistics.fmean(said for said, _ in pairs),
        pinball=statistics.fmean(losses),
    )
