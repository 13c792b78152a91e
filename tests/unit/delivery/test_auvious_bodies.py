"""What a delivery says in the Auvious dialect: an envelope around a signed text (X-6)."""

import hashlib
import hmac
import json
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from qms.domain.ids import to_uuid
from qms_gateway.dialects.auvious import webhook as auvious
from qms_gateway.dialects.auvious.webhook_wire import WEBHOOKS, Envelope, Payload
from tests.unit.delivery.parcels import parcel

ID, ANA, EVE = "652a1ae848880e168884e49b", "a0a0a0a0a0a0a0a0a0a0a0a1", "b0b0b0b0b0b0b0b0b0b0b0b1"
KINDS = sorted(set(auvious.EVENTS.values()))


def snapshot(**changes: Any) -> dict[str, Any]:
    appointment = {
        "id": ID,
        "state": "scheduled",
        "title": "Visit",
        "origin": "auvious",
        "service": None,
        "start_at": "2026-03-09T19:00:00+00:00",
        "end_at": "2026-03-09T19:05:00+00:00",
        "timezone": "Europe/Berlin",
        "locale": "en_US",
        "data": {"notes": "n", "metadata": {"a": 1}, "interaction": {"customFields": {"b": "c"}, "routing": None}},
    }
    return {
        "appointment": {**appointment, **changes.pop("appointment", {})},
        "application": "app",
        "participants": [{"id": EVE, "kind": "CUSTOMER"}, {"id": ANA, "kind": "AGENT"}],
        "owner": {"id": EVE, "kind": "CUSTOMER"},
        "room": None,
        **changes,
    }


def said(kind: str, data: dict[str, Any], **options: Any) -> Any:
    return json.loads(json.loads(auvious.render(parcel(kind, data, **options)).body)["payload"])


def test_the_payload_is_a_text_that_the_header_signs():
    sent = parcel("CREATE", snapshot())
    sent = replace(sent, webhook=replace(sent.webhook, secret="hush"))

    rendered = auvious.render(sent)
    envelope = json.loads(rendered.body)

    assert list(envelope) == ["id", "type", "payload", "timestamp"]
    assert (envelope["id"], envelope["type"], envelope["timestamp"]) == ("msg_1", "CREATE", "2026-03-01T12:00:00.1Z")
    signature = hmac.new(b"hush", envelope["payload"].encode(), hashlib.sha256).hexdigest()
    assert rendered.headers == {"Content-Type": "application/json", "x-signature": signature}


def test_the_payload_is_the_appointment_as_its_route_shows_it():
    assert list(said("CREATE", snapshot()).items()) == [
        ("applicationId", "app"),
        ("duration", "PT5M0s"),
        ("end", "2026-03-09T19:05:00.0Z"),
        ("id", to_uuid(ID)),
        ("interaction", {"customFields": {"b": "c"}, "routing": None, "state": "PENDING"}),
        ("locale", "en_US"),
        ("metadata", {"a": 1}),
        ("notes", "n"),
        ("notifications", []),
        ("notificationsActive", True),
        ("organizer", {"id": to_uuid(EVE), "type": "CUSTOMER"}),
        ("participantIds", [{"id": to_uuid(EVE), "type": "CUSTOMER"}, {"id": to_uuid(ANA), "type": "AGENT"}]),
        ("start", "2026-03-09T19:00:00.0Z"),
        ("timezone", "Europe/Berlin"),
        ("title", "Visit"),
    ]


def test_a_duration_may_be_said_as_iso_has_it():
    assert said("CREATE", snapshot(), duration_style="iso")["duration"] == "PT5M"


def test_once_it_is_open_the_way_in_is_told():
    room = {"url": "http://turnero.example/q/abc", "expires_at": "2026-03-09T19:35:00+00:00"}

    told = said("ROOM", snapshot(room=room, appointment={"state": "active"}))

    assert (told["roomLink"], told["interaction"]["state"]) == (room["url"], "ACTIVE")


@pytest.mark.parametrize("kind", KINDS)
def test_a_body_is_as_described(kind):
    rendered = auvious.render(parcel(kind, snapshot(room={"url": "u", "expires_at": ""})))

    envelope = msgspec.json.decode(rendered.body, type=Envelope)
    payload = msgspec.json.decode(envelope.payload, type=Payload)

    assert msgspec.json.encode(payload).decode() == envelope.payload


@pytest.mark.parametrize("kind", KINDS)
def test_an_appointment_of_another_dialect_can_be_told_too(kind):
    bare = snapshot(appointment={"data": {}, "locale": None}, owner=None, participants=[])

    told = said(kind, bare)

    assert (told["organizer"], told["participantIds"], told["metadata"]) == (None, [], {})


def test_every_type_is_described():
    assert sorted(webhook.event for webhook in WEBHOOKS) == KINDS
