"""When a delivery is tried again, and when no more: pure."""

from datetime import timedelta

from qms.domain.delivery import Dead, Delivered, Disable, Outcome, Retry, Step

VENDOR_WAITS = tuple(timedelta(seconds=seconds) for seconds in (60, 120, 180))
"""Before the second, third and fourth attempt at a vendor-shaped endpoint (decision D-19)."""

NATIVE_WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
"""Before the second to the tenth attempt at a native endpoint. Source: Standard Webhooks, "Deliverability"."""

JITTER = 0.2
"""Native waits vary by so much, so that what failed together does not come back together."""

RETRY_AFTER = (timedelta(seconds=1), timedelta(hours=24))
"""An endpoint that names its own wait is believed within these bounds."""

HASTY_ATTEMPTS = 5
"""So many tries may follow each other as fast as the endpoint asks; then its wish only lengthens the wait.

A throttling endpoint that says "in a second" ten times over must not turn a delivery into a dead letter in ten seconds.
"""


def next_step(dialect: str, attempt_number: int, outcome: Outcome, jitter: float = 0.0) -> Step:
    """What follows attempt `attempt_number` (from 1). `jitter` is between -1 and 1."""
    if outcome.status == 410:
        return Disable("410 Gone")
    if dialect == "native":
        return _native(attempt_number, outcome, jitter)
    return _vendor(attempt_number, outcome)


def _vendor(attempt_number: int, outcome: Outcome) -> Step:
    status = outcome.status
    if status is not None and 200 <= status < 400:  # redirects are not followed, and count as taken
        return Delivered()
    if status is not None and status < 500 and status != 429:
        return Dead("refused")
    if attempt_number > len(VENDOR_WAITS):
        return Dead("exhausted")
    return Retry(VENDOR_WAITS[attempt_number - 1])


def _native(attempt_number: int, outcome: Outcome, jitter: float) -> Step:
    if outcome.status is not None and 200 <= outcome.status < 300:
        return Delivered()
    if attempt_number > len(NATIVE_WAITS):
        return Dead("exhausted")
    wait = NATIVE_WAITS[attempt_number - 1] * (1 + JITTER * jitter)
    if outcome.retry_after is None:
        return Retry(wait)
    asked = min(max(outcome.retry_after, RETRY_AFTER[0]), RETRY_AFTER[1])
    return Retry(asked if attempt_number <= HASTY_ATTEMPTS else max(asked, wait))
