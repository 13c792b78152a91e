"""Adaptive conformal calibration: the safe figure is moved until it holds as often as it says, whatever happens.

A score says where an outcome lay, in units of the forecast's own spread: (y − q50) / (q90 − q50 + 20 s). The safe
figure is q50 plus the a-quantile of the last 1,000 scores times that spread; the level a grows after a miss and falls
after a hit, a ← a + 0.005·(τ − 1[held]), so that over a long time the share that held is τ without any assumption.
Source: Gibbs and Candès, Adaptive conformal inference under distribution shift, NeurIPS 2021.
"""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Mapping
from typing import Any

KEPT = 1000
ENOUGH = 50
"""With fewer scores nothing is moved."""

STEP = 0.005
_DIGITS = 5


class Calibration:
    """The last scores and the level that is taken of them."""

    __slots__ = ("_scores", "_sorted", "level", "tau")

    def __init__(self, tau: float) -> None:
        self.tau = tau
        self.level = tau
        self._scores: deque[float] = deque()
        self._sorted: list[float] = []

    def multiple(self) -> float | None:
        """How many spreads above the median is safe; None until there is enough to say it from."""
        if len(self._sorted) < ENOUGH:
            return None
        return self._sorted[min(int(self.level * len(self._sorted)), len(self._sorted) - 1)]

    def learn(self, score: float, *, held: bool) -> None:
        """Take in where an outcome lay, and whether the safe figure that was given held."""
        self.level = min(max(self.level + STEP * (self.tau - held), 0.0), 1.0)
        score = round(score, _DIGITS)
        self._scores.append(score)
        insort(self._sorted, score)
        if len(self._scores) > KEPT:
            del self._sorted[bisect_left(self._sorted, self._scores.popleft())]

    def as_json(self) -> dict[str, Any]:
        """Everything that a restart needs."""
        return {"level": self.level, "scores": list(self._scores)}

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Go on from what was kept."""
        self.level = float(kept["level"])
        self._scores = deque(float(score) for score in kept["scores"])
        self._sorted = sorted(self._scores)
