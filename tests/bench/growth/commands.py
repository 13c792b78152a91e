"""A house at work, and the commands of a day there: what must cost the same however long its past is."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from qms.domain.appointment import Appointment
from qms.domain.offer import Offer
from qms.services import (
    claims,
    desk_day,
    desk_state,
    earlier,
    explanation,
    kiosk_menu,
    kiosk_tickets,
    leases,
    lobby,
    overdue,
    passes,
    quoting,
    serving,
    visitor_state,
)
from qms.services.admission import TakeTicket
from qms.services.booking import listing, offers, timers, turns
from qms.services.booking.offers import Wanted
from qms.services.booking.reach import Reach
from qms.services.notification import claims as letters
from qms.services.statistics.period import Period
from qms.services.statistics.report import report
from qms.services.supervising import board
from qms.store import sessions
from tests.db.booking.clinic import Clinic

NETWORK = """
[account]
slug = "grown"
timezone = "America/Santiago"

[[branch]]
key = "main"
pocs = [{ key = "c1", kind = "counter" }, { key = "c2", kind = "counter" }, { key = "b1", kind = "booth" }]

[[queue]]
key = "cash"
prefix = "C"
branches = ["main"]
mode = "counter"
wrap_up_seconds = 0

[[queue]]
key = "video"
prefix = "V"
branches = ["main"]

[[agent]]
key = "ana"
email = "ana@grown.example"
role = "manager"
queues = ["cash"]
schedule = { mon-fri = ["09:00-18:00"] }

[[agent]]
key = "vic"
queues = ["video"]

[[service]]
key = "any"
queue = "cash"
branch = "main"
agents = ["ana"]
duration_minutes = 30
reminders = ["P1D"]

[[webhook]]
key = "all"
url = "http://127.0.0.1:9000/hook"
events = ["*"]
dialect = "native"
secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="

[[screen]]
key = "lobby"
branch = "main"
token = "lobby-screen-secret"

[[kiosk]]
key = "door"
branch = "main"
token = "kiosk-secret"
queues = ["cash", "video"]
"""


REGULAR = {"email": "regular@mail.example", "phone": "+56 9 1234 5678"}
"""Somebody who comes again and again."""


class Grown(Clinic):
    """The house. Every command leaves it as it found it, but for what is over."""

    def intake(self) -> Any:
        """Somebody takes a number at the kiosk."""
        line, place = self.network.queues.find("cash"), self.network.branches.find("main")
        item = TakeTicket(account=self.account, branch=place.id, queue=line.id, source="kiosk")
        return self.store.take(kiosk_tickets.take, item, domain=line.domain_id)

    def intake_and_leave(self) -> None:
        """Somebody takes a number at the kiosk, and goes away with it."""
        self.leave(self.intake().ticket)

    def ring(self) -> None:
        """Somebody comes, a pass offers him to the booth's agent, and he is answered and served."""
        self.take("video", "main")
        self.run_passes()
        self.answer("vic")
        self.do(serving.finish, "vic")
        self.do(serving.finish_wrap_up, "vic")

    def serve_one(self) -> None:
        """Somebody comes, is called to the counter, called again, served and gone."""
        self.intake()
        self.next("ana")
        for step in (serving.recall, serving.serve, serving.finish):
            self.do(step, "ana")

    def book_and_cancel(self) -> Appointment:
        """Somebody books, thinks better of the time, and then of it all."""
        booked = self.book("10:00")
        return self.cancel(self.move(booked, "11:00"))

    def offers(self) -> list[Offer]:
        """The offers that ring in the house's one routing domain."""
        return self.store.read(sessions.ringing_in, domain=self.domains[0])

    def watch(self) -> Mapping[str, Callable[[], Any]]:
        """What is looked at while it goes on, by name."""
        read, account, ana = self.store.read, self.account, self.network.agents.find("ana")
        link = self.intake().ticket.link
        known = self.take("cash", "main", customer=REGULAR, customer_id="c" * 24)
        wanted, reach = Wanted(service="any"), Reach(account=account)
        today = Period.of(self.store.clock.at.date(), self.store.clock.at.date())  # type: ignore[attr-defined]
        return {
            "desk state": lambda: read(desk_state.read, account=account, agent=ana.id),
            "screen snapshot": lambda: read(lobby.shown, tokens=["lobby-screen-secret"]),
            "kiosk menu": lambda: read(kiosk_menu.menu, token="kiosk-secret"),
            "ticket page": lambda: read(visitor_state.of_ticket, link=link),
            "earlier visits": lambda: read(earlier.visits_before, account=account, viewer=ana, ticket=known.id),
            "board": lambda: read(board.read, viewer=ana),
            "desk day": lambda: read(desk_day.day, viewer=ana),
            "booking search": lambda: read(offers.offers, account=account, wanted=wanted),
            "schedules": lambda: read(listing.schedules, reach=reach, start=self.now_(), until=self.now_(days=1)),
            "report of a day": lambda: read(report, account=account, period=today),
        }

    def background(self) -> None:
        """What the workers do: timers, deliveries, messages, and learning from what people were told."""
        for look in (passes.due_domains, overdue.domains, timers.due, turns.due, letters.anything_due):
            self.store.read(look)
        self.store.write(leases.beat, worker="0" * 24)
        targets = self.store.read(claims.due)
        parcels = self.store.write(claims.claim, room=dict.fromkeys(targets, 4), most=8)
        self.store.write(claims.release, parcels=parcels)
        desk = letters.Desk(worker="0" * 24, mails=True, public_url="http://127.0.0.1")
        self.store.write(letters.exchange, desk=desk, sent=(), most=8)
        for work in self.store.read(quoting.due):
            self.store.write(quoting.run, domain=work.domain, work=work)

    def explained(self) -> Any:
        """Somebody comes, asks why he is where he is in line, and goes."""
        ana, ticket = self.network.agents.find("ana"), self.intake().ticket
        said = self.store.read(explanation.explain, account=self.account, viewer=ana, ticket=ticket.id)
        self.leave(ticket)
        return said

    def now_(self, **later: float) -> Any:
        """This moment, or a later one."""
        return self.store.read(lambda tx: tx.now) + timedelta(**later)
