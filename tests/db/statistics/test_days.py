"""Statistics of days that are small enough to be worked out by hand."""

import pytest

from qms.domain.errors import Invalid, NotFound
from qms.domain.zones import zone
from qms.services.statistics.period import Period


def a_day(past, day="2026-03-02"):
    """The target of every queue is ten minutes."""
    past.came(f"{day} 09:00", called=60, ended=360)
    past.came(f"{day} 09:10", called=120, ended=240)
    past.came(f"{day} 09:20", called=900, ended=1500)
    past.came(f"{day} 10:00", ended=3, state="cancelled")
    past.came(f"{day} 10:05", ended=700, state="cancelled")
    past.came(f"{day} 10:30", called=300, ended=400, state="no_show")
    past.came(f"{day} 17:50", ended=600, state="expired")
    past.came(f"{day} 11:00", called=30, ended=90, queue="desk")


def test_every_figure_of_a_day_is_as_worked_out_by_hand(past):
    a_day(past)

    whole = past.report("2026-03-02").whole

    said = whole.as_json()
    assert {name: said[name] for name in ("offered", "answered", "abandoned", "left_over", "no_shows", "waiting")} == {
        "offered": 8, "answered": 4, "abandoned": 3, "left_over": 1, "no_shows": 1, "waiting": 0
    }  # fmt: skip
    assert said["mean_wait_seconds"] == (60 + 120 + 900 + 30) / 4
    assert (said["p50_wait_seconds"], said["p90_wait_seconds"]) == (60, 900)
    assert said["mean_wait_all_seconds"] == (60 + 120 + 900 + 30 + 3 + 700 + 400 + 600) / 8
    assert said["answered_in_time"] == 0.75
    assert said["handled_in_time"] == round((3 + 2) / (4 + 3), 4)
    assert said["offered_in_time"] == round(3 / 7, 4)
    assert said["abandonment"] == 3 / 8
    assert said["no_show_share"] == 1 / 8
    assert (said["mean_service_seconds"], said["p50_service_seconds"]) == ((300 + 120 + 600 + 60) / 4, 120)
    assert said["p90_service_seconds"] == 600


def test_days_hours_queues_and_branches_are_parts_of_the_whole(past):
    a_day(past)
    a_day(past, "2026-03-03")
    past.came("2026-03-03 12:00", called=5, ended=9, queue="far-cash", branch="far")

    found = past.report("2026-03-02", "2026-03-03")

    parts = (
        found.days.values(),
        found.hours.values(),
        [one for _, one in found.queues],
        [one for _, one in found.branches],
    )
    for some in parts:
        for name in ("offered", "answered", "abandoned", "left_over", "no_shows"):
            assert sum(one.as_json()[name] for one in some) == found.whole.as_json()[name]
    assert [(named.key, one.figures.offered) for named, one in found.queues] == [
        ("cash", 14), ("desk", 2), ("far-cash", 1)
    ]  # fmt: skip
    assert sum(found.heat.values()) == 17
    assert found.heat[0, 9] == 3


def test_an_hour_that_comes_twice_counts_twice_and_the_day_is_the_branchs_own(past):
    past.came("2026-04-04 23:30:00-03:00", called=60, ended=90)
    past.came("2026-04-04 23:30:00-04:00", called=120, ended=150)
    past.came("2026-04-05 00:10:00-04:00", called=60, ended=90)

    saturday, sunday = past.report("2026-04-04"), past.report("2026-04-05")

    assert {hour: one.figures.offered for hour, one in saturday.hours.items()} == {23: 2}
    assert {hour: one.figures.offered for hour, one in sunday.hours.items()} == {0: 1}
    start, end = saturday.period.bounds(zone(saturday.timezone))
    assert (end - start).total_seconds() == 25 * 3600


def test_it_is_compared_with_as_many_days_before(past):
    past.came("2026-03-01 09:00", called=100, ended=200)
    past.came("2026-03-02 09:00", called=50, ended=200)

    found = past.report("2026-03-02")

    assert found.period.before == Period.of(*[found.period.before.first] * 2)
    assert (found.before.figures.mean_wait_seconds, found.whole.figures.mean_wait_seconds) == (100, 50)


def test_who_still_waits_is_said_apart_but_has_arrived(past):
    past.came("2026-03-02 11:00", state="waiting")
    past.came("2026-03-02 11:10", called=20, state="serving")

    found = past.report("2026-03-02")

    assert (found.whole.waiting, found.whole.figures.offered, found.whole.figures.answered) == (1, 1, 1)
    assert found.whole.mean_service_seconds is None
    assert found.heat == {(0, 11): 2}
    assert (found.whole.overtaken, found.whole.overtaken_share) == (1, 0.5)


def test_overtaken_is_who_sees_a_later_one_of_his_queue_called_first(past):
    past.came("2026-03-02 09:00", called=600, ended=900)
    past.came("2026-03-02 09:01", called=60, ended=90)
    past.came("2026-03-02 09:02", ended=30, state="cancelled")
    past.came("2026-03-02 09:03", called=10, ended=90, queue="desk")

    assert past.report("2026-03-02").whole.overtaken == 1


def test_one_queue_or_one_branch_can_be_chosen(past):
    a_day(past)
    past.came("2026-03-02 12:00", called=5, ended=9, branch="bare")

    desk, bare = past.report("2026-03-02", queue="desk"), past.report("2026-03-02", branch="bare")

    assert (desk.whole.figures.offered, bare.whole.figures.offered) == (1, 1)
    assert (desk.queue.key, bare.branch.key) == ("desk", "bare")
    with pytest.raises(NotFound):
        past.report("2026-03-02", branch="nowhere")


def test_nothing_happened_is_said_without_an_error(past):
    found = past.report("2026-03-02", "2026-03-04")

    assert found.whole.figures.mean_wait_seconds is None
    assert [one.figures.offered for one in found.days.values()] == [0, 0, 0]
    assert (found.heat, list(found.agents), list(found.quotes)) == ({}, [], [])


@pytest.mark.parametrize(
    "days", [("2026-03-02", "2026-03-01"), ("2025-01-01", "2026-03-01"), ("0001-01-01", "0001-01-02")]
)
def test_days_that_make_no_period_are_refused(past, days):
    with pytest.raises(Invalid):
        past.report(*days)
