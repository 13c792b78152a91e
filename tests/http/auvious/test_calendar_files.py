"""Appointments in calendars of one's own (A-18)."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import icalendar
import pytest

from tests.http.auvious.conftest import (
    APPOINTMENTS,
)
from tests.http.auvious.meetings import NOBODY, at


async def test_a18_google_is_told_when_what_and_where(clinic):
    made = await clinic.make()

    answer = await clinic.client.get(f"/api/cal/events/google/{made['id']}/event", allow_redirects=False)
    where = urlsplit(answer.headers["Location"])

    assert (answer.status, f"{where.scheme}://{where.netloc}{where.path}") == (
        302,
        "https://calendar.google.com/calendar/render",
    )
    assert parse_qs(where.query) == {
        "action": ["TEMPLATE"],
        "text": ["Product installation review"],
        "dates": ["20260309T190000Z/20260309T190500Z"],
        "details": ["clinic Clinic"],
        "location": ["clinic Clinic"],
        "ctz": ["Europe/Berlin"],
    }


async def test_a18_an_icalendar_file_has_one_event(clinic):
    made = await clinic.make()
    path = f"/api/cal/events/ical/{made['id']}/event"
    await clinic.ask("PUT", f"{APPOINTMENTS}/reschedule/", {"id": made["id"], "start": at("20:00")})

    answer = await clinic.client.get(path)
    calendar: Any = icalendar.Calendar.from_ical(await answer.text())
    (event,) = calendar.walk("VEVENT")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert (event["UID"], event["SUMMARY"]) == (made["id"], "Product installation review")
    assert event["DTSTART"].dt == datetime.fromisoformat("2026-03-09T20:00:00Z")
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=5)
    assert event["SEQUENCE"] > 0
    assert "3nv-1gt-4rt" not in str(calendar)


async def test_a18_a_title_stays_within_its_line(clinic):
    made = await clinic.make(title="Sévère\r\nATTENDEE:mailto:x@y.example; a, b " * 9)

    text = await (await clinic.client.get(f"/api/cal/events/ical/{made['id']}/event")).text()
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")

    assert "ATTENDEE" not in event
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@pytest.mark.parametrize("kind", ["google", "ical"])
@pytest.mark.parametrize("id", [NOBODY, "x", "%00", ".."])
async def test_a18_what_is_not_there_is_not_found(clinic, kind, id):
    status, body = await clinic.ask("GET", f"/api/cal/events/{kind}/{id}/event", by={})

    assert status == 404
    assert body.get("error", "StatusNotFound") == "StatusNotFound"
