"""A clinic that takes appointments: what people book, move and cancel there, by keys."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.appointment import Appointment, TimeTaken
from qms.domain.zones import zone
from qms.services.booking import availability, bookings, ending, holds, moving, staff, timers, turns
from qms.services.booking.bookables import domains_of_service
from qms.services.booking.finding import domains_of_appointment
from qms.services.booking.wishes import Wish
from qms.store import appointments, journal, times
from qms.store.schema.booking import appointment as table
from qms.store.tx import Tx
from tests.db.house import House

SANTIAGO = zone("America/Santiago")
TUESDAY = date(2026, 3, 3)

CLINIC = """
[account]
slug = "clinic"
timezone = "America/Santiago"
closures = [{ date = "2026-03-11", reason = "a holiday" }]

[[branch]]
key = "main"
pocs = [{ key = "c1", kind = "counter" }]
closures = [{ date = "2026-03-12", reason = "painters" }]

[[queue]]
key = "visits"
prefix = "V"
branches = ["main"]
mode = "counter"

[[agent]]
key = "ana"
firstname = "Ana"
queues = ["visits"]
schedule = { mon-fri = ["09:00-12:00"] }

[[agent]]
key = "bob"
queues = ["visits"]
schedule = { mon-fri = ["09:00-12:00"] }

[[agent]]
key = "cyd"
queues = ["visits"]
schedule = { mon-fri = ["08:00-12:00"] }
closures = [{ date = "2026-03-13", reason = "a day off" }]

[[form]]
key = "who"
fields = [
  { id = "0123456789abcdef01234501", name = "firstname", type = "text", label = "Name", required = true },
  { id = "0123456789abcdef01234502", name = "contact", type = "email", label = "E-mail" },
]

[[service]]
key = "any"
queue = "visits"
branch = "main"
agents = ["ana", "bob"]
automatic = true
duration_minutes = 30
grace_minutes = 10

[[service]]
key = "single"
title = "A visit"
queue = "visits"
branch = "main"
agents = ["ana"]
duration_minutes = 30
step_minutes = 15
form = "who"
reminders = ["P1D", "PT1H"]

[[service]]
key = "minute"
queue = "visits"
agents = ["ana"]
duration_minutes = 30
step_minutes = 1

[[service]]
key = "class"
queue = "visits"
agents = ["ana"]
duration_minutes = 60
step_minutes = 30
capacity = 3

[[service]]
key = "buffered"
queue = "visits"
agents = ["ana"]
duration_minutes = 30
step_minutes = 30
before_minutes = 10
after_minutes = 5
lead = "PT24H"
horizon_days = 30

