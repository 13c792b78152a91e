"""The workers of a process: distributor, calendar, courier and learner, each a read and then writes, with time between.

They wake as the shells in `acd` do: when a routing domain is told of, or when a deadline in a row has passed. Ticks at
which no deadline can have passed are left out: they would read, and find nothing.
"""

import math
from collections.abc import Callable
from functools import partial
from typing import Any

from acd.delivery.schedule import next_step
from qms.domain.delivery import Outcome, Tried
from qms.domain.errors import Refused
from qms.services import attempts, claims, overdue, passes, quoting
from qms.services.booking import timers as calendar
from qms.store.columns import micros
from tests.rehearsed.house import Deed, House
from tests.rehearsed.mirror import Row, Version
from tests.rehearsed.moments import Moment, live_moments, moments
from tests.rehearsed.process import Process
from tests.rehearsed.rest import after_a_pass
from tests.rehearsed.sight import SECOND

GRID_SECONDS = 0.5
HEARD, ALONE = 0.9, 0.85
"""Of what is told so much is heard, by one process alone or by both: whatever is not, is found by the next tick."""

SLOW_SECONDS = 1800.0


class Crew:
    """The workers of all processes: what one hears the other may not, and what both hear, both do."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.members = {process: Workers(house, process) for process in house.processes}
        house.on_topics.append(self.hear)
        house.on_versions.append(self.see)
        house.on_death.append(self.begin)

    def start(self) -> None:
        """All processes have booted."""
        for workers in self.members.values():
            workers.start()

    def begin(self, _: Process) -> None:
        """One has died: the others see to what it had in mind."""
        for workers in self.members.values():
            workers.begin()

    def some(self) -> list["Workers"]:
        """Who hears something."""
        alive = [workers for workers in self.members.values() if workers.process.alive]
        alone = len(alive) > 1 and self.house.dice.random() < ALONE
        return [self.house.dice.choice(alive)] if alone else alive

    def hear(self, topics: set[str]) -> None:
        """Something was told; now and then a message is lost."""
        for topic in sorted(topics):
            if topic.startswith("domain:"):
                for workers in self.some():
                    if self.house.dice.random() < HEARD:
                        workers.wake(topic.removeprefix("domain:"))
                    else:
                        workers.expect((micros(self.house.clock.now()), False))

    def see(self, versions: list[Version]) -> None:
        """Deadlines have been written."""
        for version in versions:
            for moment in moments(self.house.sight, version):
                for workers in self.some():
                    workers.expect(moment)
            if version.kind == "appointment" and version.after is not None:
                for workers in self.some():
                    workers.await_(version.after)


class Workers:
    """What runs in one process beside its faces. A crash ends it; a boot begins it anew, knowing nothing."""

    def __init__(self, house: House, process: Process) -> None:
        self.house, self.process = house, process
        self.running: set[str] = set()
        self.again: set[str] = set()
        self.ticks: set[int] = set()
        house.on_jump.append(self.begin)

    def start(self) -> None:
        """The process has booted."""
        self.running, self.again = set(), set()
        self.house.calm_since = self.house.clock.passed
        self.begin()
        self.every(SLOW_SECONDS, partial(self.tick, thorough=True))
        self.every(900.0, self.courier)
        self.every(1800.0, self.learner)
        self.every(900.0, self.keep_calendar)

    def begin(self) -> None:
        """Nothing is known of what is due: the process is new, or the clock has been set."""
        if self.process.alive:
            self.ticks = set()
            self.later(0.1, self.tick, thorough=True)
            self.later(0.5, self.keep_calendar)
            for moment in list(live_moments(self.house.sight)):
                self.expect(moment)
            for booked in self.house.mirror.rows["appointment"].values():
                if booked["state"] in ("held", "scheduled", "confirmed"):
                    self.await_(booked)

    # -- time --------------------------------------------------------------------------------------------------------

    def later(self, seconds: float, what: Callable[..., None], *given: Any, **more: Any) -> None:
        """Go on after a while, unless the process dies first."""
        life = self.process.life

        def go_on() -> None:
            if self.process.alive and self.process.life == life:
                what(*given, **more)

        self.house.agenda.after(seconds, go_on)

    def every(self, seconds: float, what: Callable[[], None]) -> None:
        """Do something again and again."""

        def again() -> None:
            what()
            self.later(seconds, again)

        self.later(self.house.dice.uniform(0, seconds), again)

    def expect(self, moment: Moment) -> None:
        """Tick when a deadline has passed; thorough ticks come every ten seconds, the others every half."""
        at, thorough = moment
        wait = (at - micros(self.house.clock.now())) / SECOND
        if wait < 86_400:
            grid = GRID_SECONDS * (20 if thorough else 1)
            tick = math.ceil((self.house.clock.passed + max(wait, 0)) / grid + 1e-9)
            name = tick * 2 + thorough
            if name not in self.ticks:
                self.ticks.add(name)
                self.later(tick * grid - self.house.clock.passed, self.tick, thorough=thorough, name=name)

    def await_(self, booked: Row) -> None:
        """Look at the calendar when a hold runs out, or nobody is expected any more."""
        for name in ("hold_expires_at", "no_show_at"):
            if booked[name] is not None:
                wait = (booked[name] - micros(self.house.clock.now())) / SECOND
                self.later(wait + self.house.dice.random(), self.keep_calendar)

    def latency(self) -> float:
        """How long it takes until a thread gets round to something."""
        return self.house.dice.choice([0.0005, 0.003, 0.02, 0.2])

    # -- the distributor ---------------------------------------------------------------------------------------------

    def wake(self, domain: str, *, thorough: bool = False) -> None:
        """Look at a routing domain, or once more after the look that is under way."""
        if domain in self.running:
            self.again.add(domain)
        else:
            self.running.add(domain)
            self.later(self.latency(), self.look, domain, thorough)

    def tick(self, *, thorough: bool = False, name: int | None = None) -> None:
        """Look for deadlines that have passed."""
        self.ticks.discard(name if name is not None else -1)
        found = self.house.read(overdue.domains if thorough else passes.due_domains, on=self.process)
        for domain in sorted(found):
            self.wake(domain, thorough=thorough)

    def look(self, domain: str, thorough: bool) -> None:
        self.again.discard(domain)
        if thorough or self.house.read(passes.due, on=self.process, domains=[domain])[domain]:
            self.later(self.latency(), self.go_over, domain)
        else:
            self.ready(domain)

    def go_over(self, domain: str) -> None:
        made = self.house.do("distributor", passes.run, on=self.process, domain=domain, routing_domain=domain)
        if isinstance(made, Refused):
            self.expect((micros(self.house.clock.now()), False))
        elif made == 0:
            self.house.insist(after_a_pass(self.house.sight, domain))
        self.ready(domain)

    def ready(self, domain: str) -> None:
        self.running.discard(domain)
        if domain in self.again and self.process.alive:
            self.wake(domain)

    # -- the others --------------------------------------------------------------------------------------------------

    def keep_calendar(self) -> None:
        for due in self.house.read(calendar.due, on=self.process):
            self.later(self.latency(), self.run_calendar, due)

    def run_calendar(self, due: calendar.Due) -> None:
        given = {"domain": due.domains, "due": due, "said": f"{due.what} {due.appointment}"}
        if isinstance(self.house.do("calendar", calendar.run, on=self.process, **given), Refused):
            self.later(1.0, self.keep_calendar)

    def learner(self) -> None:
        for work in self.house.read(quoting.due, on=self.process):
            self.later(
                self.latency(),
                partial(self.house.do, "learner", quoting.run, on=self.process, domain=work.domain, work=work),
            )

    def courier(self) -> None:
        """Claim what is due, send it, and write down what came of it: all that fails is sent again."""
        targets = self.house.read(claims.due, on=self.process)
        if targets:
            room = {target: 60 for target in targets}
            parcels = self.house.do("courier", claims.claim, on=self.process, room=room, most=120)
            if isinstance(parcels, list) and parcels:
                self.later(self.house.dice.uniform(0.05, 8.0), self.deliver, parcels)

    def deliver(self, parcels: list[Any]) -> None:
        deeds = [self._sent(parcel) for parcel in parcels]
        for at in range(0, len(deeds), 40):
            self.house.together(deeds[at : at + 40], self.process)

    def _sent(self, parcel: Any) -> Deed:
        status = self.house.dice.choice([200] * 8 + [500, None])
        if status == 200:
            self.house.sight.arrived.add(parcel.delivery.id)
        outcome = Outcome(status=status, failure=None if status else "timeout", duration_ms=20)
        step = next_step(parcel.webhook.dialect, parcel.attempt_number, outcome, 0.0)
        item = Tried(parcel=parcel, outcome=outcome, step=step)
        said = f"{parcel.delivery.id} {status}"
        return Deed(who="courier", service=attempts.finish, arguments={"item": item}, batch=True, said=said)
