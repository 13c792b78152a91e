"""The rules of a service as they are kept: defaults, buffers, lead time, horizon, reminders."""

from datetime import UTC, datetime, timedelta

from qms.domain.period import Period
from qms.domain.slots import Rules
from qms.domain.zones import zone

BERLIN = zone("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def test_rules_are_read_as_a_service_keeps_them():
    kept = {"duration_minutes": 20, "before_minutes": 5, "lead": "P1D", "reminders": ["PT1H"], "survey": None}

    rules = Rules.of(kept)

    assert (rules.duration_minutes, rules.step_minutes, rules.before_minutes, rules.capacity) == (20, 20, 5, 1)
    assert (rules.lead, rules.reminders) == (Period(days=1), (Period(seconds=3600),))


def test_a_service_without_rules_has_those_of_the_network_file():
    assert Rules.of({}) == Rules()


def test_buffers_are_part_of_what_an_appointment_takes():
    rules = Rules(duration_minutes=30, before_minutes=10, after_minutes=5)

    assert rules.blocked(at("2026-05-04T10:00Z")) == (at("2026-05-04T09:50Z"), at("2026-05-04T10:35Z"))


def test_a_day_of_lead_is_a_day_on_the_wall_and_24_hours_are_elapsed():
    before_the_change = at("2026-03-28T12:00+01:00")

    by_calendar, _ = Rules(lead=Period.parse("P1D")).allowed(before_the_change, BERLIN)
    elapsed, _ = Rules(lead=Period.parse("PT24H")).allowed(before_the_change, BERLIN)

    assert by_calendar == at("2026-03-29T12:00+02:00")
    assert elapsed == at("2026-03-29T13:00+02:00")


def test_the_horizon_is_counted_in_days_on_the_wall():
    _, last = Rules(horizon_days=2).allowed(at("2026-03-28T12:00+01:00"), BERLIN)

    assert last == at("2026-03-30T12:00+02:00")


def test_a_reminder_that_is_due_already_is_left_out():
    rules = Rules(reminders=(Period.parse("P1D"), Period.parse("PT1H")))

    due = rules.due_reminders(at("2026-05-04T10:00Z"), at("2026-05-04T08:00Z"), BERLIN)

    assert due == [(Period(seconds=3600), at("2026-05-04T09:00Z"))]
    assert rules.grace == timedelta(minutes=10)
