"""The month and the times that the booking page shows, and the addresses that lead through it."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from multidict import MultiDict

from kiosk.booking.asked import Asked, path_of
from kiosk.booking.calendar import month_of, parts_of, slots_of
from kiosk.booking.zones import choices, offset, zone_name
from qms.services.booking.offers import Offers
from qms.web.pages import SHIPPED

LANGUAGES = {language.tag: language for language in SHIPPED}
ENGLISH = LANGUAGES["en"]


def offered(month: date = date(2026, 3, 1), **more) -> Offers:
    usual = {"days": [date(2026, 3, 3)], "day": date(2026, 3, 3), "starts": (), "zone": "America/Santiago"}
    between = {"first": date(2026, 3, 2), "last": date(2026, 5, 1), "now": datetime(2026, 3, 2, 15, tzinfo=UTC)}
    return Offers(month=month, **{**usual, **between, **more})


def month(language: str = "en", **more):
    return month_of(LANGUAGES[language], offered(**more), to_day=str, to_month=str)


def address(**query: str) -> Any:
    """A request, as far as its address is read."""
    return SimpleNamespace(query=MultiDict(query), match_info={"account": "acme", "service": "a/visit?"})


def test_a_month_is_weeks_of_seven_days_with_links_on_the_free_ones():
    shown = month()

    assert [len(week) for week in shown.weeks] == [7] * 6
    assert [day.href for week in shown.weeks for day in week if day and day.href] == ["2026-03-03"]
    assert [day.date.day for week in shown.weeks for day in week if day and day.today] == [2]
    assert shown.title == "March 2026"


def test_a_week_begins_as_the_language_has_it():
    mondays = {"en": "Monday", "es": "lunes", "fr": "lundi", "de": "Montag", "it": "lunedì", "ar": "الاثنين"}
    first = {tag: month(tag).weekdays[0][1] for tag in LANGUAGES}

    assert first == {**mondays, "pt-BR": "domingo"}
    assert month("pt-BR").weeks[0][0].date == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("shown", "before", "after"),
    [
        (date(2026, 3, 1), None, "2026-04-01"),
        (date(2026, 5, 1), "2026-04-01", None),
        (date(2028, 1, 1), "2026-05-01", None),
    ],
)
def test_months_lead_on_as_far_as_one_can_book(shown, before, after):
    found = month(month=shown)

    assert (found.before, found.after) == (before, after)


def test_times_are_told_by_the_part_of_the_day():
    starts = [datetime(2026, 3, 3, hour, tzinfo=UTC) for hour in (12, 15, 20, 21)]

    parts = parts_of(ENGLISH, starts, "America/Santiago", str)

    assert [(name, len(slots)) for name, slots in parts] == [("Morning", 1), ("Afternoon", 2), ("Evening", 1)]


def test_an_hour_that_comes_twice_is_told_apart():
    starts = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1, 2)]

    shown = [slot.text for slot in slots_of(LANGUAGES["es"], starts, "Europe/Madrid", str)]

    assert shown == ["2:30 (UTC+2)", "2:30 (UTC+1)", "3:30"]


@pytest.mark.parametrize(
    ("zone", "written"), [("Asia/Kathmandu", "UTC+5:45"), ("America/St_Johns", "UTC−3:30"), ("UTC", "UTC")]
)
def test_a_zone_is_told_by_its_distance(zone, written):
    assert offset(zone, datetime(2026, 1, 1, tzinfo=UTC)) == written


def test_zones_are_known_by_cities_in_every_language():
    assert zone_name(LANGUAGES["es"], "Europe/Lisbon", datetime(2026, 7, 1, tzinfo=UTC)) == "Lisboa (UTC+1)"
    assert zone_name(LANGUAGES["es"], "UTC", datetime(2026, 7, 1, tzinfo=UTC)) == "UTC"
    assert all(len(choices(language)) > 400 for language in SHIPPED)


@pytest.mark.parametrize("day", ["2026-02-30", "0001-01-01", "9999-12-31", "2026-3-1", "x", ""])
@pytest.mark.parametrize("start", ["9999-12-31T23:59:59-23:59", "2026-01-01", "2026-01-01T10:00", "x"])
def test_what_makes_no_sense_is_left_out(day, start):
    asked = Asked.of(address(day=day, month="2026-13", start=start, zone="Mars/Olympus"))

    assert (asked.day, asked.month, asked.start, asked.zone) == (None, None, None, None)


def test_an_address_keeps_what_it_asks_for_and_nothing_else():
    asked = Asked.of(address(lang="es", day="2026-03-03", other="x", zone="Asia/Tokyo"))

    assert asked.here(day=None) == "/book/acme/a%2Fvisit%3F?lang=es&zone=Asia%2FTokyo"
    assert asked.anew(path_of("acme")) == "/book/acme?lang=es&zone=Asia%2FTokyo"
