"""The model of one queue at one branch: two regressions, their calibration, and how the formula has fared lately.

It begins as the formula (`acd.forecast.line.by_formula`), and moves away from it as outcomes come in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from acd.forecast.calibration import Calibration
from acd.forecast.line import AT_LIKELY, AT_SAFE, FEATURES, Line, features
from acd.forecast.regression import QuantileRegression
from acd.forecast.wait import LIKELY, SAFE

SHAPE = 1
"""Grows when the features or what is kept change: what an older release has learnt is then begun anew."""

_MARGIN = 20 / 60
"""Minutes that every spread has at least, so that a forecast of nought can be calibrated too."""

_RATIO_STEP = 0.05
_RATIO_MOST = 5.0
_LEAST_LIKELY = 10 / 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A wait in seconds: half wait `likely_seconds` at most, nine tenths `safe_seconds`; and what it was made from.

    `middle_minutes` and `spread_minutes` are what the calibration scores outcomes by.
    """

    likely_seconds: float
    safe_seconds: float
    middle_minutes: float
    spread_minutes: float
    x: tuple[float, ...]


class Model:
    """What a queue at a branch has taught so far."""

    __slots__ = ("_calibration", "_median", "_ratio", "_ninth")

    def __init__(self) -> None:
        self._median = QuantileRegression(LIKELY, _unit(AT_LIKELY))
        self._ninth = QuantileRegression(SAFE, _unit(AT_SAFE))
        self._calibration = Calibration(LIKELY, SAFE)
        self._ratio = 1.0

    @property
    def learnt(self) -> int:
        """How many outcomes it has seen."""
        return self._median.learnt

    def forecast(self, line: Line) -> Forecast:
        """The wait of somebody in this place; nought ≤ likely ≤ safe, always."""
        x = features(line, self._ratio)
        middle = max(self._median.quantile(x), 0.0)
        ninth = max(self._ninth.quantile(x), middle)
        spread = ninth - middle + _MARGIN
        multiples = self._calibration.multiples()
        likely, safe = (middle, ninth) if multiples is None else (middle + each * spread for each in multiples)
        likely = max(likely, 0.0)
        return Forecast(
            likely_seconds=likely * 60,
            safe_seconds=max(safe, likely) * 60,
            middle_minutes=middle,
            spread_minutes=spread,
            x=x,
        )

    def understands(self, given: Forecast) -> bool:
        """Whether a forecast was made from the features that this release knows."""
        return len(given.x) == len(FEATURES)

    def learn(self, given: Forecast, waited_seconds: float) -> None:
        """Take in how long somebody waited who was given a forecast, at the moment he is answered."""
        waited = max(waited_seconds, 0.0) / 60
        held = [waited_seconds <= said for said in (given.likely_seconds, given.safe_seconds)]
        self._calibration.learn((waited - given.middle_minutes) / given.spread_minutes, held)
        if waited > 0:
            share = min(waited / max(given.x[AT_LIKELY], _LEAST_LIKELY), _RATIO_MOST)
            self._ratio += _RATIO_STEP * (share - self._ratio)
        self._median.learn(given.x, waited)
        self._ninth.learn(given.x, waited)

    def as_json(self) -> dict[str, Any]:
        """Everything that a restart needs; numbers come back exactly as they were."""
        return {
            "shape": SHAPE,
            "median": self._median.as_json(),
            "ninth": self._ninth.as_json(),
            "calibration": self._calibration.as_json(),
            "ratio": self._ratio,
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any] | None) -> "Model":
        """The model that was kept; a new one where there is none, or where an older release kept it."""
        model = cls()
        if kept is not None and kept.get("shape") == SHAPE:
            model._median.restore(kept["median"])
            model._ninth.restore(kept["ninth"])
            model._calibration.restore(kept["calibration"])
            model._ratio = float(kept["ratio"])
        return model


def _unit(at: int) -> Sequence[float]:
    return [float(i == at) for i in range(len(FEATURES))]
