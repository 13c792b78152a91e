"""Appointments as webhooks of the Videsk dialect tell of them, moved ones above all."""

import json

import pytest

from qms.domain.network import Account, Webhook
from qms_gateway.dialects.videsk import webhook as videsk
from tests.unit.delivery.parcels import BOOKED, EARLIER, parcel, said, snapshot


def booked(**changes):
    return snapshot(appointment=BOOKED | changes)


def hook(*events):
    return Webhook(id="w", account_id="a", key="k", url="u", events=events, dialect="videsk", secret="s")


def account(**options):
    return Account(id="a", slug="acme", name="Acme", timezone="UTC", options=options, version=1)


def test_a_booking_is_told_exactly_so():
    body = videsk.render(parcel("appointment.created", booked())).body
    data = json.loads(body)["data"]

    assert b'"duration":7,' in body  # as the vendor's JavaScript writes it: many receivers read a whole number
    assert list(data.items())[:7] == [
        ("id", "a1"),
        ("startAt", "2026-03-03T12:00:00.000Z"),
        ("endAt", "2026-03-03T12:07:00.000Z"),
        ("duration", 7),
        ("timezone", "America/Santiago"),
        ("status", "pending"),
        ("cancelReason", None),
    ]
    assert data["service"] == {"id": "v1", "title": "My service", "description": ""}
    assert data["agent"]["_id"] == "a1"


def test_a_cancellation_says_why():
    data = said("appointment.canceled", booked(state="cancelled", cancel_reason="ill"))["data"]

    assert (data["status"], data["cancelReason"]) == ("canceled", "ill")


def test_of_a_moved_one_the_earlier_time_is_cancelled_and_the_present_one_created():
    moved = {**booked(), "moved_from": EARLIER}

    cancelled, made = said("appointment.canceled", moved)["data"], said("appointment.created", moved)["data"]

    assert (cancelled["startAt"], cancelled["status"]) == ("2026-03-02T12:00:00.000Z", "canceled")
    assert (made["startAt"], made["status"]) == ("2026-03-03T12:00:00.000Z", "pending")


def test_whoever_asks_is_told_that_it_was_moved_and_from_when():
    data = said("appointment.rescheduled", {**booked(), "moved_from": EARLIER})["data"]

    assert (data["startAt"], data["previousStartAt"]) == ("2026-03-03T12:00:00.000Z", "2026-03-02T12:00:00.000Z")


@pytest.mark.parametrize(
    ("events", "options", "names"),
    [
        (["*"], {}, ["appointment.canceled", "appointment.created"]),
        (["*"], {"emit_appointment_rescheduled": True}, ["appointment.rescheduled"]),
        (["appointment.created", "appointment.rescheduled"], {}, ["appointment.rescheduled"]),
        (["appointment.created"], {"emit_appointment_rescheduled": True}, ["appointment.rescheduled"]),
    ],
)
def test_its_name_is_up_to_the_account_and_to_who_wants_it(events, options, names):
    assert list(videsk.moved_names(hook(*events), account(**options))) == names
