"""Any day: people and agents do whatever they like, in any order; the invariants hold after every step."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from qms.domain.errors import Refused
from qms.domain.network_file import read_network
from qms.domain.ticket import Ticket
from qms.services import inspection, offering, parking, serving, sockets, undoing, visitors
from qms.services.applying import apply_network
from qms.services.applying.apply import domains_of
from qms.services.reception import reactivate
from qms.services.transfer import transfer
from qms.store import decisions
from qms.store.schema import work
from qms.store.tx import Tx
from tests.db.work.town import TOWN, Town

AGENTS = ("ana", "ben", "cyd", "fay")
POCS = ("c1", "c2", "b1", "f1", None)
LINES = (
    ("cash", "main"),
    ("video", "main"),
    ("desk", "main"),
    ("cash", "bare"),
    ("video", "bare"),
    ("far-cash", "far"),
)

SEEDS = (0, *(pytest.param(seed, marks=pytest.mark.campaign) for seed in range(1, 9)))
"""One day for each test and database; `make campaign` lives through more."""


class Day:
    """One day at random: `step` does one thing, which may be refused."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town, self.dice = town, random.Random(seed)
        self.taken: list[Ticket] = []
        self.done = 0
        self.come()

    def step(self) -> None:
        """Do something, and let what follows from it follow."""
        deed = self.dice.choice([self.come, self.come, self.present, self.serve, self.serve, self.ring, self.rest])
        try:
            deed()
            self.done += 1
        except Refused:
            pass
        self.town.clock.move(seconds=self.dice.choice([0.1, 1, 4, 9, 21, 70]))
        for branch in ("main", "far"):
            self.town.work(branch)

    def come(self) -> None:
        queue, branch = self.dice.choice(LINES)
        self.taken.append(self.town.take(queue, branch))

    def present(self) -> None:
        poc = {"poc": self.dice.choice(POCS)} if self.dice.random() < 0.5 else {}
        self.town.present(self._agent(), self.dice.choice(["idle", "idle", "idle", "away", "offline"]), **poc)

    def serve(self) -> None:
        commands: list[Callable[..., Any]] = [serving.next_ticket] * 4 + [
            serving.finish,
            serving.serve,
            serving.no_show,
            serving.recall,
        ]
        commands += [parking.park, parking.resume, undoing.undo, serving.finish_wrap_up, transfer, reactivate]
        command = self.dice.choice(commands)
        more: dict[str, str] = {}
        if command is transfer:
            queue, branch = self.dice.choice(LINES)
            more = self.dice.choice([{"queue": queue}, {"queue": queue, "branch": branch}, {"to_agent": self._agent()}])
            more |= {"place": self.dice.choice(["keep", "first", "last"])}
        if command is reactivate:
            more = {"ticket": self.dice.choice(self.taken).id}
        self.town.do(command, self._agent(), **more)

    def ring(self) -> None:
        agent = self._agent()
        if self.town.state(agent) == "ringing":
            offer = self.town.offer(agent)
            self.town.do(self.dice.choice([offering.answer, offering.answer, offering.decline]), agent, offer=offer.id)

    def rest(self) -> None:
        self.dice.choice([self._visitor, self._socket])()

    def _visitor(self) -> None:
        ticket = self.town.now(self.dice.choice(self.taken))
        service = self.dice.choice([visitors.leave, visitors.later])
        self.town.store.write(service, domain=ticket.domain_id, link=ticket.link)

    def _socket(self) -> None:
        agent = self._agent()
        domain = self.town.network.agents.find(agent).domain_id
        of_agent = {"domain": domain, "agent": self.town.agent(agent), "socket": agent}
        if self.dice.random() < 0.5:
            self.town.store.write(sockets.opened, process="p", **of_agent)
        else:
            self.town.store.write(sockets.closed, **of_agent)

    def _agent(self) -> str:
        return self.dice.choice(AGENTS)


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_happens_the_invariants_hold(town, seed):
    day = Day(town, seed)

    for _ in range(60):
        day.step()

    assert day.done > 15


POLICIES = TOWN
for _queue, _rules in {
    "video": "rings = [{ level = 9 }, { after_seconds = 20, level = 3 }]\nhold_seconds = 30\nmax_waiting = 6",
    "cash": 'mix = 2\nweight = 45\nemergency = ["urgent"]\n'
    'overflow = { after_minutes = 2, queue = "far-cash", branch = "far" }\nclose_by_forecast = true',
    "desk": 'mix = 1\nhold_seconds = 60\noverflow = { after_minutes = 1, queue = "video" }',
}.items():
    POLICIES = POLICIES.replace(f'key = "{_queue}"\n', f'key = "{_queue}"\n{_rules}\n', 1)


class RuledDay(Day):
    """A day with every policy, people with appointments and emergencies; now and then the file is applied anew."""

    def come(self) -> None:
        queue, branch = self.dice.choice(LINES)
        now = self.town.clock.business(self.town.clock.machine())
        more: dict[str, Any] = self.dice.choice([{}, {"ticket_class": "urgent"}, {"appointment": "a" * 24}])
        if "appointment" in more:
            agent = self.town.agent(self._agent())
            more |= {"key": now - timedelta(minutes=15), "eligible_from": now, "preferred_agent": agent}
        self.taken.append(self.town.take(queue, branch, **more))

    def rest(self) -> None:
        if self.dice.random() < 0.5:
            super().rest()
        else:
            self.apply()

    def apply(self) -> None:
        """What rings, or is being served, is left alone."""
        store, text = self.town.store, self.dice.choice([TOWN, POLICIES])
        before = store.read(_live_offers)
        domains = store.read(domains_of, slug="town")
        store.write(apply_network, domain=domains, file=read_network(text, "town.toml"), hashes={})
        assert store.read(_live_offers) == before


@pytest.mark.parametrize("seed", SEEDS)
def test_with_every_policy_the_invariants_hold_and_every_decision_can_be_gone_through_again(store, clock, seed):
    day = RuledDay(Town.built(store, clock, POLICIES), seed)

    for _ in range(60):
        day.step()

    assert day.done > 15
    assert store.read(inspection.broken_invariants) == []
    assert any(one.record["decided"] for one in store.read(lambda tx: list(decisions.latest(tx, 9))))


def _live_offers(tx: Tx) -> list[tuple[Any, ...]]:
    found = sa.select(work.offer).where(work.offer.c.state.in_(("ringing", "accepted"))).order_by(work.offer.c.id)
    return [tuple(row) for row in tx.execute(found)]
