"""Webhooks as Voki sends them: event, timestamp and data, signed as a whole (X-6)."""

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from qms.domain.delivery import Parcel, Rendered
from qms_gateway.dialects.voki.formats import instant_text, spelled

SIGNATURE = "X-Voki-Signature"

STANDING = "created confirmed moved changed reassigned checked_in active completed cancelled no_show reminder"
EVENTS: Mapping[str, str] = {
    "ticket.created": "call.created",
    "ticket.assigned": "call.assigned",
    "ticket.serving": "call.started",
    "ticket.done": "call.completed",
    "ticket.cancelled": "call.missed",
    "ticket.expired": "call.missed",
    "ticket.no_show": "call.missed",
    "customer.created": "customer.created",
    **{f"appointment.{what}": f"appointment.{what}" for what in STANDING.split()},
}
"""Our event's name → the name in a webhook's `events` and in the body; those of appointments are ours."""

CALLS = {"serving": "active", "done": "completed", "cancelled": "missed", "expired": "missed", "no_show": "missed"}
"""The state of a ticket → the status of a call; in any other it is queued."""

STATUSES = {"checked_in": "confirmed", "active": "confirmed"}
"""The state of an appointment → its status, where that is another word."""

Snapshot = Mapping[str, Any]
Data = dict[str, Any]


def render(parcel: Parcel) -> Rendered:
    """The body, and the signature of its exact bytes."""
    delivery = parcel.delivery
    data = DATA[delivery.event.partition(".")[0]](delivery.data)
    told = {"event": delivery.event, "timestamp": instant_text(delivery.at), "data": data}
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    signature = hmac.new(parcel.webhook.secret.encode(), body, hashlib.sha256).hexdigest()
    return Rendered(body=body, headers={"Content-Type": "application/json", SIGNATURE: f"sha256={signature}"})


def _call(snapshot: Snapshot) -> Data:
    ticket, offer = snapshot["ticket"], snapshot.get("offer") or {}
    answered = offer.get("answered_at") or ticket["called_at"] or ticket["serving_since"]
    created, ended = ticket["created_at"], ticket["ended_at"]
    return {
        "id": spelled(ticket["id"]),
        "status": CALLS.get(ticket["state"], "queued"),
        "protocol": ticket["number"],
        **_department(snapshot),
        **_user(snapshot),
        "inserted_at": _instant(created),
        "started_at": _instant(answered),
        "ended_at": _instant(ended),
        "wait_time": _seconds(created, answered or ended),
        "duration": _seconds(answered, ended),
    }


def _appointment(snapshot: Snapshot) -> Data:
    it = snapshot["appointment"]
    said, customer = it.get("data") or {}, snapshot.get("customer")
    return {
        "id": spelled(it["id"]),
        "title": it["title"] or said.get("title") or "",
        "description": said.get("description"),
        "status": STATUSES.get(it["state"], it["state"]),
        "scheduled_at": _instant(it["start_at"]),
        "duration_minutes": -(-(_seconds(it["start_at"], it["end_at"]) or 0) // 60),
        **_department(snapshot),
        **_user(snapshot),
        **{f"customer_{name}": value for name, value in _person(customer).items()},
        "notes": said.get("notes"),
        "inserted_at": _instant(it["created_at"]),
        "updated_at": _instant(it["updated_at"]),
    }


def _customer(snapshot: Snapshot) -> Data:
    it = snapshot["customer"]
    return {**_person(it), "inserted_at": _instant(it["created_at"])}


DATA: Mapping[str, Callable[[Snapshot], Data]] = {
    "call": _call,
    "appointment": _appointment,
    "customer": _customer,
}
"""The first word of an event → its data, out of our own snapshot."""


def _department(snapshot: Snapshot) -> Data:
    queue = snapshot.get("queue")
    return {
        "department_id": spelled(queue["id"]) if queue else None,
        "department_name": queue["name"] if queue else None,
    }


def _user(snapshot: Snapshot) -> Data:
    agent = snapshot.get("agent")
    name = f"{agent['firstname']} {agent['lastname']}".strip() if agent else None
    return {"user_id": spelled(agent["id"]) if agent else None, "user_name": name}


def _person(it: Snapshot | None) -> Data:
    known = it or {}
    name = " ".join(part for part in (known.get("firstname"), known.get("lastname")) if part)
    return {
        "id": spelled(known["id"]) if known else None,
        "name": name or known.get("username"),
        "email": known.get("email"),
        "phone": known.get("phone"),
    }


def _instant(text: str | None) -> str | None:
    return None if text is None else instant_text(datetime.fromisoformat(text))


def _seconds(start: str | None, end: str | None) -> int | None:
    """Whole elapsed seconds."""
    if start is None or end is None:
        return None
    return round((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds())
