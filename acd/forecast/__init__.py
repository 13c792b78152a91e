"""Forecasts: how long somebody will wait, as a range from likely to safe. Pure; learns from its own outcomes."""

from acd.forecast.handling import PRIOR_SECONDS, leaving_rate, mean_handle_seconds
from acd.forecast.line import Line, Recent
from acd.forecast.model import Forecast, Model
from acd.forecast.shown import Shown, shown
from acd.forecast.wait import STEPS, wait_range

__all__ = [
    "PRIOR_SECONDS",
    "STEPS",
    "Forecast",
    "Line",
    "Model",
    "Recent",
    "Shown",
    "leaving_rate",
    "mean_handle_seconds",
    "shown",
    "wait_range",
]
