"""Calendars of all sorts are read for busy times, and what is none of them does no harm."""

from datetime import UTC, datetime, timedelta

import pytest

from acd.feeds import reader
from acd.feeds.reading import NoCalendar, busy_times
from qms.domain.zones import zone
from tests.db.booking.calendars import at, calendar

FIRST, LAST = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)
SANTIAGO = zone("America/Santiago")


def busy(*events: str, where=SANTIAGO, first=FIRST, last=LAST) -> list[str]:
    found = busy_times(calendar(*events).encode(), where, first, last)
    return [f"{start.astimezone(where):%m-%d %H:%M}-{end.astimezone(where):%m-%d %H:%M}" for start, end in found]


def test_an_event_takes_its_time():
    assert busy(at("0303T090000", "0303T100000")) == ["03-03 09:00-03-03 10:00"]


def test_overlapping_events_are_one_time_and_neighbours_too():
    events = [at("0303T090000", "0303T100000"), at("0303T093000", "0303T103000"), at("0303T103000", "0303T110000")]

    assert busy(*events) == ["03-03 09:00-03-03 11:00"]


@pytest.mark.parametrize("said", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"])
def test_what_takes_no_time_is_left_out(said):
    assert busy(at("0303T090000", "0303T100000", said)) == []


def test_a_tentative_event_counts():
    assert len(busy(at("0303T090000", "0303T100000", "STATUS:TENTATIVE"))) == 1


def test_a_whole_day_is_the_agents_from_midnight_to_midnight():
    holiday = "DTSTART;VALUE=DATE:20260404\nDTEND;VALUE=DATE:20260406"

    assert busy(holiday) == ["04-04 00:00-04-06 00:00"]
    assert busy(holiday, where=zone("Asia/Kathmandu")) == ["04-04 00:00-04-06 00:00"]
    assert busy("DTSTART;VALUE=DATE:20260404") == ["04-04 00:00-04-05 00:00"]


def test_a_time_without_a_zone_is_the_agents():
    assert busy("DTSTART:20260303T090000\nDTEND:20260303T100000") == ["03-03 09:00-03-03 10:00"]
    assert busy("DTSTART:20260303T120000Z\nDURATION:PT1H") == ["03-03 09:00-03-03 10:00"]


def test_what_recurs_keeps_its_wall_time_over_the_change_of_the_clocks():
    weekly = at(
        "0331T090000", "0331T100000", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=America/Santiago:20260407T090000"
    )

    assert busy(weekly) == ["03-31 09:00-03-31 10:00", "04-14 09:00-04-14 10:00"]


def test_a_single_one_of_a_series_may_be_moved_or_called_off():
    series = "UID:s\n" + at("0303T090000", "0303T100000", "RRULE:FREQ=DAILY;COUNT=3").replace("UID:0@test", "")
    text = (
        calendar(series, "")
        .replace("UID:0@test\r\n", "")
        .replace("BEGIN:VEVENT\r\nUID:1@test\r\nDTSTAMP:20260101T000000Z\r\n\r\nEND:VEVENT\r\n", "")
    )
    moved = (
        "BEGIN:VEVENT\r\nUID:s\r\nDTSTAMP:20260101T000000Z\r\nRECURRENCE-ID;TZID=America/Santiago:20260304T090000\r\n"
    )
    called_off = moved.replace("0304T", "0305T") + at("0305T090000", "0305T100000", "STATUS:CANCELLED").replace(
        "\n", "\r\n"
    )
    moved += at("0304T150000", "0304T160000").replace("\n", "\r\n") + "\r\nEND:VEVENT\r\n"
    text = text.replace("END:VCALENDAR", f"{moved}{called_off}\r\nEND:VEVENT\r\nEND:VCALENDAR")

    found = busy_times(text.encode(), SANTIAGO, FIRST, LAST)

    assert [f"{start.astimezone(SANTIAGO):%d %H}" for start, _ in found] == ["03 09", "04 15"]


def test_only_the_part_in_view_counts():
    yearly = at("0101T000000", "0102T000000").replace("2026", "1990", 2) + "\nRRULE:FREQ=YEARLY"
    across = at("0228T220000", "0301T100000", zone="UTC")

    assert busy(yearly, across, where=zone("UTC")) == ["03-01 00:00-03-01 10:00"]


def test_an_event_of_no_length_or_backwards_takes_nothing():
    assert busy(at("0303T090000", "0303T090000"), "DTSTART:20260303T120000Z") == []


@pytest.mark.parametrize("text", [b"", b"<html>Sign in</html>", b"\x00\xff" * 5000, b"BEGIN:VCALENDAR"])
def test_what_is_no_calendar_is_called_none(text):
    with pytest.raises(NoCalendar):
        busy_times(text, SANTIAGO, FIRST, LAST)


def test_one_event_that_makes_no_sense_does_not_hide_the_others():
    found = busy("DTSTART:yesterday\nDTEND:tomorrow", at("0303T090000", "0303T100000"), "RRULE:FREQ=SOMETIMES")

    assert found == ["03-03 09:00-03-03 10:00"]


async def read(text: str, last: datetime = LAST):
    return await reader.read(text.encode(), "America/Santiago", FIRST, last)


async def test_a_process_of_its_own_reads_and_says_what_it_found():
    found = await read(calendar(at("0303T090000", "0303T100000")))

    assert found == [(datetime(2026, 3, 3, 12, tzinfo=UTC), datetime(2026, 3, 3, 13, tzinfo=UTC))]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("<html>", "not_a_calendar"),
        (calendar(at("0303T090000", "0303T090030", "RRULE:FREQ=HOURLY")), "too_many_times"),
        (calendar(at("0303T090000", "0303T090001", "RRULE:FREQ=SECONDLY").replace("2026", "1971")), "takes_too_"),
    ],
)
async def test_a_hostile_calendar_only_ends_its_reader(text, word, monkeypatch):
    monkeypatch.setattr(reader, "SECONDS", 6.0 if word == "takes_too_" else 60.0)

    with pytest.raises(reader.Unreadable, match=word):
        await read(text, FIRST + timedelta(days=450))
