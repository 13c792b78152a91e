"""What was known of a ticket or an appointment when something happened, and the parcel that brings it to a dialect."""

import json
from datetime import UTC, datetime
from typing import Any

from qms.domain.delivery import Delivery, Parcel
from qms.domain.network import Webhook
from qms_gateway.dialects.videsk import webhook as videsk

AT = datetime(2026, 3, 1, 12, 0, 0, 123_456, tzinfo=UTC)

AGENT = {"id": "a1", "key": "jdoe", "firstname": "John", "lastname": "Doe", "email": "jdoe@acme.example"}

POC = {"id": "p1", "key": "1", "label": "Box 1"}

FORM = [
    {
        "_id": "f1",
        "name": "firstname",
        "label": "Nombre",
        "hint": "",
        "type": "text",
        "value": "Ada",
        "options": [],
        "properties": {"required": True},
    }
]

BOOKED = {
    "id": "a1",
    "state": "scheduled",
    "service": {"id": "v1", "key": "video", "title": "My service", "description": ""},
    "start_at": "2026-03-03T12:00:00+00:00",
    "end_at": "2026-03-03T12:07:00+00:00",
    "timezone": "America/Santiago",
    "cancel_reason": None,
}

EARLIER = {"start_at": "2026-03-02T12:00:00+00:00", "end_at": "2026-03-02T12:07:00+00:00"}


def snapshot(**changes: Any) -> dict[str, Any]:
    """What was known of a ticket that is being served, changed as a test says."""
    ticket = {
        "id": "652a1ae848880e168884e49b",
        "number": "T001",
        "state": "serving",
        "source": "videsk",
        "class": None,
        "language": "es",
        "created_at": "2026-03-01T11:58:00.500000+00:00",
        "called_at": "2026-03-01T12:00:00.123456+00:00",
        "serving_since": "2026-03-01T12:00:00.123456+00:00",
        "ended_at": None,
        "end_reason": None,
        "integration_data": {"vendor": ["any", 1, None]},
        "version": 4,
    }
    branch = {"id": "b1", "key": "main", "name": "branch-main", "label": "Main", "address": "1 Main St"}
    return {
        "ticket": ticket | changes.pop("ticket", {}),
        "queue": {"id": "q1", "key": "tramites", "name": "Trámites ABC"},
        "branch": {**branch, "location": [7.0, 9.0]},
        "poc": POC,
        "agent": AGENT,
        "offer": {
            "id": "o1",
            "made_at": "2026-03-01T11:59:50+00:00",
            "answered_at": "2026-03-01T12:00:00.123456+00:00",
        },
        "form": FORM,
        "appointment": None,
        **changes,
    }


def parcel(event: str, data: dict[str, Any], **options: Any) -> Parcel:
    """A delivery of an event, as the worker hands it to a dialect; `options` of the account."""
    delivery = Delivery(
        id="msg_1",
        account_id="acme",
        webhook_id="w1",
        event=event,
        trace_id="0123456789abcdef",
        entity="652a1ae848880e168884e49b",
        at=AT,
        data=data,
        state="pending",
        attempts=0,
        due_at=AT,
    )
    webhook = Webhook(
        id="w1", account_id="acme", key="qms", url="http://x.example/", events=("*",), dialect="videsk", secret="s"
    )
    return Parcel(delivery=delivery, webhook=webhook, options=options, at=AT)


def said(event: str, data: dict[str, Any], **options: Any) -> Any:
    """What Videsk's dialect makes of it."""
    return json.loads(videsk.render(parcel(event, data, **options)).body)
