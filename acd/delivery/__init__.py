"""Webhook delivery: every event reaches every endpoint that wants it, at least once, under one id.

A round claims what is due (fairly, per endpoint), sends it signed through a guarded connection, and writes down what
came of it. A claim lapses by itself, so that the deliveries of a killed process go out from another.
"""

from acd.delivery.courier import Renderer
from acd.delivery.guard import Guard
from acd.delivery.worker import DeliveryWorker

__all__ = ["DeliveryWorker", "Guard", "Renderer"]
