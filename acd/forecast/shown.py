"""What people are told: a range in minutes that are easily said, and that does not flicker."""

from acd.forecast.model import Forecast
from acd.forecast.wait import STEPS, rounded

Shown = tuple[int, int]
"""Minutes that half, and nine tenths, wait at most."""

WORSE_BY, WORSE_MINUTES = 0.2, 2.0
"""A figure gets worse only when the forecast lies this share, or so many minutes, above it."""


def shown(forecast: Forecast, before: Shown | None = None) -> Shown:
    """A forecast in minutes, each rounded up to a step; `before` is what the person sees now.

    A better figure is shown at once, a worse one only when it is clearly worse: between the two nothing changes, so
    that a forecast that hovers about a step does not make the figure jump.
    """
    likely, safe = forecast.likely_seconds / 60, forecast.safe_seconds / 60
    if before is not None:
        likely, safe = _steady(before[0], likely), _steady(before[1], safe)
    low = rounded(likely) if likely > 0 else 0
    return low, max(low, rounded(safe) if safe > 0 else 0)


def _steady(before: int, minutes: float) -> float:
    clearly = min(before * (1 + WORSE_BY), before + WORSE_MINUTES)
    return before if before < minutes <= clearly else minutes


__all__ = ["STEPS", "Shown", "shown"]
