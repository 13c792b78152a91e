"""Linear quantile regression that learns one outcome at a time, and forgets slowly.

The τ-quantile's weights minimise Σ L(yᵢ − w·xᵢ), where L(r) = r·(τ − 1[r < 0]). That loss is |r| times τ or 1 − τ,
hence a weighted square with the weight (τ or 1 − τ) / |r|: each outcome adds to the normal equations A·w = b of that
weighted least-squares problem, weighted by the residual it had when it came, and now and then they are solved.
Source: Koenker and Bassett, Econometrica 46 (1978); iterative weighting: Schlossmacher, JASA 68 (1973).

A and b begin at, and are forgotten towards, a prior: κ outcomes that say exactly what the formula says.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

PRIOR_OUTCOMES = 50.0
FORGETTING = 0.9995
"""What was learnt loses so much with each outcome: 1,400 outcomes ago counts half."""

SMALLEST = 0.3
"""A residual below this (minutes) weighs like one of this size."""

SOLVED_EVERY = 20


class QuantileRegression:
    """The τ-quantile of an outcome in minutes as a weighted sum of features."""

    __slots__ = ("_left", "_prior", "_right", "learnt", "tau", "weights")

    def __init__(self, tau: float, prior: Sequence[float]) -> None:
        self.tau = tau
        self.weights = list(prior)
        self.learnt = 0
        self._prior = tuple(prior)
        size, pull = len(prior), PRIOR_OUTCOMES / 60
        self._left = [[pull if i == j else 0.0 for j in range(i + 1)] for i in range(size)]
        self._right = [pull * weight for weight in prior]

    def quantile(self, x: Sequence[float]) -> float:
        """The quantile at these features; not yet clipped at nought."""
        return sum(weight * one for weight, one in zip(self.weights, x, strict=True))

    def learn(self, x: Sequence[float], y: float) -> None:
        """Take in one outcome."""
        residual = y - self.quantile(x)
        weight = (self.tau if residual > 0 else 1 - self.tau) / max(abs(residual), SMALLEST)
        pull = PRIOR_OUTCOMES / 60 * (1 - FORGETTING)
        for i, row in enumerate(self._left):
            scaled = weight * x[i]
            for j in range(i + 1):
                row[j] = FORGETTING * row[j] + scaled * x[j]
            row[i] += pull
            self._right[i] = FORGETTING * self._right[i] + scaled * y + pull * self._prior[i]
        self.learnt += 1
        if self.learnt % SOLVED_EVERY == 0:
            self.weights = _solved(self._left, self._right)

    def as_json(self) -> dict[str, Any]:
        """Everything that a restart needs."""
        return {"learnt": self.learnt, "weights": self.weights, "left": self._left, "right": self._right}

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Go on from what was kept."""
        self.learnt, self.weights = int(kept["learnt"]), [float(w) for w in kept["weights"]]
        self._left = [[float(v) for v in row] for row in kept["left"]]
        self._right = [float(v) for v in kept["right"]]


def _solved(left: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of a symmetric positive definite system by Cholesky's decomposition; `left` is its lower half."""
    lower: list[list[float]] = []
    for i, given in enumerate(left):
        row: list[float] = []
        for j in range(i):
            row.append((given[j] - sum(map(_times, row, lower[j]))) / lower[j][j])
        row.append(math.sqrt(max(given[i] - sum(v * v for v in row), 1e-12)))
        lower.append(row)
    size = len(right)
    half: list[float] = []
    for i in range(size):
        half.append((right[i] - sum(map(_times, lower[i], half))) / lower[i][i])
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (half[i] - sum(lower[k][i] * found[k] for k in range(i + 1, size))) / lower[i][i]
    return found


def _times(a: float, b: float) -> float:
    return a * b
