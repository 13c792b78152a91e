"""A campaign: people at work, one fault after the other, and how long it took each time until all was as before."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from random import Random

from tests.faults.faults import Fault
from tests.faults.history import History, Verdict, judge
from tests.faults.people import People
from tests.faults.site import Site

RECOVERY_SECONDS = 45.0
"""Who has not recovered after so long never will."""

LAST_SECONDS = 90.0
"""How long what is under way may take at the end: a delivery that a killed process held goes out within a minute."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """A fault that was inflicted, and the seconds until a ticket taken since was called and shown; None: never.

    `calm_seconds`: until everybody had asked for something since, and was answered.
    """

    kind: str
    what: str
    seconds: float | None
    calm_seconds: float | None

    def __str__(self) -> str:
        first, all = ("never" if s is None else f"{s:.2f} s" for s in (self.seconds, self.calm_seconds))
        return f"{self.kind}: {self.what}: {first}, everybody {all}"


@dataclass(kw_only=True)
class Outcome:
    """What a campaign has shown."""

    recoveries: list[Recovery] = field(default_factory=list)
    verdict: Verdict | None = None
    lasted: float = 0.0

    @property
    def stuck(self) -> int:
        """After so many faults nothing went on."""
        return sum(one.seconds is None for one in self.recoveries)


async def run(site: Site, history: History, faults: Iterable[Fault], say: Say = print) -> Outcome:
    """Let people work, inflict the faults, let everything come to rest, and judge."""
    outcome, begun = Outcome(), time.monotonic()
    await asyncio.to_thread(site.start)
    issued = await asyncio.to_thread(site.any.run, "token", "--account", "acme", "--kind", "backend", "--json")
    people = People(
        front=site.front.url,
        lobby=site.lobby.url,
        token=json.loads(issued)["token"],
        history=history,
    )
    async with asyncio.TaskGroup() as group:
        people.come(group)
        await _moment(history.recovered, time.monotonic())
        await _moment(history.calm, time.monotonic())
        for n, fault in enumerate(faults, 1):
            one = await _inflict(fault, history, Random(n))
            outcome.recoveries.append(one)
            say(f"{n:4} {one}")
        people.opened = False
        say(f"     {len(history.numbers)} acknowledged, {history.waiting} of them waiting")
        await _until(lambda: not history.waiting, LAST_SECONDS)
        say(f"     {len(history.served_by.keys() - history.webhooks.keys())} webhooks to come")
        await _until(lambda: history.served_by.keys() <= history.webhooks.keys(), LAST_SECONDS)
        await asyncio.sleep(1)
        people.working = False
    doctor = await asyncio.to_thread(partial(site.any.run, "doctor", fails=True))
    outcome.verdict = judge(history, site.database_url, doctor)
    outcome.lasted = time.monotonic() - begun
    return outcome


async def _inflict(fault: Fault, history: History, chance: Random) -> Recovery:
    """Bring a fault about, end it, and wait until all is as before; counted from its end where nobody else steps in."""
    going = fault.going()
    since = time.monotonic()
    await asyncio.to_thread(going.__enter__)
    await asyncio.sleep(chance.uniform(*fault.seconds))
    healed = asyncio.create_task(asyncio.to_thread(going.__exit__, None, None, None))
    if fault.sole:
        await healed
        since = time.monotonic()
    recovered = await _moment(history.recovered, since)
    calm = await _moment(history.calm, since)
    await healed
    await _moment(history.calm, time.monotonic())  # what it leaves behind is not measured with the next one
    await asyncio.sleep(chance.uniform(0, 0.2))
    return Recovery(
        kind=fault.kind,
        what=fault.what,
        seconds=None if recovered is None else recovered - since,
        calm_seconds=None if calm is None else calm - since,
    )


async def _moment(of: Callable[[float], float | None], since: float) -> float | None:
    await _until(lambda: of(since) is not None, RECOVERY_SECONDS)
    return of(since)


async def _until(so: Callable[[], bool], seconds: float) -> None:
    until = time.monotonic() + seconds
    while not so() and time.monotonic() < until:  # noqa: ASYNC110 - one of many conditions
        await asyncio.sleep(0.01)
