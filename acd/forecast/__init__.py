"""Forecasts: how long somebody will wait, as a range from likely to safe. Pure, and small until it is learnt."""

from acd.forecast.handling import PRIOR_SECONDS, mean_handle_seconds
from acd.forecast.wait import STEPS, wait_range

__all__ = ["PRIOR_SECONDS", "STEPS", "mean_handle_seconds", "wait_range"]
