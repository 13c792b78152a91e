"""A delivery: one event on its way to one webhook, and what comes of an attempt.

pending → delivered              the target took it
pending → pending                it did not: tried again after a wait
pending → dead                   refused for good, tried often enough, or the webhook is gone; kept
pending → withheld               the webhook's condition does not want it
dead|delivered|withheld → pending    replayed, under the same id
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from qms.domain.network import Webhook

TEST = "webhook.test"
"""The event that nothing has happened: somebody tries whether a webhook is heard. It is the same in every dialect."""

DeliveryState = Literal["pending", "delivered", "dead", "withheld"]
STATES: tuple[DeliveryState, ...] = get_args(DeliveryState)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What must arrive. `id` is the webhook-id, `data` our own snapshot, `event` the name in the webhook's dialect.

    `at` and `due_at` are business time, `claimed_until` is machine time; whoever holds `claim` is sending it.
    `traceparent`: the trace of whoever asked for what happened, if he has begun one.
    """

    id: str
    account_id: str
    webhook_id: str
    event: str
    trace_id: str
    entity: str
    at: datetime
    data: Mapping[str, Any]
    state: DeliveryState
    attempts: int
    due_at: datetime
    claimed_until: datetime | None = None
    claim: str | None = None
    delivered_at: datetime | None = None
    last_status: int | None = None
    last_error: str | None = None
    traceparent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try, begun at the business time `at`: a status or the class of an error, and how the answer began."""

    id: str
    delivery_id: str
    number: int
    at: datetime
    status: int | None
    error: str | None
    duration_ms: int
    excerpt: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A claimed delivery with what it takes to send it; `at` is the business time of the claim."""

    delivery: Delivery
    webhook: Webhook
    options: Mapping[str, Any]
    at: datetime

    @property
    def attempt_number(self) -> int:
        """Which try this one is, from 1."""
        return self.delivery.attempts + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """The body of a delivery as its dialect says it, with the headers that the dialect adds.

    `url` None: the webhook's. `withheld`: the webhook's condition does not want it.
    """

    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    method: str = "POST"
    url: str | None = None
    verify_tls: bool = True
    withheld: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a try came to: the status of the answer, or why there was none.

    `failure` is a class, never an address: one of blocked_destination, invalid_request, dns, connect, tls, timeout,
    render and parsing (of a template; `excerpt` says what is wrong with it).
    """

    status: int | None = None
    failure: str | None = None
    retry_after: timedelta | None = None
    duration_ms: int = 0
    excerpt: str | None = None

    @property
    def error(self) -> str:
        """The class of the error, if it is one."""
        return self.failure or f"status_{self.status}"


@dataclass(frozen=True, slots=True)
class Delivered:
    """The target took it."""


@dataclass(frozen=True, slots=True)
class Retry:
    """To be tried again so much business time later."""

    after: timedelta


@dataclass(frozen=True, slots=True)
class Dead:
    """Not to be tried again by itself: refused, exhausted or unrenderable."""

    reason: str


@dataclass(frozen=True, slots=True)
class Disable:
    """The target wants nothing more: the delivery is dead, and the webhook is disabled."""

    reason: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """Not sent: the webhook's condition does not want it."""


Step = Delivered | Retry | Dead | Disable | Withheld
"""What follows an attempt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A delivery that was sent, or was found not worth sending: what came of it, and what follows from that."""

    parcel: Parcel
    outcome: Outcome
    step: Step
