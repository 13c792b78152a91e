"""Many people at once, at several processes: visitors come and go, agents call, answer and finish, a worker works."""

import random
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from qms.domain.errors import Refused
from qms.domain.ticket import Ticket
from qms.services import offering, passes, presence, serving, visitors
from qms.services.admission import TakeTicket
from qms.services.inspection import broken_invariants
from qms.services.intake import take_tickets
from qms.store import sessions
from qms.store.schema import work
from qms.store.store import Store
from qms.store.tx import Tx
from tests.db.networks import settle
from tests.db.waiting import in_threads

CALLERS, ANSWERERS, VISITORS = 6, 4, 5

CROWD = """
[account]
slug = "crowd"

[[branch]]
key = "hall"

[[queue]]
key = "cash"
prefix = "C"
branches = ["hall"]
mode = "counter"
wrap_up_seconds = 0

[[queue]]
key = "video"
prefix = "V"
branches = ["hall"]
wrap_up_seconds = 0
""" + "".join(
    f'\n[[agent]]\nkey = "{queue}-{n}"\nqueues = ["{queue}"]\n'
    for queue, many in (("cash", CALLERS), ("video", ANSWERERS))
    for n in range(many)
)


class Crowd:
    """A crowd before some stores, each like a process of its own. `hammer` lets it loose."""

    def __init__(self, stores: Sequence[Store]) -> None:
        self.stores = stores
        self.taken: list[Ticket] = []
        self.refused: list[str] = []
        self.network = settle(stores[0], CROWD)
        (self.domain,) = {queue.domain_id for queue in self.network.queues.values()}
        self.account = self.network.account.id

    def hammer(self, *, rounds: int) -> list[str]:
        """Work for so many rounds each; what has gone wrong, in one line each."""
        for agent in self.network.agents:
            self._do(0, presence.set_presence, agent=agent, state="idle")
        agents = [agent.id for agent in self.network.agents.values()]
        jobs: list[tuple[Callable[[int, str, random.Random], None], str]] = []
        jobs += [(self._call, agent) for agent in agents[:CALLERS]]
        jobs += [(self._answer, agent) for agent in agents[CALLERS:]]
        jobs += [(self._visit, str(n)) for n in range(VISITORS)] + [(self._work, "")]
        start = threading.Barrier(len(jobs))

        def run(n: int) -> None:
            start.wait()
            job, who = jobs[n]
            for round_ in range(rounds):
                job(n, who, random.Random(n * 1000 + round_))

        in_threads(run, len(jobs))
        return [*self.refused, *self.stores[0].read(broken_invariants), *self.stores[0].read(self._disorder)]

    # -- what each of them does ---------------------------------------------------------------------------------------

    def _visit(self, n: int, who: str, chance: random.Random) -> None:
        queue = chance.choice(["cash", "video"])
        item = TakeTicket(account=self.account, branch="hall", queue=queue, source="kiosk")
        try:
            ticket = self._store(n).take(take_tickets, item, domain=self.domain)
        except Refused as refused:
            self.refused.append(f"a visitor was refused: {refused}")
            return
        self.taken.append(ticket)
        if chance.random() < 0.2:
            self._try(n, visitors.leave, link=ticket.link)

    def _call(self, n: int, agent: str, chance: random.Random) -> None:
        """Nothing rings for a caller, so that nothing he does may be refused."""
        try:
            self._do(n, serving.next_ticket, agent=agent)
        except Refused as refused:
            self.refused.append(f"next was refused: {refused}")

    def _answer(self, n: int, agent: str, chance: random.Random) -> None:
        offer = self._store(n).read(_ringing, agent=agent)
        if offer is not None:
            self._try(n, chance.choice([offering.answer, offering.decline]), agent=agent, offer=offer)
        self._try(n, serving.finish, agent=agent)

    def _work(self, n: int, who: str, chance: random.Random) -> None:
        try:
            self._store(n).write(passes.run, domain=self.domain, routing_domain=self.domain)
        except Refused as refused:
            self.refused.append(f"a pass was refused: {refused}")

    def _do(self, n: int, service: Any, **arguments: Any) -> Any:
        return self._store(n).write(service, domain=self.domain, account=self.account, **arguments)

    def _try(self, n: int, service: Any, **arguments: Any) -> None:
        """Whoever comes too late is refused, and that is all."""
        more = {} if service is visitors.leave else {"account": self.account}
        with suppress(Refused):
            self._store(n).write(service, domain=self.domain, **more, **arguments)

    def _store(self, n: int) -> Store:
        return self.stores[n % len(self.stores)]

    # -- what must be true --------------------------------------------------------------------------------------------

    def _disorder(self, tx: Tx) -> list[str]:
        """Numbers without gaps in the order of arrival; nobody lost; nobody called twice, or before somebody else."""
        found = {ticket.id: ticket for ticket in tx.all(Ticket, sa.select(work.ticket))}
        wrong = [] if found.keys() == {ticket.id for ticket in self.taken} else ["tickets are not those acknowledged"]
        for queue in self.network.queues.values():
            line = sorted((t for t in found.values() if t.queue_id == queue.id), key=lambda t: (t.key, t.seq))
            if [ticket.own_number for ticket in line] != list(range(1, len(line) + 1)):
                wrong.append(f"{queue.key}: numbers are not in the order of arrival")
            if len({ticket.seq for ticket in line}) != len(line):
                wrong.append(f"{queue.key}: two arrivals have one seq")
        cash = self.network.queues.find("cash").id
        calls = [found[id] for id in tx.execute(_calls(cash)).scalars()]
        if len({ticket.id for ticket in calls}) != len(calls):
            wrong.append("somebody was called twice")
        if any((a.key, a.seq) > (b.key, b.seq) for a, b in pairwise(calls)):
            wrong.append("somebody was called before another one who came first")
        return wrong


def _ringing(tx: Tx, *, agent: str) -> str | None:
    session = sessions.of_agent(tx, agent)
    offers = sessions.offers_at(tx, session) if session is not None else []
    return next((offer.id for offer in offers if offer.state == "ringing"), None)


def _calls(queue: str) -> sa.Select[Any]:
    return sa.select(work.call.c.ticket_id).where(work.call.c.queue_id == queue).order_by(work.call.c.seq)
