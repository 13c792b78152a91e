"""The shapes of webhooks, deliveries and attempts, as administrators see them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from qms.domain.delivery import Attempt, Delivery, DeliveryState
from qms.services.webhook_list import Standing

Text = Annotated[str, Meta(max_length=200)]
Template = Annotated[str, Meta(max_length=32_000)]


class WebhookShape(Struct, kw_only=True):
    """A webhook: without its secrets. `failing_since`: nothing has arrived since, in so many `failures`."""

    id: str
    key: str
    url: str
    events: list[str]
    dialect: str
    state: str
    disabled_reason: str | None
    ordered: bool
    custom: bool
    failing_since: datetime | None
    failures: int
    previous_secret_until: datetime | None

    @classmethod
    def of(cls, one: Standing) -> "WebhookShape":
        webhook = one.webhook
        return cls(
            id=webhook.public_id,
            key=webhook.key,
            url=webhook.url,
            events=list(webhook.events),
            dialect=webhook.dialect,
            state=webhook.state,
            disabled_reason=webhook.disabled_reason,
            ordered=webhook.ordered,
            custom=webhook.custom is not None,
            failing_since=one.failing_since,
            failures=one.failures,
            previous_secret_until=webhook.previous_until,
        )


class Webhooks(Struct, kw_only=True):
    """The account's webhooks, in the order of its network file."""

    webhooks: list[WebhookShape]


class DeliveryShape(Struct, kw_only=True):
    """An event on its way to a webhook; `id` is its `webhook-id`."""

    id: str
    webhook: str
    event: str
    about: str
    state: str
    attempts: int
    at: datetime
    due_at: datetime
    delivered_at: datetime | None
    last_status: int | None
    last_error: str | None

    @classmethod
    def of(cls, one: Delivery) -> "DeliveryShape":
        return cls(
            id=one.id,
            webhook=one.webhook_id,
            event=one.event,
            about=one.entity,
            state=one.state,
            attempts=one.attempts,
            at=one.at,
            due_at=one.due_at,
            delivered_at=one.delivered_at,
            last_status=one.last_status,
            last_error=one.last_error,
        )


class Deliveries(Struct, kw_only=True):
    """Deliveries, the newest first."""

    deliveries: list[DeliveryShape]


class AttemptShape(Struct, kw_only=True):
    """One try: a status or the class of an error, how long it took, how the answer began."""

    number: int
    at: datetime
    status: int | None
    error: str | None
    ms: int
    excerpt: str | None

    @classmethod
    def of(cls, one: Attempt) -> "AttemptShape":
        return cls(
            number=one.number,
            at=one.at,
            status=one.status,
            error=one.error,
            ms=one.duration_ms,
            excerpt=one.excerpt,
        )


class Attempts(Struct, kw_only=True):
    """What was tried, in order."""

    attempts: list[AttemptShape]


class Replay(Struct, kw_only=True, forbid_unknown_fields=True):
    """Which deliveries are to be sent again: of a webhook, of events from one time until another, or both."""

    webhook: Text | None = None
    state: DeliveryState = "dead"
    since: datetime | None = None
    until: datetime | None = None


class Replayed(Struct, kw_only=True):
    """The deliveries that are sent again, under the ids they have."""

    deliveries: list[str]


class Rotation(Struct, kw_only=True, forbid_unknown_fields=True):
    """For how long the secret before counts too."""

    overlap_hours: Annotated[float, Meta(ge=0, le=168)] = 24


class Secret(Struct, kw_only=True):
    """The new secret: it is shown once."""

    secret: str


class Play(Struct, kw_only=True, forbid_unknown_fields=True):
    """Templates to try, on a sample of an event or on `data`; what is not said is as the named webhook has it."""

    event: Text
    webhook: Text | None = None
    url: Annotated[str, Meta(max_length=2000)] | None = None
    method: Literal["POST", "GET", "PATCH", "DELETE", "PUT", "OPTIONS", "HEAD"] | None = None
    headers: dict[str, Template] | None = None
    parameters: dict[str, Template] | None = None
    body: Template | None = None
    condition: Template | None = None
    data: dict[str, Any] | None = None


class Played(Struct, kw_only=True):
    """The request that would be sent, if there is no `problem` and it is not withheld; and what it was made of."""

    method: str | None
    url: str | None
    headers: dict[str, str]
    body: str | None
    withheld: bool
    problem: str | None
    data: dict[str, Any]
