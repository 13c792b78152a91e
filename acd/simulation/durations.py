"""How long something takes: distributions that are drawn from, written as short texts.

    180                     always 180 seconds
    exponential:180         mean 180 seconds
    lognormal:180,1.4       mean 180 seconds, standard deviation 1.4 times that
    never                   no end at all (a patience)

Handling times of call centres are close to lognormal: L. Brown et al., "Statistical analysis of a telephone call
center", JASA 100 (2005).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Protocol


class Durations(Protocol):
    """A distribution of seconds."""

    @property
    def mean_seconds(self) -> float:
        """The mean."""

    def draw(self, chance: Random) -> float:
        """One duration, in seconds."""


@dataclass(frozen=True, slots=True)
class Constant:
    """Always the same."""

    seconds: float

    @property
    def mean_seconds(self) -> float:
        """Itself."""
        return self.seconds

    def draw(self, chance: Random) -> float:
        """Itself."""
        return self.seconds


@dataclass(frozen=True, slots=True)
class Exponential:
    """Without memory: what is left does not depend on what has passed."""

    mean_seconds: float

    def draw(self, chance: Random) -> float:
        """One duration."""
        return chance.expovariate(1.0) * self.mean_seconds


@dataclass(frozen=True, slots=True)
class Lognormal:
    """`variation` is the standard deviation as a multiple of the mean."""

    mean_seconds: float
    variation: float

    def draw(self, chance: Random) -> float:
        """One duration."""
        spread = math.log1p(self.variation**2)
        return self.mean_seconds * math.exp(chance.gauss(-spread / 2, math.sqrt(spread)))


@dataclass(frozen=True, slots=True)
class Observed:
    """One of those that were observed, each as likely as another."""

    seconds: Sequence[float]

    @property
    def mean_seconds(self) -> float:
        """Of the sample."""
        return math.fsum(self.seconds) / len(self.seconds)

    def draw(self, chance: Random) -> float:
        """One of them."""
        return self.seconds[int(chance.random() * len(self.seconds))]


def durations(text: str | float) -> Durations | None:
    """The distribution that a text, or a number of seconds, says; None for `never`.

    Raises:
        ValueError: it is none of the forms above.
    """
    name, _, rest = str(text).strip().partition(":")
    try:
        numbers = [float(part) for part in rest.split(",")] if rest else []
        if name == "never" and not numbers:
            return None
        if not all(number > 0 and math.isfinite(number) for number in numbers):
            raise ValueError
        match name, numbers:
            case "exponential", [mean]:
                return Exponential(mean)
            case "lognormal", [mean, variation]:
                return Lognormal(mean, variation)
            case _, [] if 0 <= float(name) < math.inf:
                return Constant(float(name))
    except ValueError:
        pass
    raise ValueError(f"expected seconds, exponential:MEAN, lognormal:MEAN,VARIATION or never, not {text!r}")
