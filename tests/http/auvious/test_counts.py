"""Counts that anybody may ask for (A-11)."""

import pytest

from tests.http.auvious.conftest import (
    APPLICATION,
    APPOINTMENTS,
    OTHER,
    START,
)
from tests.http.auvious.meetings import at


async def test_a11_counts_are_by_start_length_and_zone(clinic):
    for start, length, where in [("20:00", 5, "UTC"), ("19:00", 5, "UTC"), ("19:00", 10, "UTC"), ("19:00", 5, None)]:
        await clinic.make(start=at(start), duration=f"PT{length}M", timezone=where)
    gone = await clinic.make()
    await clinic.ask("DELETE", f"{APPOINTMENTS}/{gone['id']}")
    await clinic.make(applicationId=OTHER)
    query = f"{APPOINTMENTS}/count?applicationId={APPLICATION}&start={at('19:00')}"

    hour = (await clinic.ask("GET", f"{query}&timeFrame=PT1H", by={}))[1]
    less = (await clinic.ask("GET", f"{query}&timeFrame=PT59M", by={}))[1]

    assert [(row["start"][11:16], row["duration"], row["timezone"], row["count"]) for row in hour] == [
        ("19:00", "PT5M0s", "Europe/Berlin", 1),
        ("19:00", "PT5M0s", "UTC", 1),
        ("19:00", "PT10M0s", "UTC", 1),
        ("20:00", "PT5M0s", "UTC", 1),
    ]
    assert less == hour[:3]


async def test_a11_overlaps_are_half_open(clinic):
    await clinic.make()
    query = f"{APPOINTMENTS}/overlap/count?applicationId={APPLICATION}"
    starts = {"18:55": 0, "18:56": 1, "19:00": 1, "19:04": 1, "19:05": 0}

    for start, count in starts.items():
        assert (await clinic.ask("GET", f"{query}&start={at(start)}&duration=PT5M", by={}))[1] == {"count": count}


@pytest.mark.parametrize("application", ["nobody", "twin-app2", "\0", "x" * 500])
async def test_a11_an_unknown_application_has_nothing(clinic, application):
    when = {"applicationId": application, "start": START}

    count = await clinic.ask("GET", f"{APPOINTMENTS}/count", by={}, params={**when, "timeFrame": "PT1H"})
    overlap = await clinic.ask("GET", f"{APPOINTMENTS}/overlap/count", by={}, params={**when, "duration": "PT1H"})

    assert (count, overlap) == ((200, []), (200, {"count": 0}))


@pytest.mark.parametrize("query", ["", f"applicationId={APPLICATION}", f"applicationId={APPLICATION}&start=x"])
async def test_a11_what_is_missing_is_asked_for(clinic, query):
    assert (await clinic.ask("GET", f"{APPOINTMENTS}/count?{query}&timeFrame=PT1H", by={}))[0] == 400
    assert (await clinic.ask("GET", f"{APPOINTMENTS}/overlap/count?{query}&duration=PT1H", by={}))[0] == 400
