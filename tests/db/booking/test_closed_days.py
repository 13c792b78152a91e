"""Public holidays and closures that come round: nothing is offered, nobody is let in; year after year."""

from datetime import UTC, date, datetime

import pytest

from qms.domain.errors import BranchClosed
from qms.domain.zones import zone
from qms.services import opening
from qms.services.booking import availability
from tests.db.booking.clinic import CLINIC, TUESDAY, Clinic

GOOD_FRIDAY = date(2026, 4, 3)
HOLIDAYS = CLINIC.replace('timezone = "America/Santiago"\n', 'timezone = "America/Santiago"\nholidays = "CL"\n', 1)
MONTHLY = 'closures = [{ date = "2026-03-03", rrule = "FREQ=MONTHLY;BYDAY=1TU", reason = "training" }]'


@pytest.fixture
def chile(store):
    return Clinic(store, HOLIDAYS)


def test_a_holiday_is_not_offered_and_the_days_around_it_are(chile):
    days = chile.days(day=GOOD_FRIDAY)

    assert 3 not in days
    assert {2, 6} <= set(days)
    assert chile.offered(day=GOOD_FRIDAY) == []


def test_a_holiday_shuts_the_branch_for_walk_ins_and_says_which_it_is(chile, clock):
    clock.move(days=31)  # from 2 March
    network, branch = chile.network, chile.network.branches.find("main")
    noon = datetime.combine(GOOD_FRIDAY, datetime.min.time(), UTC).replace(hour=15)

    assert not opening.is_open(network, branch, noon)
    assert opening.closed_for(network, branch, noon) == "Good Friday"
    clock.move(days=1)
    with pytest.raises(BranchClosed) as refused:
        chile.take("visits", "main", open_only=True)

    assert refused.value.opens_at == datetime(2026, 4, 5, 4, tzinfo=UTC)  # after the Saturday, which is one too


def test_a_branch_may_keep_none_or_anothers(chile):
    chile.apply(HOLIDAYS.replace('key = "main"\n', 'key = "main"\nholidays = false\n'))
    none = chile.offered(day=GOOD_FRIDAY)
    chile.apply(HOLIDAYS.replace('key = "main"\n', 'key = "main"\nholidays = { country = "CL", subdivision = "AP" }\n'))
    arica = chile.offered(day=GOOD_FRIDAY)

    assert len(none) == 6
    assert arica == []


def test_a_service_without_a_branch_keeps_the_accounts(chile):
    assert chile.offered("minute", day=GOOD_FRIDAY) == []
    assert chile.offered("minute", day=TUESDAY) != []


def test_years_later_the_holidays_of_then_hold_though_nothing_was_applied(chile):
    santiago, years = zone("America/Santiago"), range(2026, 2042)
    network = chile.network

    for year in years:
        branch = network.branches.find("main")
        christmas = datetime(year, 12, 25, 12, tzinfo=santiago)
        week_before = datetime(year, 12, 17, 12, tzinfo=santiago)

        assert opening.is_open(network, branch, week_before), year
        assert not opening.is_open(network, branch, christmas), year


def test_the_turn_of_the_year_is_seen_from_both_sides(chile, clock):
    clock.move(days=270)  # late in November: January is within the horizon

    december, january = chile.days(day=date(2026, 12, 1)), chile.days(day=date(2027, 1, 1))

    assert 25 not in december
    assert 1 not in january
    assert {28, 29, 30, 31} <= set(december)
    assert 4 in january


def test_a_closure_comes_round_for_agents_branches_and_accounts(chile):
    agent = CLINIC.replace('key = "ana"\n', f'key = "ana"\n{MONTHLY}\n')
    chile.apply(agent)
    of_agent = (chile.days("single"), chile.days("single", day=date(2026, 4, 1)))
    branch = CLINIC.replace('closures = [{ date = "2026-03-12", reason = "painters" }]', MONTHLY)
    chile.apply(branch)
    of_branch = (chile.days("single"), chile.days("single", day=date(2026, 4, 1)))

    for march, april in (of_agent, of_branch):
        assert 3 not in march
        assert 10 in march
        assert 7 not in april
        assert 14 in april


def test_holidays_take_effect_when_applied_and_are_told_as_a_change(clinic):
    assert len(clinic.offered(day=GOOD_FRIDAY)) == 6

    applied = clinic.apply(HOLIDAYS)

    assert [str(change) for change in applied.changes] == [
        "change account clinic (holidays)",
        "change branch main (holidays)",
    ]
    assert clinic.offered(day=GOOD_FRIDAY) == []
    assert clinic.apply(HOLIDAYS).changes == []


def test_who_has_a_booking_on_a_day_that_becomes_a_holiday_keeps_it(clinic, clock):
    booked = clinic.book(datetime(2026, 4, 3, 13, tzinfo=UTC))

    clinic.apply(HOLIDAYS)

    assert clinic.now(booked).state == "scheduled"
    assert clinic.store.read(
        availability.next_start, account=clinic.account, service="any", after=booked.starts_at
    ) == datetime(2026, 4, 6, 13, tzinfo=UTC)
