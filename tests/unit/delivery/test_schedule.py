"""When a delivery is tried again."""

from datetime import timedelta

import pytest

from acd.delivery.schedule import next_step
from qms.domain.delivery import Dead, Delivered, Disable, Outcome, Retry, Step

VENDORS = ["videsk", "auvious", "voki"]
DIALECTS = [*VENDORS, "native"]


def answered(status: int, retry_after: timedelta | None = None) -> Outcome:
    return Outcome(status=status, retry_after=retry_after)


def seconds(step: Step) -> float:
    assert isinstance(step, Retry)
    return step.after.total_seconds()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("status", [200, 201, 204, 299])
def test_any_2xx_is_delivered(dialect, status):
    assert next_step(dialect, 1, answered(status)) == Delivered()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("attempt", [1, 4, 10])
def test_410_disables_the_endpoint_at_any_attempt(dialect, attempt):
    assert next_step(dialect, attempt, answered(410)) == Disable("410 Gone")


@pytest.mark.parametrize("dialect", VENDORS)
@pytest.mark.parametrize("status", [301, 302, 304, 307, 308])
def test_a_redirect_counts_as_delivered_at_a_vendor_shaped_endpoint(dialect, status):
    assert next_step(dialect, 1, answered(status)) == Delivered()


def test_a_redirect_is_a_failure_at_a_native_endpoint():
    assert isinstance(next_step("native", 1, answered(302)), Retry)


@pytest.mark.parametrize("dialect", VENDORS)
@pytest.mark.parametrize(
    "outcome",
    [
        answered(500),
        answered(503),
        answered(599),
        answered(429),
        Outcome(failure="connect"),
        Outcome(failure="timeout"),
    ],
)
def test_a_vendor_shaped_endpoint_is_tried_again_after_one_two_and_three_minutes(dialect, outcome):
    steps = [next_step(dialect, attempt, outcome) for attempt in (1, 2, 3, 4)]

    assert [seconds(step) for step in steps[:3]] == [60, 120, 180]
    assert steps[3] == Dead("exhausted")


@pytest.mark.parametrize("dialect", VENDORS)
@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 422, 451, 499])
def test_a_refusal_by_a_vendor_shaped_endpoint_is_final(dialect, status):
    assert next_step(dialect, 1, answered(status)) == Dead("refused")


@pytest.mark.parametrize("dialect", VENDORS)
def test_jitter_and_retry_after_leave_the_vendors_waits_alone(dialect):
    asked = answered(503, retry_after=timedelta(hours=5))

    assert seconds(next_step(dialect, 1, asked, jitter=1.0)) == 60


@pytest.mark.parametrize("outcome", [answered(404), answered(500), answered(302), Outcome(failure="dns")])
def test_a_native_endpoint_is_tried_ten_times_over_three_days(outcome):
    steps = [next_step("native", attempt, outcome) for attempt in range(1, 11)]

    hour = 3600
    waits = [5, 300, 1800, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour]
    assert [seconds(step) for step in steps[:9]] == waits
    assert steps[9] == Dead("exhausted")


@pytest.mark.parametrize(("jitter", "wait"), [(-1.0, 240), (-0.5, 270), (0.0, 300), (1.0, 360)])
def test_native_waits_vary_by_a_fifth(jitter, wait):
    assert seconds(next_step("native", 2, answered(500), jitter)) == pytest.approx(wait)


@pytest.mark.parametrize(("asked", "wait"), [(120, 120), (2, 2), (0, 1), (-30, 1), (86_400, 86_400), (10**8, 86_400)])
def test_a_native_endpoint_names_its_own_wait_between_a_second_and_a_day(asked, wait):
    asks = answered(429, retry_after=timedelta(seconds=asked))

    assert seconds(next_step("native", 1, asks, jitter=1.0)) == wait


def test_an_endpoint_that_always_asks_for_a_second_does_not_exhaust_its_delivery_in_ten():
    asks = answered(429, retry_after=timedelta(seconds=1))

    total = sum(seconds(next_step("native", attempt, asks, jitter=-1.0)) for attempt in range(1, 10))

    assert total > 2 * 24 * 3600
