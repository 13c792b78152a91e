"""People in line at the clinic, on a day that is full."""

from datetime import date, timedelta

from qms.domain.customer import Person
from qms.services.booking import waiting, waitlist
from qms.services.booking.waiting import Waiter
from tests.db.booking.clinic import TUESDAY, Clinic


class Line:
    """People in line at the clinic, by name."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.links: dict[str, str] = {}

    def joins(self, name: str, service: str = "early", day: date = TUESDAY, **more) -> str:
        person = more.pop("person", Person(firstname=name, email=f"{name}@example.org"))
        waiter = Waiter(
            service=service, day=day, person=person, **{"timezone": "America/Santiago", "locale": "es", **more}
        )
        self.links[name] = self.clinic.serve(waiting.join, service, waiter=waiter).link
        return self.links[name]

    def stands(self, name: str):
        return self.clinic.store.read(waiting.standing, account=self.clinic.account, link=self.links[name])

    def state(self, name: str) -> str:
        return self.stands(name).entry.state

    def offered(self, name: str) -> str | None:
        start = self.stands(name).entry.offered_start
        return start and f"{start - timedelta(hours=3):%H:%M}"

    def does(self, what, name: str, **more):
        account, link = self.clinic.account, self.links[name]
        domains = self.clinic.store.read(waitlist.domains_of_entry, account=account, link=link)
        return self.clinic.store.write(what, domain=domains, account=account, link=link, **more)


def filled(clinic: Clinic) -> Clinic:
    """The clinic, all four hours of Cyd's Tuesday booked."""
    clinic.booked = [clinic.book(f"{hour:02}:00", "early") for hour in (8, 9, 10, 11)]
    assert clinic.offered("early") == []
    return clinic
