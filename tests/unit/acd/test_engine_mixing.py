"""The mix of people with appointments and people who walked in."""

from acd.engine.mixing import mixed
from tests.unit.acd.engine_worlds import NOW, a_ticket, seconds


def line(kinds: str, **changes):
    """Tickets named by their place in line, in order; those with an appointment as capitals."""
    return [
        a_ticket(f"{kind}{at}", seq=at, key=NOW - seconds(100 - at), **changes)
        for at, kind in enumerate(kinds, start=1)
    ]


def order(tickets, *, cap: int, in_a_row: int = 0) -> str:
    booked = {one.id for one in tickets if one.id[0].isupper()}
    return " ".join(one.id for one in mixed(tickets, booked, cap=cap, in_a_row=in_a_row, now=NOW))


def test_after_so_many_with_appointments_comes_one_who_walked_in():
    assert order(line("AAAAw"), cap=2) == "A1 A2 w5 A3 A4"
    assert order(line("AAAAAww"), cap=2) == "A1 A2 w6 A3 A4 w7 A5"


def test_those_who_were_served_just_before_count():
    assert order(line("AAw"), cap=2, in_a_row=2) == "w3 A1 A2"
    assert order(line("AAw"), cap=2, in_a_row=1) == "A1 w3 A2"


def test_where_nobody_walked_in_appointments_go_on():
    assert order(line("AAAA"), cap=2, in_a_row=2) == "A1 A2 A3 A4"


def test_whoever_walks_in_first_begins_the_count_anew():
    assert order(line("wAAw"), cap=2, in_a_row=2) == "w1 A2 A3 w4"


def test_the_order_of_each_kind_stays_and_keys_are_in_order():
    mix = list(mixed(line("AwAAAwwA"), {"A1", "A3", "A4", "A5", "A8"}, cap=1, in_a_row=0, now=NOW))

    assert [one.id for one in mix if one.id[0] == "A"] == ["A1", "A3", "A4", "A5", "A8"]
    assert [one.id for one in mix if one.id[0] == "w"] == ["w2", "w6", "w7"]
    assert [one.key for one in mix] == sorted(one.key for one in mix)


def test_nobody_goes_before_a_more_urgent_band():
    urgent = line("AAA", band=1)
    walked = [a_ticket("w9", band=2, seq=9)]

    assert order([*urgent, *walked], cap=1, in_a_row=1) == "A1 A2 A3 w9"


def test_whose_time_has_not_come_counts_for_nothing():
    early, *others = line("AAAw")
    early = a_ticket("A1", seq=1, key=early.key, eligible_from=NOW + seconds(60))

    assert order([early, *others], cap=1) == "A1 A2 w4 A3"
