"""Webhooks as Auvious sends them: notification types, and an envelope whose payload is a signed text (X-6)."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from qms.domain.delivery import Parcel, Rendered
from qms_gateway.dialects.auvious.formats import duration_text, instant_text, spelled

EVENTS: Mapping[str, str] = {
    "appointment.created": "CREATE",
    "appointment.participant_added": "CREATE",
    "appointment.moved": "RESCHEDULE",
    "appointment.changed": "UPDATE",
    "appointment.reassigned": "UPDATE",
    "appointment.participant_removed": "CANCELLED",
    "appointment.cancelled": "CANCELLED",
    "appointment.reminder": "REMINDER",
    "appointment.room_opened": "ROOM",
    "appointment.completed": "FOLLOW_UP",
}
"""Our event's name → the type in a webhook's `events` and in the envelope."""

STATES = {"active": "ACTIVE", "completed": "ENDED", "cancelled": "ENDED", "no_show": "ENDED", "expired": "ENDED"}


def render(parcel: Parcel) -> Rendered:
    """The envelope, and the signature of its payload's exact text."""
    delivery = parcel.delivery
    iso = parcel.options.get("duration_style") == "iso"
    payload = _text(_payload(delivery.data, iso=iso))
    envelope = {
        "id": delivery.id,
        "type": delivery.event,
        "payload": payload,
        "timestamp": instant_text(delivery.at),
    }
    signature = hmac.new(parcel.webhook.secret.encode(), payload.encode(), hashlib.sha256).hexdigest()
    headers = {"Content-Type": "application/json", "x-signature": signature}
    return Rendered(body=_text(envelope).encode(), headers=headers)


def _payload(snapshot: Mapping[str, Any], *, iso: bool) -> dict[str, Any]:
    """The appointment as its route shows it, and the way in once it is open."""
    it: Mapping[str, Any] = snapshot["appointment"]
    said, start, end = it.get("data") or {}, *(datetime.fromisoformat(it[name]) for name in ("start_at", "end_at"))
    talk, room, owner = said.get("interaction") or {}, snapshot.get("room"), snapshot.get("owner")
    shown = {
        "applicationId": snapshot.get("application"),
        "duration": duration_text(end - start, iso=iso),
        "end": instant_text(end),
        "id": spelled(it["id"]),
        "interaction": {
            "customFields": talk.get("customFields") or {},
            "routing": talk.get("routing"),
            "state": STATES.get(it["state"], "PENDING"),
        },
        "locale": it["locale"],
        "metadata": said.get("metadata") or {},
        "notes": said.get("notes"),
        "notifications": said.get("notifications") or [],
        "notificationsActive": said.get("notificationsActive", True) is not False,
        "organizer": owner and _somebody(owner),
        "participantIds": [_somebody(one) for one in snapshot.get("participants") or ()],
        "start": instant_text(start),
        "timezone": it["timezone"],
        "title": it["title"] or said.get("title", ""),
    }
    return shown if room is None else {**shown, "roomLink": room["url"]}


def _somebody(party: Mapping[str, str]) -> dict[str, str]:
    return {"id": spelled(party["id"]), "type": party["kind"]}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
