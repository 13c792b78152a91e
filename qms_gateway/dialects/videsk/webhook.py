"""Webhooks as Videsk sends them: event names (decision D-18) and default bodies (decision D-21)."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from qms.domain.delivery import Parcel, Rendered
from qms.domain.network import Account, Webhook
from qms.domain.options import Options
from qms_gateway.dialects.videsk.calendar_words import status_of
from qms_gateway.dialects.videsk.custom import Request, compose
from qms_gateway.dialects.videsk.wire import location_of, plain

EVENTS: Mapping[str, str] = {
    "ticket.created": "queue.created",
    "ticket.cancelled": "queue.abandoned",
    "ticket.assigned": "qms.assigned",
    "ticket.serving": "call.created",
    "form.received": "form.received",
    "survey.received": "survey.received",
    "agent.connected": "user.connected",
    "agent.disconnected": "user.disconnected",
    "appointment.created": "appointment.created",
    "appointment.cancelled": "appointment.canceled",
    "appointment.moved": "appointment.rescheduled",
    "appointment.reminder": "appointment.reminder",
}
"""Our event's name → the name in a webhook's `events` and, unless the account has an alias for it, in the body."""


def moved_names(webhook: Webhook, account: Account) -> Sequence[str]:
    """What a webhook is told of an appointment that was moved: that it was, or that one was cancelled and one made.

    The vendor lists no event for it (D-18): its own name is for those who ask for it.
    """
    moved = EVENTS["appointment.moved"]
    if moved in webhook.events or Options(account.options).flag("emit_appointment_rescheduled"):
        return [moved]
    return [EVENTS["appointment.cancelled"], EVENTS["appointment.created"]]


NAMES: Mapping[str, str | Callable[[Webhook, Account], Sequence[str]]] = {
    **EVENTS,
    "appointment.moved": moved_names,
}
"""The same for the outbox, which asks by what name each webhook is to be told."""

HEADERS = {"Content-Type": "application/json", "X-Powered-By": "Turnero", "X-Requested-With": "Turnero"}

Snapshot = Mapping[str, Any]
Data = dict[str, Any]


def render(parcel: Parcel) -> Rendered:
    """The default body: event, traceId, createdAt and the event's data, dates in UTC; or what templates make of it.

    Raises:
        TemplateProblem: they make nothing of it.
    """
    delivery, webhook = parcel.delivery, parcel.webhook
    data = DATA[delivery.event](delivery.data)
    if branch := data.get("branch"):
        latitude, longitude = branch["location"]
        branch["location"] = location_of(latitude, longitude, Options(parcel.options))
    body = {
        "event": parcel.options.get("event_aliases", {}).get(delivery.event, delivery.event),
        "traceId": delivery.trace_id,
        "createdAt": _date(delivery.at),
        "data": data,
    }
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    default = Rendered(body=text.encode(), headers=HEADERS)
    if webhook.custom is None:
        return default
    request = Request(url=webhook.url, custom=webhook.custom, headers=webhook.headers)
    known = {**data, "secrets": webhook.secrets}
    return compose(request, known, default=default, now=parcel.at)


def _assigned(snapshot: Snapshot) -> Data:
    ticket = snapshot["ticket"]
    return {
        "id": ticket["id"],
        "ticketId": ticket["number"],
        "integrationData": ticket["integration_data"],
        "segment": _segment(snapshot),
        "branch": _branch(snapshot),
        "poc": _poc(snapshot.get("poc")),
        "agent": _agent(snapshot.get("agent")),
        "call": {"id": _call_id(snapshot), "startedAt": _date(_answered_at(snapshot))},
        "queue": _queue(snapshot),
        "submittedForm": snapshot.get("form") or [],
    }


def _call_created(snapshot: Snapshot) -> Data:
    data = _assigned(snapshot)
    ticket = snapshot["ticket"]
    started = ticket["serving_since"] or _answered_at(snapshot)
    return {**data, "id": _call_id(snapshot), "startedAt": _date(started)}


def _queued(snapshot: Snapshot) -> Data:
    ticket = snapshot["ticket"]
    return {
        "id": ticket["id"],
        "ticketId": ticket["number"],
        "integrationData": ticket["integration_data"],
        "createdAt": _date(ticket["created_at"]),
        "segment": _segment(snapshot),
        "branch": _branch(snapshot),
        "submittedForm": snapshot.get("form") or [],
    }


def _abandoned(snapshot: Snapshot) -> Data:
    ticket = snapshot["ticket"]
    waited = _minutes(ticket["created_at"], ticket["ended_at"])
    ended = {"endedAt": _date(ticket["ended_at"]), "duration": waited, "canceledReason": ticket["end_reason"]}
    return {**_queued(snapshot), **ended}


def _form_received(snapshot: Snapshot) -> Data:
    submission = snapshot.get("submission") or {}
    return {
        "id": submission.get("id"),
        "type": submission.get("kind"),
        "createdAt": _date(submission.get("created_at")),
        "segment": _segment(snapshot),
        "submittedForm": snapshot.get("form") or [],
    }


def _survey_received(snapshot: Snapshot) -> Data:
    subject = snapshot.get("subject") or {}
    return {**_form_received(snapshot), "call": subject.get("call"), "appointment": subject.get("appointment")}


def _user(snapshot: Snapshot) -> Data:
    session = snapshot.get("session") or {}
    return {"id": session.get("id"), "agent": _agent(snapshot.get("agent")), "poc": _poc(session.get("poc"))}


def _appointment(snapshot: Snapshot) -> Data:
    booked = snapshot.get("appointment") or {}
    service = booked.get("service")
    return {
        "id": booked.get("id"),
        **_when(booked),
        "timezone": booked.get("timezone"),
        "status": status_of(booked.get("state")),
        "cancelReason": booked.get("cancel_reason"),
        "service": service and {key: service.get(key) for key in ("id", "title", "description")},
        "agent": _agent(snapshot.get("agent")),
        "branch": _branch(snapshot),
        "submittedForm": snapshot.get("form") or [],
    }


def _canceled(snapshot: Snapshot) -> Data:
    """It does not take place; of a moved one: not at its earlier time."""
    data, earlier = _appointment(snapshot), snapshot.get("moved_from")
    return {**data, **_when(earlier), "status": status_of("cancelled")} if earlier else data


def _rescheduled(snapshot: Snapshot) -> Data:
    earlier = snapshot.get("moved_from") or {}
    past = {"previousStartAt": _date(earlier.get("start_at")), "previousEndAt": _date(earlier.get("end_at"))}
    return {**_appointment(snapshot), **past}


def _when(time: Snapshot) -> Data:
    start, end = time.get("start_at"), time.get("end_at")
    return {"startAt": _date(start), "endAt": _date(end), "duration": _minutes(start, end)}


DATA: Mapping[str, Callable[[Snapshot], Data]] = {
    "queue.created": _queued,
    "queue.abandoned": _abandoned,
    "qms.assigned": _assigned,
    "call.created": _call_created,
    "form.received": _form_received,
    "survey.received": _survey_received,
    "user.connected": _user,
    "user.disconnected": _user,
    "appointment.created": _appointment,
    "appointment.canceled": _canceled,
    "appointment.rescheduled": _rescheduled,
    "appointment.reminder": _appointment,
}
"""Videsk's event name → its data, out of our own snapshot."""


