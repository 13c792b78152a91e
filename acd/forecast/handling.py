"""How long serving somebody takes in a queue, from what was seen and what is assumed before anything is."""

from collections.abc import Iterable

PRIOR_SECONDS = 300.0
"""What one service takes as far as we know before the first …"""

PRIOR_WEIGHT = 20
"""… which counts as much as so many tickets that were seen."""

LONGEST_SECONDS = 3600.0
"""A longer service counts as one of this length: somebody forgot to finish it."""


def mean_handle_seconds(handled: Iterable[float], prior: float = PRIOR_SECONDS) -> float:
    """The mean seconds of one service, what was seen shrunk towards the prior: (n0·prior + Σ seen) / (n0 + n)."""
    total, weight = prior * PRIOR_WEIGHT, PRIOR_WEIGHT
    for seconds in handled:
        total += min(max(seconds, 0.0), LONGEST_SECONDS)
        weight += 1
    return total / weight


LEAVING_PRIOR_SECONDS = 7200.0
"""Nobody is taken to give up before so much waiting has been seen."""


def leaving_rate(gave_up: int, waited_seconds: float) -> float:
    """How many of those who wait give up per second, if patience is exponential and often cut short."""
    return gave_up / (LEAVING_PRIOR_SECONDS + max(waited_seconds, 0.0))
