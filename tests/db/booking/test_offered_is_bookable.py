"""Offered is bookable, and not offered is refused: after anything that people may do, looked at from outside."""

import random
from datetime import timedelta

import pytest

from qms.domain.errors import Refused
from qms.domain.slots import Load
from qms.services.booking import bookings, seating
from qms.services.booking.bookables import domains_of_service
from qms.services.booking.day_sheets import Day, DaySheets
from tests.clock import HandClock
from tests.db.booking.clinic import SANTIAGO, Clinic, on

SERVICES = ("any", "single", "minute", "class", "buffered", "early")
MINUTE = timedelta(minutes=1)


class TakenBack(Exception):
    """Nothing of it shall stay."""


def bookable(clinic: Clinic, service: str, starts) -> list[str]:
    """The starts that can be booked, tried one by one."""
    network = clinic.network
    found = []

    def try_all(tx):
        for start in starts:
            try:
                seating.seat(tx, network, network.services.find(service), start, None)
                found.append(start)
            except Refused:
                continue
        raise TakenBack

    with pytest.raises(TakenBack):
        clinic.store.write(try_all, domain=domains_of_service(network, service))
    return [f"{start - timedelta(hours=3):%H:%M}" for start in found]


def on_sheets_and_by_rows(clinic: Clinic) -> list[dict[str, tuple[Load, int]]]:
    """What takes each agent's time on Tuesday, as the kept sheets have it, and as new ones would."""
    network, day = clinic.network, Day.around(on("10:00"), SANTIAGO)
    agents = list(network.agents.values())

    def read(tx):
        boards = [sheets.on(tx, agents, day) for sheets in both]
        return [{id: (sheet.load, sheet.booked) for id, sheet in board.sheets.items()} for board in boards]

    both = (DaySheets.of(network), DaySheets())
    found: list[dict[str, tuple[Load, int]]] = clinic.store.read(read)
    return found


class People:
    """They book, hold, think again, move, cancel, and staff puts things over others."""

    def __init__(self, clinic: Clinic, clock: HandClock, seed: int) -> None:
        self.clinic, self.clock, self.dice = clinic, clock, random.Random(seed)
        self.holds: list[str] = []

    def act(self) -> None:
        """One of them does something; it may be refused."""
        ways = [self.book, self.book, self.book, self.hold, self.hold, self.move, self.cancel, self.meet, self.wait]
        try:
            self.dice.choice(ways)()
        except Refused:
            return

    def start(self) -> str:
        return f"{self.dice.randrange(8, 12):02}:{self.dice.choice([0, 0, 30, 30, 15, 7]):02}"

    def service(self) -> str:
        return self.dice.choice(SERVICES)

    def book(self) -> None:
        hold = self.dice.choice([None, *self.holds])
        self.clinic.book(self.start(), self.service(), hold=hold)

    def hold(self) -> None:
        self.holds.append(self.clinic.hold(self.start(), self.service()).token)

    def move(self) -> None:
        booked = self.clinic.appointments("scheduled")
        self.clinic.move(self.dice.choice(booked), self.start()) if booked else None

    def cancel(self) -> None:
        booked = self.clinic.appointments("scheduled")
        self.clinic.cancel(self.dice.choice(booked)) if booked else None

    def meet(self) -> None:
        self.clinic.meet(self.start(), self.dice.choice([7, 30]), self.dice.choice([("ana",), ("ana", "bob")]))

    def wait(self) -> None:
        self.clock.move(minutes=self.dice.choice([1, 11]))


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_has_happened_what_is_offered_is_what_can_be_booked(clinic, clock, seed):
    people = People(clinic, clock, seed)
    starts = [on("07:45") + n * 15 * MINUTE for n in range(20)]

    for step in range(24):
        people.act()
        service = SERVICES[step % len(SERVICES)]
        offered = [start for start in clinic.offered(service) if start[-2:] in ("00", "15", "30", "45")]

        assert offered == bookable(clinic, service, starts), (step, service)
        kept, read = on_sheets_and_by_rows(clinic)
        assert kept == read, step


def test_what_was_refused_after_all_is_on_no_sheet(clinic):
    def book_twice(tx, **first):
        bookings.book(tx, **first)
        bookings.book(tx, **first)
        raise TakenBack

    clinic.book("09:00")
    wanted = {"account": clinic.account, "wish": clinic.wish("10:00", "any")}

    with pytest.raises(TakenBack):
        clinic.store.write(book_twice, domain=domains_of_service(clinic.network, "any"), **wanted)

    kept, read = on_sheets_and_by_rows(clinic)
    assert kept == read
    assert clinic.agent_of(clinic.book("10:00")) != clinic.agent_of(clinic.book("10:00"))