def _segment(snapshot: Snapshot) -> Data | None:
    queue = snapshot.get("queue")
    return queue and {"id": queue["id"], "name": queue["name"]}


def _branch(snapshot: Snapshot) -> Data | None:
    branch = snapshot.get("branch")
    if not branch:
        return None
    return {key: branch[key] for key in ("id", "name", "label", "address", "location")}


def _poc(poc: Snapshot | None) -> Data | None:
    return {"id": poc["id"], "label": poc["label"]} if poc else None


def _agent(agent: Snapshot | None) -> Data | None:
    if not agent:
        return None
    return {"_id": agent["id"], **{key: agent[key] for key in ("firstname", "lastname", "email")}}


def _queue(snapshot: Snapshot) -> Data:
    """The ticket as an entry in its queue: it ends when somebody answers."""
    ticket, answered = snapshot["ticket"], _answered_at(snapshot)
    return {
        "id": ticket["id"],
        "createdAt": _date(ticket["created_at"]),
        "answeredAt": _date(answered),
        "duration": _minutes(ticket["created_at"], answered),
    }


def _call_id(snapshot: Snapshot) -> str:
    """A call is an offer that was answered; a ticket without one stands for itself."""
    offer = snapshot.get("offer")
    return str((offer or snapshot["ticket"])["id"])


def _answered_at(snapshot: Snapshot) -> str | None:
    offer, ticket = snapshot.get("offer") or {}, snapshot["ticket"]
    at: str | None = offer.get("answered_at") or ticket["called_at"] or ticket["serving_since"]
    return at


def _minutes(start: str | None, end: str | None) -> float | None:
    """Elapsed minutes with three decimals."""
    if start is None or end is None:
        return None
    return plain(round((datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds() / 60, 3))


def _date(at: datetime | str | None) -> str | None:
    """An instant in UTC with milliseconds and Z."""
    if at is None:
        return None
    instant = datetime.fromisoformat(at) if isinstance(at, str) else at
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
