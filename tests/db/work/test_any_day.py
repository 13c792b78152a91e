"""Any day: people and agents do whatever they like, in any order; the invariants hold after every step."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from qms.domain.errors import Refused
from qms.domain.ticket import Ticket
from qms.services import offering, serving, sockets, visitors
from qms.services.reception import reactivate
from qms.services.transfer import transfer
from tests.db.work.town import Town

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
        commands += [serving.park, serving.resume, serving.undo, serving.finish_wrap_up, transfer, reactivate]
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


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_the_invariants_hold(town, seed):
    day = Day(town, seed)

    for _ in range(60):
        day.step()

    assert day.done > 15
