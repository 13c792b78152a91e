"""The webhooks' bodies are what the document says of them, key for key."""

import json
from typing import Any

import msgspec
import pytest

from qms_gateway import webhook_native as native
from qms_gateway.api import Event
from qms_gateway.dialects.videsk import webhook as videsk
from qms_gateway.dialects.videsk.webhook_wire import BODIES
from qms_gateway.dialects.videsk.wire import plain
from tests.unit.delivery.parcels import AGENT, BOOKED, EARLIER, POC, parcel, snapshot

SUBMISSION = {"id": "s1", "kind": "pre-call", "created_at": "2026-03-01T11:58:00+00:00"}
FULL = {
    "appointment": BOOKED,
    "moved_from": EARLIER,
    "submission": SUBMISSION,
    "session": {"id": "s1", "state": "idle", "reason": None, "poc": POC},
    "agent": AGENT,
}


@pytest.mark.parametrize("event", sorted(BODIES))
def test_a_body_in_the_videsk_dialect_is_as_described(event):
    rendered = videsk.render(parcel(event, snapshot(**FULL)))

    assert_described(json.loads(rendered.body), BODIES[event])


def test_every_event_that_the_videsk_dialect_sends_is_described():
    assert set(BODIES) == set(videsk.EVENTS.values())


def test_a_body_of_our_own_is_as_described():
    rendered = native.render(parcel("ticket.called", snapshot()))

    assert list(json.loads(rendered.body)) == list(Event.__struct_fields__)
    msgspec.json.decode(rendered.body, type=Event)


def assert_described(body: Any, shape: type[msgspec.Struct]) -> None:
    """The body has the shape's keys in the shape's order, and values of its types."""
    read = msgspec.convert(body, shape)
    again = json.loads(msgspec.json.encode(read), parse_float=lambda digits: plain(float(digits)))

    assert json.dumps(again) == json.dumps(body)
