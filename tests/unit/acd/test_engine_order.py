"""Keys, and the answer to "why am I fourth?"."""

import json

import pytest

from acd.engine import appointment_key, explain_position, order_key, rank
from tests.unit.acd.engine_worlds import NOW, a_ticket, seconds

CREDIT, GRACE, EARLY = seconds(900), seconds(600), seconds(300)


def test_a_credit_counts_as_if_the_visitor_had_come_earlier():
    assert order_key(NOW, seconds(90)) == NOW - seconds(90)


@pytest.mark.parametrize("arrived", [-3600, -1, 0, 600])
def test_who_is_on_time_is_ordered_by_the_start_and_its_credit(arrived: int):
    key, eligible_from = appointment_key(NOW, NOW + seconds(arrived), CREDIT, GRACE, EARLY)

    assert (key, eligible_from) == (NOW - CREDIT, NOW - EARLY)


def test_who_comes_after_the_grace_is_a_walk_in():
    arrived = NOW + GRACE + seconds(1)

    assert appointment_key(NOW, arrived, CREDIT, GRACE, EARLY) == (arrived, arrived)


def explained(target, *others) -> list[tuple[str, str]]:
    waiting = sorted([target, *others], key=rank)
    return [(one.ticket, one.rule) for one in explain_position(target.id, waiting, NOW)]


def came(id: str, before: int, *, credit: int = 0, **changes):
    """Came so many seconds before now, with a credit."""
    arrived = NOW - seconds(before)
    return a_ticket(id, arrived_at=arrived, key=arrived - seconds(credit), **changes)


def test_nobody_is_ahead_of_the_first():
    assert explained(came("me", 60), came("t2", 50)) == []


def test_who_came_earlier_is_ahead():
    assert explained(came("me", 60), came("t1", 70)) == [("t1", "earlier")]


def test_who_came_later_with_a_credit_is_ahead_by_it():
    waiting = sorted([came("me", 60), came("vip", 30, credit=90)], key=rank)

    [ahead] = explain_position("me", waiting, NOW)

    assert (ahead.rule, ahead.credit, ahead.position) == ("credit", seconds(90), 1)


def test_who_came_later_is_ahead_of_somebody_who_was_put_back():
    assert explained(came("me", 60, credit=-40), came("t1", 30)) == [("t1", "put_back")]


def test_an_emergency_is_ahead_by_its_band():
    assert explained(came("me", 60), came("sos", 1, band=0)) == [("sos", "band")]


def test_of_those_who_came_at_once_the_lower_sequence_is_ahead():
    assert explained(came("me", 60, seq=2), came("t1", 60, seq=1)) == [("t1", "sequence")]


def test_where_arrival_is_unknown_the_key_stands_for_it():
    assert explained(a_ticket("me"), a_ticket("t1", key=NOW - seconds(61))) == [("t1", "earlier")]


def test_only_the_own_queue_and_branch_count():
    assert explained(came("me", 60), came("t1", 70, queue="loans"), came("t2", 80, branch="south")) == []


def test_who_is_ahead_but_early_says_until_when():
    until = NOW + seconds(60)
    waiting = [came("t1", 70, eligible_from=until), came("me", 60)]

    assert explain_position("me", waiting, NOW)[0].not_before == until


def test_positions_count_from_the_first():
    waiting = sorted([came("me", 10), *(came(f"t{at}", 20 + at) for at in range(3))], key=rank)

    assert [(one.position, one.ticket) for one in explain_position("me", waiting, NOW)] == [
        (1, "t2"),
        (2, "t1"),
        (3, "t0"),
    ]


def test_the_explanation_goes_into_json():
    waiting = [came("t1", 70, eligible_from=NOW + seconds(60)), came("me", 60)]

    [ahead] = explain_position("me", waiting, NOW)

    assert json.loads(json.dumps(ahead.as_json())) == {
        "position": 1,
        "ticket": "t1",
        "rule": "earlier",
        "band": 2,
        "key": "2026-03-02T09:58:50+00:00",
        "arrived_at": "2026-03-02T09:58:50+00:00",
        "credit_seconds": 0,
        "not_before": "2026-03-02T10:01:00+00:00",
    }


def test_who_does_not_wait_has_no_position():
    with pytest.raises(LookupError):
        explain_position("me", [came("t1", 70)], NOW)
