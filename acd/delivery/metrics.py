"""Attempts to deliver, counted by what came of them."""

from prometheus_client import Counter, Histogram

from qms.domain.delivery import Dead, Delivered, Outcome, Step, Withheld

ATTEMPTS = Counter("qms_webhook_attempts", "Attempts to deliver a webhook, by what came of them.", ["outcome"])
SECONDS = Histogram(
    "qms_webhook_delivery_seconds",
    "How long an attempt took.",
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30),
)


def count(outcome: Outcome, step: Step) -> None:
    """Count one attempt; what is withheld was none."""
    if isinstance(step, Withheld):
        return
    came = "delivered" if isinstance(step, Delivered) else "given_up" if isinstance(step, Dead) else "put_off"
    ATTEMPTS.labels(came).inc()
    SECONDS.observe(outcome.duration_ms / 1000)