[[service]]
key = "early"
queue = "visits"
agents = ["cyd"]
duration_minutes = 60
"""


def on(text: str, day: date = TUESDAY) -> datetime:
    """A wall time of Tuesday, or of another day, in Santiago."""
    return datetime.combine(day, datetime.strptime(text, "%H:%M").time(), SANTIAGO).astimezone(UTC)  # noqa: DTZ007


class Clinic(House):
    """One account that is booked; `booked` is what a test has filled it with."""

    booked: list[Appointment]

    def wish(self, start: str | datetime, service: str, **more: Any) -> Wish:
        """What somebody wants."""
        starts_at = on(start) if isinstance(start, str) else start
        return Wish(service=service, starts_at=starts_at, **{"timezone": "America/Santiago", "origin": "page", **more})

    def book(self, start: str | datetime, service: str = "any", hold: str | None = None, **more: Any) -> Appointment:
        """Somebody books."""
        return self.serve(bookings.book, service, wish=self.wish(start, service, **more), hold=hold)

    def hold(self, start: str | datetime, service: str = "any", **more: Any) -> holds.Held:
        """Somebody begins to fill in a form."""
        kept = {name: more.pop(name) for name in ("lasting", "instead_of") if name in more}
        return self.serve(holds.hold, service, wish=self.wish(start, service, **more), **kept)

    def let_go(self, token: str) -> None:
        """Somebody gives up what he holds."""
        self.store.write(holds.let_go, domain=self.domains, account=self.account, token=token)

    def serve(self, service: Callable[..., Any], what: str, **arguments: Any) -> Any:
        """Run a service that books."""
        domains = domains_of_service(self.network, what)
        return self.store.write(service, domain=domains, account=self.account, **arguments)

    def of(self, service: Callable[..., Any], booked: Appointment, **arguments: Any) -> Any:
        """Run a service on an appointment."""
        which = {"account": self.account, "appointment": booked.id}
        domains = self.store.read(domains_of_appointment, account=self.account, id=booked.id)
        return self.store.write(service, domain=domains, **which, **arguments)

    def move(self, booked: Appointment, start: str | datetime, **more: Any) -> Appointment:
        """Somebody moves it."""
        starts_at = on(start) if isinstance(start, str) else start
        moved: Appointment = self.of(moving.move, booked, starts_at=starts_at, **more)
        return moved

    def cancel(self, booked: Appointment, reason: str | None = None) -> Appointment:
        """Somebody cancels it."""
        cancelled: Appointment = self.of(ending.cancel, booked, reason=reason)
        return cancelled

    def meet(
        self, start: str, minutes: int = 30, agents: Iterable[str] = ("ana",), *, refuse: bool = False, **more: Any
    ) -> Appointment:
        """Staff puts an appointment down."""
        given = {"title": "Meeting", "timezone": "UTC", "origin": "voki", "agents": tuple(agents), **more}
        meeting = staff.Meeting(starts_at=on(start), ends_at=on(start) + timedelta(minutes=minutes), **given)
        return self.store.write(
            staff.book_by_staff,
            domain=self.domains,
            account=self.account,
            meeting=meeting,
            actor="sue",
            refuse_overlap=refuse,
        )

    def offered(self, service: str = "any", day: date = TUESDAY, **more: Any) -> list[str]:
        """The wall times on a day that are offered."""
        where = more.pop("where", SANTIAGO)
        found = self.store.read(
            availability.starts, account=self.account, service=service, day=day, where=where, **more
        )
        return [f"{start.astimezone(where):%H:%M}" for start in found]

    def days(self, service: str = "any", day: date = TUESDAY, **more: Any) -> list[int]:
        """The days of a month on which something is offered."""
        wanted = {"account": self.account, "service": service, "day": day, "where": SANTIAGO, **more}
        return [found.day for found in self.store.read(availability.days, **wanted)]

    def next_start(self, service: str = "any", **more: Any) -> datetime | None:
        """The next start that is offered."""
        wanted = {"account": self.account, "service": service, **more}
        return self.store.read(availability.next_start, **wanted)

    def run_timers(self) -> list[str]:
        """Do what is due; what was done."""
        due = self.store.read(timers.due)
        done = [one.what for one in due if self.store.write(timers.run, domain=one.domains, due=one)]
        come = self.store.read(turns.due)
        return done + [one.what for one in come if self.store.write(turns.run, domain=one.domains, turn=one)]

    def now(self, booked: Appointment) -> Appointment:
        """The appointment as it stands."""
        found: Appointment | None = self.store.read(appointments.get, id=booked.id)
        assert found is not None
        return found

    def times(self, booked: Appointment) -> list[TimeTaken]:
        """The time that it takes."""
        return self.store.read(times.times_of, id=booked.id)

    def told(self, booked: Appointment) -> set[str]:
        """What happened to it; while the clock stands still, nothing comes before anything else."""
        entries: list[journal.Entry] = self.store.read(journal.of_entity, entity=booked.id)
        return {entry.name.removeprefix("appointment.") for entry in entries}

    def agent_of(self, booked: Appointment) -> str:
        """The key of its agent."""
        return self.network.agents[booked.agent_id or ""].key

    def appointments(self, *states: str) -> list[Appointment]:
        """All appointments in these states."""
        return self._all(Appointment, table, table.c.state.in_(states) if states else sa.true())


def every(tx: Tx, *, of: sa.Table) -> list[Any]:
    """All rows of a table."""
    return list(tx.execute(sa.select(of)))


__all__ = ["CLINIC", "SANTIAGO", "TUESDAY", "Clinic", "every", "on"]
