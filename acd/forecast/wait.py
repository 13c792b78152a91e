"""The wait of somebody with so many people ahead: quantiles of the time that the services before theirs take.

While all `s` agents are busy, services end as a Poisson process of rate `s / h`, where `h` is the mean service. Whoever
has `k` people ahead is served at the end of the (k + 1)th, so the wait has the gamma (Erlang) distribution of shape
`k + 1` and rate `s / h`:

    P(W ≤ t) = 1 − Σ_{i ≤ k} e^{−x} xⁱ / i!     with x = t·s / h

Source: the queue-length predictor `E[W] = (k + 1)·h / s`, Ibrahim and Whitt, M&SOM 11 (2009), with its distribution in
M/M/s. It takes nobody to leave, so that a real wait is rather shorter.
"""

import math
from functools import lru_cache

STEPS = (1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120)
"""Minutes that are said to people; what is more than the last one is said as the last one."""

LIKELY, SAFE = 0.5, 0.9
_NORMAL = {LIKELY: 0.0, SAFE: 1.2815515655446004}
"""The standard normal distribution's quantiles."""

_STEPS_OF_NEWTON = 4
_EXACT = 100
"""Above this shape the approximation is better than a hundredth of a per cent, and the sum would be long."""


def wait_range(ahead: int, servers: int, mean_handle_seconds: float, idle: int = 0) -> tuple[int, int] | None:
    """The minutes that half, and nine tenths, of those in this place wait at most, each rounded up to a step.

    `servers` are the agents on duty for the queue, `idle` those of them who are free: with fewer people ahead than free
    agents nobody waits. None where nobody serves: then nothing can be said.
    """
    if servers <= 0:
        return None
    if idle > ahead:
        return (0, 0)
    minutes = mean_handle_seconds / servers / 60
    return rounded(erlang_quantile(ahead + 1, LIKELY) * minutes), rounded(erlang_quantile(ahead + 1, SAFE) * minutes)


def rounded(minutes: float) -> int:
    """Up to the next step."""
    return next((step for step in STEPS if minutes <= step), STEPS[-1])


@lru_cache(maxsize=4096)
def erlang_quantile(shape: int, probability: float) -> float:
    """The quantile of the gamma distribution with a whole shape and rate 1, for one of our two probabilities.

    Newton's method on the distribution function, begun at the approximation of Wilson and Hilferty (PNAS 17, 1931).
    """
    ninth = 1 / (9 * shape)
    x = float(shape * (1 - ninth + _NORMAL[probability] * math.sqrt(ninth)) ** 3)
    for _ in range(_STEPS_OF_NEWTON if shape <= _EXACT else 0):
        x -= (_at_most(shape, x) - probability) / _density(shape, x)
    return x


def _at_most(shape: int, x: float) -> float:
    """P(gamma(shape) ≤ x): at least `shape` events of a Poisson process until x."""
    term = total = math.exp(-x)
    for i in range(1, shape):
        term *= x / i
        total += term
    return 1 - total


def _density(shape: int, x: float) -> float:
    return math.exp((shape - 1) * math.log(x) - x - math.lgamma(shape))
