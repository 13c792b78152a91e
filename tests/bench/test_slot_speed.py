"""How long searching and booking takes with fifty agents, a month of twenty bookings a day each, and a long past.

Beside it the loop that such systems use, slot by slot with a look at every booking of the day, as the ratio.
"""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any

import pytest

from qms.domain.errors import Conflict
from qms.domain.slots import Agenda, Claim, Window, any_free, month_days, month_window
from qms.services.booking import availability, bookings
from qms.services.booking.bookables import calendar_of, domains_of_service, rules_of
from qms.services.closures import years_of
from qms.store import times
from server import interpreter
from tests.bench.calendar_house import BERLIN, TENTH, full
from tests.db.booking.clinic import Clinic

CLIENTS, WARMING_UP, EACH = 20, 5, 100
ALWAYS = (datetime(2000, 1, 1, tzinfo=BERLIN), datetime(2100, 1, 1, tzinfo=BERLIN))


def milliseconds(run: Callable[[], Any], times: int) -> list[float]:
    """How long each run took, the shortest first."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        took.append((time.perf_counter() - began) * 1000)
    return sorted(took)


def p99(took: list[float]) -> float:
    return took[min(len(took) - 1, len(took) * 99 // 100)]


def search(house: Clinic, what: Callable[..., Any]) -> Callable[[], Any]:
    wanted = {"account": house.account, "service": "visit", "day": TENTH, "where": BERLIN}
    return lambda: house.store.read(what, **wanted)


@contextmanager
def like_a_server() -> Iterator[None]:
    """Turns and looks for garbage are a server's."""
    over = threading.Event()

    def look() -> None:
        while not over.wait(interpreter.LOOK_SECONDS):
            interpreter.look()

    interpreter.take_short_turns()
    interpreter.spare_what_stays()
    with ThreadPoolExecutor(1) as looking:
        looked = looking.submit(look)
        try:
            yield
        finally:
            over.set()
        looked.result()


def book_all_at_once(house: Clinic) -> list[float]:
    """Twenty clients book what is offered, some of it at the same time; how long each took, once they are at it."""
    account, domains = house.account, domains_of_service(house.network, "visit")
    free = [start for n in range(15) for start in _starts(house, n)]

    def client(n: int) -> list[float]:
        took = []
        for at in range(WARMING_UP + EACH):
            wish = house.wish(free[(n * 7 + at * 3) % len(free)], "visit")
            began = time.perf_counter()
            with suppress(Conflict):
                house.store.write(bookings.book, domain=domains, account=account, wish=wish)
            took.append((time.perf_counter() - began) * 1000)
        return took[WARMING_UP:]

    with like_a_server(), ThreadPoolExecutor(CLIENTS) as pool:
        return sorted(one for took in pool.map(client, range(CLIENTS)) for one in took)


def _starts(house: Clinic, n: int) -> list[datetime]:
    wanted = {"account": house.account, "service": "visit", "day": TENTH + timedelta(days=n), "where": BERLIN}
    found: list[datetime] = house.store.read(availability.starts, **wanted)
    return found


@pytest.mark.timeout(900)  # a million appointments are not written in a moment
@pytest.mark.parametrize("past", [10_000, 1_000_000])
def test_searching_and_booking_take_milliseconds_however_long_the_past(tmp_path, past):
    with full(tmp_path, past) as house:
        cold = milliseconds(search(house, availability.days), 1)
        month = milliseconds(search(house, availability.days), 200)
        day = milliseconds(search(house, availability.starts), 200)
        booked = book_all_at_once(house)

    rush = f"{booked[len(booked) // 2]:.1f} ms p50, {p99(booked):.1f} ms p99"
    print(
        f"\n{past:>9,} past: month cold {cold[0]:.0f} ms, warm {p99(month):.2f} ms p99; "
        f"day {p99(day):.2f} ms p99; booking by {CLIENTS} clients {rush}"
    )
    assert cold[0] <= 150
    assert p99(month) <= 5
    assert p99(day) <= 2
    assert p99(booked) <= 25


def test_bits_are_far_ahead_of_the_loop_over_slots(tmp_path):
    with full(tmp_path) as house:
        network, month = house.network, month_window(TENTH, BERLIN)
        service = network.services.find("visit")
        agents = list(network.agents.values())
        taken = house.store.read(times.claims_on, agents=list(network.agents), start=month.start, end=month.end)
        rules = rules_of(network, service)
        claims = {agent.id: [Claim(*one) for one in taken.by_agent.get(agent.id, ())] for agent in agents}
        years = years_of(month.start, month.end)
        agendas = [
            Agenda(calendar=calendar_of(network, service, agent, years), claims=tuple(claims[agent.id]))
            for agent in agents
        ]

        bits = milliseconds(lambda: _days_by_bits(agendas, rules, month), 3)
        loop = milliseconds(lambda: _days_by_loop(agendas, rules, month), 1)

    print(f"\na month of fifty agents from rows: bits {bits[0]:.0f} ms, the loop {loop[0]:.0f} ms")
    assert bits[0] < loop[0]


def _days_by_bits(agendas: list[Agenda], rules: Any, month: Window) -> list[Any]:
    return month_days(any_free(agendas, rules, month, ALWAYS), month, TENTH, BERLIN)


def _days_by_loop(agendas: list[Agenda], rules: Any, month: Window) -> set[Any]:
    """For every agent and every slot of his hours: is any of that day's bookings in the way?"""
    found, step = set(), timedelta(minutes=rules.step_minutes)
    for agenda in agendas:
        busy: dict[Any, list[tuple[datetime, datetime]]] = {}
        for first, end, _ in agenda.claims:
            busy.setdefault(_at(first).date(), []).append((_at(first), _at(end)))
        start = month.start
        while start < month.end:
            wall, end_ = start.astimezone(BERLIN), start + rules.duration
            if _posted(wall) and not any(b < end_ and e > start for b, e in busy.get(wall.date(), ())):
                found.add(wall.date())
            start += step
    return found


def _posted(wall: datetime) -> bool:
    return 8 <= wall.hour < 12 or 13 <= wall.hour < 18


def _at(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * 60, BERLIN)
