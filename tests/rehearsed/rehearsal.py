"""One rehearsal: a house drawn from a seed lives through some hours, with everything that goes wrong in a year."""

import random
import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from qms.store.engines import connect
from qms.store.schema import metadata
from tests.rehearsed import mirror
from tests.rehearsed.agents import Agents
from tests.rehearsed.bookings import Bookings
from tests.rehearsed.entropy import seeded
from tests.rehearsed.house import Broken, House
from tests.rehearsed.plan import drawn
from tests.rehearsed.process import Process
from tests.rehearsed.visitors import Visitors
from tests.rehearsed.workers import Crew

FAULTS = 1 / 250
"""So many transactions meet a fault."""

INSPECTED_EVERY = 200
"""Steps between two visits of the doctor, who reads everything."""

JUMPS = (3, -3, 45, -45, 400, -400, -4000, 4000, 90_000)
"""Seconds by which somebody sets the machine's clock."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a rehearsal came to. `broken`: what does not hold, or nothing."""

    seed: int
    branch_hours: float
    steps: int
    digest: str
    deeds: Counter[str]
    history: list[str]
    broken: str | None = None


def template(directory: Path) -> Path:
    """A database with all tables that writes down its own history, to be copied."""
    file = directory / "template.db"
    engine = connect(f"sqlite:///{file}", pool_size=1)
    metadata.create_all(engine)
    engine.dispose()
    mirror.watch(file)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


def rehearse(seed: int, hours: float, directory: Path, file: Path) -> Report:
    """Live through some hours. The same seed is the same history, byte for byte."""
    with seeded(seed):
        plan = drawn(random.Random(f"plan {seed}"))
        house = House(seed, plan, directory, file)
        try:
            _Rehearsal(house).run(hours * 3600)
            broken = None
        except Broken as found:
            broken = str(found)
        finally:
            house.close()
    lived = house.clock.passed / 3600 * len(plan.branches)
    return Report(
        seed=seed,
        branch_hours=lived,
        steps=house.steps,
        digest=house.digest.hexdigest(),
        deeds=house.deeds,
        history=house.history,
        broken=broken,
    )


class _Rehearsal:
    def __init__(self, house: House) -> None:
        self.house, self.dice = house, house.dice
        self.crew = Crew(house)
        house.on_death.append(self.died)

    def run(self, seconds: float) -> None:
        house = self.house
        for one in (Agents(house), Visitors(house), Bookings(house), self.crew):
            one.start()
        self.trouble(seconds)
        house.faults = FAULTS
        inspected = 0
        while house.agenda.next_at() < seconds:
            house.agenda.next()
            if house.steps >= inspected + INSPECTED_EVERY:
                inspected = house.steps
                house.inspect()
        house.faults = 0.0
        house.inspect()

    def trouble(self, seconds: float) -> None:
        """Crashes, clocks that are set, and an operator who changes the rules."""
        house, dice = self.house, self.dice
        for _ in range(dice.choice([1, 2, 4])):
            house.agenda.after(dice.uniform(60, seconds), self.crash)
        if dice.random() < 0.6:
            by = timedelta(seconds=dice.choice(JUMPS))
            house.agenda.after(dice.uniform(60, seconds), partial(house.jump, by))
        for _ in range(dice.choice([0, 1, 1])):
            text = dice.choice([house.plan.text, house.plan.changed_text])
            house.agenda.after(dice.uniform(60, seconds), partial(house.apply, text))

    def crash(self) -> None:
        """One process dies, or all of them at once."""
        up = [process for process in self.house.processes if process.alive]
        for process in up if self.dice.random() < 0.3 else up[:1]:
            self.house.kill(process)

    def died(self, process: Process) -> None:
        self.house.agenda.after(self.dice.choice([0.2, 3.0, 40.0, 200.0]), partial(self.boot, process))

    def boot(self, process: Process) -> None:
        process.boot()
        self.house.deeds["boot"] += 1
        self.crew.members[process].start()
