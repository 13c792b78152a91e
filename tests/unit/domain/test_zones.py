"""Zones come from the pinned database; clocks that jump raise nothing."""

from datetime import UTC, datetime, timedelta
from importlib import metadata

import pytest

from qms.domain.zones import constant_offsets, instant_of, is_zone, names, read_zone, version, wall_time, zone


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_zones_are_known_by_their_exact_names():
    assert is_zone("America/Santiago")
    assert {"UTC", "Europe/Berlin"} <= names()
    for wrong in ("", "America", "america/santiago", "../etc/passwd", "CET/", "a\0b"):
        assert not is_zone(wrong)


def test_unknown_zone_is_a_key_error():
    with pytest.raises(KeyError):
        zone("Mars/Olympus")


@pytest.mark.parametrize(
    ("name", "start", "end", "changes"),
    [
        ("UTC", "2026-01-01T00:00+00:00", "2027-01-01T00:00+00:00", []),
        ("Asia/Kathmandu", "2026-01-01T00:00+00:00", "2027-01-01T00:00+00:00", []),
        (
            "Europe/Berlin",
            "2026-01-01T00:00+00:00",
            "2027-01-01T00:00+00:00",
            ["2026-03-29T01:00+00:00", "2026-10-25T01:00+00:00"],
        ),
        (
            "America/Santiago",
            "2026-01-01T00:00+00:00",
            "2027-01-01T00:00+00:00",
            ["2026-04-05T03:00+00:00", "2026-09-06T04:00+00:00"],
        ),
        (
            "Australia/Lord_Howe",
            "2026-01-01T00:00+00:00",
            "2027-01-01T00:00+00:00",
            ["2026-04-04T15:00+00:00", "2026-10-03T15:30+00:00"],
        ),
        ("Pacific/Apia", "2011-12-29T00:00+00:00", "2012-01-02T00:00+00:00", ["2011-12-30T10:00+00:00"]),
    ],
)
def test_year_is_cut_exactly_where_the_clocks_change(name, start, end, changes):
    pieces = list(constant_offsets(zone(name), at(start), at(end)))

    assert [piece[0] for piece in pieces[1:]] == [at(change) for change in changes]
    assert (pieces[0][0], pieces[-1][1]) == (at(start), at(end))
    for first, last, offset in pieces:
        assert first.astimezone(zone(name)).utcoffset() == offset
        assert (last - timedelta(microseconds=1)).astimezone(zone(name)).utcoffset() == offset


def test_cut_at_a_change_itself_and_between_seconds():
    change = at("2026-03-29T01:00+00:00")
    berlin = zone("Europe/Berlin")
    moment = timedelta(microseconds=1)

    assert [piece[:2] for piece in constant_offsets(berlin, change, change + moment)] == [(change, change + moment)]
    assert [piece[:2] for piece in constant_offsets(berlin, change - moment, change)] == [(change - moment, change)]
    assert [piece[:2] for piece in constant_offsets(berlin, change - moment, change + moment)] == [
        (change - moment, change),
        (change, change + moment),
    ]
    assert list(constant_offsets(berlin, change, change)) == []


def test_wall_times_and_instants():
    berlin = zone("Europe/Berlin")

    assert wall_time(at("2026-03-29T01:00+00:00"), berlin) == at("2026-03-29T03:00")
    assert instant_of(at("2026-03-29T02:30"), berlin) == at("2026-03-29T01:30+00:00")
    assert instant_of(at("2026-10-25T02:30"), berlin) == at("2026-10-25T00:30+00:00")
    assert instant_of(at("2026-10-25T02:30"), berlin).tzinfo is UTC


@pytest.mark.parametrize(
    ("text", "offset"),
    [("America/Santiago", None), ("Z", 0), ("+02:00", 120), ("-0330", -210), ("+05", 300), ("-00:00", 0)],
)
def test_a_zone_is_read_as_a_name_or_as_an_offset(text, offset):
    where = read_zone(text)

    assert where is zone(text) if offset is None else where.utcoffset(None) == timedelta(minutes=offset)


@pytest.mark.parametrize("text", ["", "Mars/Olympus", "+24:00", "+01:60", "02:00", "america/santiago", "+2", "UTC+1"])
def test_what_is_neither_a_name_nor_an_offset_is_no_zone(text):
    with pytest.raises(ValueError, match="expected a time zone"):
        read_zone(text)


def test_the_database_of_zones_says_its_release():
    assert version() == metadata.version("tzdata")
