"""People with appointments: they book, hold, move, cancel, and check in early, late, twice or never."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from qms.domain.appointment import Appointment
from qms.services import check_in
from qms.services.booking import bookings, ending, holds, moving
from qms.services.booking.bookables import domains_of
from qms.services.booking.finding import domains_of_appointment
from qms.services.booking.wishes import Wish
from tests.rehearsed.house import House
from tests.rehearsed.mirror import Row


class Bookings:
    """Everybody who comes by appointment."""

    def __init__(self, house: House) -> None:
        self.house, self.dice = house, house.dice
        self.books: list[str] = []

    def start(self) -> None:
        """Let people book."""
        for service in self.house.plan.services:
            for _ in range(2):
                self.house.agenda.after(self.dice.uniform(0, 600), partial(self.book, service))
            self.house.agenda.after(self.dice.expovariate(1 / 5400), partial(self.keep_booking, service))

    def keep_booking(self, service: str) -> None:
        self.book(service)
        self.house.agenda.after(self.dice.expovariate(1 / 5400), partial(self.keep_booking, service))

    def _start(self) -> datetime:
        """A full five minutes, within the next hours."""
        now = self.house.clock.now() + timedelta(minutes=self.dice.choice([6, 20, 45, 90]))
        return now.replace(minute=now.minute // 5 * 5, second=0, microsecond=0)

    def book(self, service: str) -> None:
        """Book at once, or hold a start first, and perhaps never come back to it."""
        network, wish = (
            self.house.network,
            Wish(service=service, starts_at=self._start(), timezone="UTC", origin="page"),
        )
        found = network.services.find(service)
        agents = [network.agents[id] for id in found.agent_ids if id in network.agents]
        given: dict[str, Any] = {"account": self.house.account, "domain": list(domains_of(network, agents))}
        said = f"{service} {wish.starts_at:%d %H:%M}"
        if self.dice.random() < 0.4:
            held = self.house.do("booker", holds.hold, wish=wish, said=said, **given)
            if isinstance(held, holds.Held):
                go_on = partial(self._decide, held.token, wish, given, said)
                self.house.agenda.after(self.dice.choice([20.0, 200.0, 599.9, 600.1, 700.0]), go_on)
            return
        self._booked(self.house.do("booker", bookings.book, wish=wish, said=said, **given))

    def _decide(self, token: str, wish: Wish, given: dict[str, Any], said: str) -> None:
        if self.dice.random() < 0.7:
            self._booked(self.house.do("booker", bookings.book, wish=wish, hold=token, said=said, **given))
        elif self.dice.random() < 0.5:
            given = {"account": given["account"], "domain": given["domain"]}
            self.house.do("booker", holds.let_go, token=token, said=said, **given)

    def _booked(self, booked: Any) -> None:
        if not isinstance(booked, Appointment):
            return
        until = (booked.starts_at - self.house.clock.now()).total_seconds()
        arrives = until + self.dice.choice([-1000, -899, -300, -10, 100, 290, 310, 700, 1500])
        for _ in range(self.dice.choice([0, 1, 1, 1, 1, 2])):
            self.house.agenda.after(arrives, partial(self.arrive, booked.id))
        chance = self.dice.random()
        if chance < 0.3:
            deed = self.dice.choice([self.confirm, self.cancel, self.move])
            self.house.agenda.after(self.dice.uniform(0, max(until + 400, 60)), partial(deed, booked.id))

    def _row(self, id: str) -> Row:
        return self.house.mirror.rows["appointment"][id]

    def arrive(self, id: str) -> None:
        """At the kiosk of the branch, with the code."""
        row = self._row(id)
        branch = self.house.network.branches[row["branch_id"]].key
        queue = self.house.network.queues[row["queue_id"]]
        given = {"token": f"kiosk-{branch}-secret-token", "code": row["code"]}
        self.house.do(f"kiosk {branch}", check_in.check_in, domain=queue.domain_id, said=row["code"], **given)

    def confirm(self, id: str) -> None:
        self._do(id, ending.confirm)

    def cancel(self, id: str) -> None:
        self._do(id, ending.cancel)

    def move(self, id: str) -> None:
        self._do(id, moving.move, starts_at=self._start())

    def _do(self, id: str, service: Any, **more: Any) -> None:
        account = self.house.account
        domains = self.house.read(domains_of_appointment, account=account, id=id)
        if domains is not None:
            self.house.do("booker", service, domain=domains, said=id, account=account, appointment=id, **more)
