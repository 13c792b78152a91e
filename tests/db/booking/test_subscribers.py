"""What subscribers are told of appointments, in the words of the Videsk dialect."""

import json

import pytest

from qms.domain.delivery import Parcel
from qms.domain.options import Options
from qms.services import deliveries
from qms_gateway.dialects.videsk import webhook as videsk
from tests.db.booking.clinic import CLINIC, Clinic

ASKED = [{"_id": "0123456789abcdef01234501", "value": "Eva"}]


def hook(*events):
    return f"""
[[webhook]]
key = "vendor"
url = "http://vendor.invalid/"
dialect = "videsk"
events = {json.dumps(events)}
"""


def _toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{name}" = "{text}"' for name, text in value.items()) + " }"
    return json.dumps(value)


@pytest.fixture
def told(open_store):
    """`told(*events, **options)`: a clinic with a webhook, and what that was sent, in order."""

    def open(*events, **options):
        store = open_store(event_names={"videsk": videsk.NAMES})
        text = CLINIC + hook(*events)
        if options:
            shown = ", ".join(f"{name} = {_toml(value)}" for name, value in options.items())
            text = text.replace('slug = "clinic"', f'slug = "clinic"\noptions = {{ {shown} }}')
        clinic = Clinic(store, text)
        return clinic, lambda: _bodies(clinic)

    return open


def _bodies(clinic):
    found = clinic.store.read(lambda tx: deliveries.list_deliveries(tx, clinic.account))
    network = clinic.network
    parcels = [
        Parcel(delivery=d, webhook=network.webhooks.find("vendor"), options=Options(network.account.options), at=d.at)
        for d in sorted(found, key=lambda d: d.id)
    ]
    return [json.loads(videsk.render(parcel).body) for parcel in parcels]


def test_a_booking_is_told_with_everything_that_was_said(told):
    clinic, bodies = told("*")

    booked = clinic.book("10:00", "single", answers=ASKED)

    (body,) = bodies()
    data = body["data"]
    assert list(body) == ["event", "traceId", "createdAt", "data"]
    assert (body["event"], data["id"], data["status"]) == ("appointment.created", booked.id, "pending")
    assert (data["startAt"], data["endAt"], data["duration"]) == (
        "2026-03-03T13:00:00.000Z",
        "2026-03-03T13:30:00.000Z",
        30,
    )
    assert (data["service"]["title"], data["agent"]["firstname"]) == ("A visit", "Ana")
    assert [field["value"] for field in data["submittedForm"]] == ["Eva", None]


def test_a_move_is_told_as_one_that_is_cancelled_and_one_that_is_made_in_this_order(told, clock):
    clinic, bodies = told("*")
    booked = clinic.book("10:00", "single", answers=ASKED)
    clock.move(minutes=1)

    clinic.move(booked, "11:00")
    clock.move(minutes=1)
    clinic.cancel(clinic.now(booked), "ill")

    said = [(body["event"], body["data"]["startAt"][11:16], body["data"]["status"]) for body in bodies()]
    assert said == [
        ("appointment.created", "13:00", "pending"),
        ("appointment.canceled", "13:00", "canceled"),
        ("appointment.created", "14:00", "pending"),
        ("appointment.canceled", "14:00", "canceled"),
    ]


@pytest.mark.parametrize(
    ("events", "options"),
    [(("appointment.rescheduled",), {}), (("*",), {"emit_appointment_rescheduled": True})],
)
def test_whoever_asks_for_it_is_told_that_it_was_moved(told, clock, events, options):
    clinic, bodies = told(*events, **options)
    booked = clinic.book("10:00", "single", answers=ASKED)
    clock.move(minutes=1)

    clinic.move(booked, "11:00")

    body = bodies()[-1]
    assert [one["event"] for one in bodies()].count("appointment.rescheduled") == 1
    assert (body["event"], body["data"]["previousStartAt"]) == ("appointment.rescheduled", "2026-03-03T13:00:00.000Z")


def test_an_alias_is_the_name_in_the_body(told):
    clinic, bodies = told("appointment.created", event_aliases={"appointment.created": "cita.creada"})
    text = clinic.book("10:00", "single", answers=ASKED)

    assert [(body["event"], body["data"]["id"]) for body in bodies()] == [("cita.creada", text.id)]
