"""Adaptive conformal calibration: figures are moved until they hold as often as they say, whatever happens.

A score says where an outcome lay, in units of the forecast's own spread: (y − q50) / (q90 − q50 + 20 s). A figure is
q50 plus the a-quantile of the last 1,000 scores times that spread; its level a grows after a miss and falls after a
hit, a ← a + 0.005·(τ − 1[held]), so that over a long time the share that held is τ without any assumption.
Source: Gibbs and Candès, Adaptive conformal inference under distribution shift, NeurIPS 2021.
"""

from bisect import bisect_left, insort
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any

KEPT = 1000
ENOUGH = 50
"""With fewer scores nothing is moved."""

STEP = 0.005
_DIGITS = 5


class Calibration:
    """The last scores, and the level that is taken of them for each figure."""

    __slots__ = ("_scores", "_sorted", "levels", "taus")

    def __init__(self, *taus: float) -> None:
        self.taus = taus
        self.levels = list(taus)
        self._scores: deque[float] = deque()
        self._sorted: list[float] = []

    def multiples(self) -> Sequence[float] | None:
        """How many spreads above q50 each figure is; None until there is enough to say it from."""
        size = len(self._sorted)
        if size < ENOUGH:
            return None
        return [self._sorted[min(int(level * size), size - 1)] for level in self.levels]

    def learn(self, score: float, held: Sequence[bool]) -> None:
        """Take in where an outcome lay, and whether each figure that was given held."""
        for at, (tau, kept) in enumerate(zip(self.taus, held, strict=True)):
            self.levels[at] = min(max(self.levels[at] + STEP * (tau - kept), 0.0), 1.0)
        score = round(score, _DIGITS)
        self._scores.append(score)
        insort(self._sorted, score)
        if len(self._scores) > KEPT:
            del self._sorted[bisect_left(self._sorted, self._scores.popleft())]

    def as_json(self) -> dict[str, Any]:
        """Everything that a restart needs."""
        return {"levels": list(self.levels), "scores": list(self._scores)}

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Go on from what was kept."""
        self.levels = [float(level) for level in kept["levels"]]
        self._scores = deque(float(score) for score in kept["scores"])
        self._sorted = sorted(self._scores)
