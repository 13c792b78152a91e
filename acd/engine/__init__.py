"""The matcher: pure decisions about who serves whom, the same in the worker, in the simulation and in tests."""

from acd.engine.distribution import assign, pairs
from acd.engine.order import Ahead, appointment_key, explain_position, order_key, rank
from acd.engine.reasons import Candidate, PassedOver, Reasons
from acd.engine.values import Assignment, Available, Waiting

__all__ = [
    "Ahead",
    "Assignment",
    "Available",
    "Candidate",
    "PassedOver",
    "Reasons",
    "Waiting",
    "appointment_key",
    "assign",
    "explain_position",
    "order_key",
    "pairs",
    "rank",
]
