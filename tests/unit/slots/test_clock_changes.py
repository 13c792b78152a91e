"""The page on nights when the clocks change says what a loop over minutes finds, that knows only the rules."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qms.domain.zones import zone
from tools.clock_changes import ZONES, changes

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "clock-changes.md"
MINUTE = timedelta(minutes=1)
NIGHT = re.compile(
    r"^\*\*\w+, (?P<day>[^*]+)\*\*: .* (?P<count>\d+) starts\.\n\n\| local \| (.*) \|\n.*\n\| UTC \| (.*) \|$", re.M
)


def nights(name):
    """The nights of a zone on the page: the date, how many starts it says, and each start as local time and UTC."""
    section = PAGE.read_text("utf-8").split(f"## {name}\n")[1].split("\n## ")[0]
    return [
        (found["day"], int(found["count"]), list(zip(found[3].split(" | "), found[4].split(" | "), strict=True)))
        for found in NIGHT.finditer(section)
    ]


def open_at(instant, where, weekday, span):
    """R1, of an instant: the wall shows posted hours of that day of the week, or of the day before."""
    wall = instant.astimezone(where)
    minute = wall.hour * 60 + wall.minute
    days = (wall.weekday(), minute), ((wall.weekday() - 1) % 7, minute + 1440)
    return next((at - span.start for day, at in days if day == weekday and span.start <= at < span.end), None)


def by_the_rules(name, weekday, span, at):
    where, weekday = zone(name), {"sat": 5, "sun": 6}[weekday]
    instants = [at + n * MINUTE for n in range(-24 * 60, 24 * 60)]
    since = {instant: open_at(instant, where, weekday, span) for instant in instants}
    return [
        (f"{start.astimezone(where):%H:%M}", f"{start:%H:%M}")
        for start in instants[:-30]
        if since[start] is not None
        and since[start] % 30 == 0
        and all(since[start + n * MINUTE] is not None for n in range(30))
    ]


@pytest.mark.parametrize(("name", "weekday", "span"), ZONES)
def test_every_night_on_the_page_is_as_the_rules_have_it(name, weekday, span):
    found = [by_the_rules(name, weekday, span, at) for at, _, _ in changes(name)]

    assert [starts for _, _, starts in nights(name)] == found
    assert [count for _, count, _ in nights(name)] == [len(starts) for starts in found]


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("America/Santiago", ["4 April 2026", "6 September 2026", "3 April 2027", "5 September 2027"]),
        ("Europe/Berlin", ["29 March 2026", "25 October 2026", "28 March 2027", "31 October 2027"]),
        ("America/New_York", ["8 March 2026", "1 November 2026", "14 March 2027", "7 November 2027"]),
        ("Australia/Lord_Howe", ["5 April 2026", "4 October 2026", "4 April 2027", "3 October 2027"]),
    ],
)
def test_the_nights_are_those_of_the_almanac(name, days):
    assert [day for day, _, _ in nights(name)] == days


def test_an_hour_that_is_skipped_is_missing_and_one_that_comes_twice_is_there_twice():
    spring, autumn = (dict.fromkeys(local for local, _ in starts) for _, _, starts in nights("Europe/Berlin")[:2])

    assert "02:00" not in spring
    assert [utc for local, utc in nights("Europe/Berlin")[1][2] if local == "02:30"] == ["00:30", "01:30"]
    assert len(autumn) == 8


def test_half_an_hour_is_skipped_on_lord_howe():
    back, forward = (starts for _, _, starts in nights("Australia/Lord_Howe")[:2])

    assert [utc for local, utc in back if local == "01:30"] == ["14:30", "15:00"]
    assert "02:00" not in dict(forward)
    assert forward[4] == ("02:30", "15:30")


def test_the_changes_are_the_clocks_own():
    at, before, after = changes("Europe/Berlin")[0]

    assert (at, before, after) == (datetime(2026, 3, 29, 1, tzinfo=UTC), timedelta(hours=1), timedelta(hours=2))
