"""Webhooks of our own: the Standard Webhooks payload of type, timestamp and data, which is the whole snapshot."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qms.domain.delivery import Parcel, Rendered
from qms.domain.zones import utc_text

_HAPPENINGS = {
    "ticket": "created offered called recalled serving done no_show cancelled expired requeued transferred parked"
    " resumed escalated forced taken_back placed outcome",
    "agent": "connected disconnected away idle",
    "appointment": "held created confirmed moved checked_in active completed cancelled no_show expired reminder"
    " changed reassigned participant_added participant_removed room_opened",
    "customer": "created",
    "waitlist": "joined offered accepted expired",
    "form": "received",
    "survey": "received",
    "queue": "updated",
}

NAMES = tuple(f"{thing}.{what}" for thing, all_of_it in _HAPPENINGS.items() for what in all_of_it.split())
"""The events that keep their own names."""

EVENTS: Mapping[str, str] = {**{name: name for name in NAMES}, "ticket.assigned": "qms.assigned"}
"""Our event's name → the name in a webhook's `events` and in the body."""

MOST_BYTES = 64 * 1024
"""A larger payload is sent without its contents: `truncated` tells the receiver to ask for them."""

KEPT = frozenset({"id", "key", "number", "state", "version"})
"""What a truncated payload still says of each thing."""


def render(parcel: Parcel) -> Rendered:
    """The payload as JSON."""
    delivery = parcel.delivery
    body = _encoded(delivery.event, delivery.at, delivery.data)
    if len(body) > MOST_BYTES:
        body = _encoded(delivery.event, delivery.at, {**_thin(delivery.data), "truncated": True})
    return Rendered(body=body, headers={"Content-Type": "application/json"})


def _encoded(event: str, at: datetime, data: Mapping[str, Any]) -> bytes:
    payload = {"type": event, "timestamp": utc_text(at), "data": data}
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()


def _thin(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _named(thing) for name, thing in data.items() if not isinstance(thing, list)}


def _named(thing: Any) -> Any:
    return {key: thing[key] for key in thing if key in KEPT} if isinstance(thing, Mapping) else thing
