"""A small organisation at work: an operator's network, agents and visitors, a distributor that runs when told to.

`main` has two booths and two counters, `bare` has neither; `far` is another routing domain.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from acd.engine.invariants import Offer as LiveOffer
from acd.engine.invariants import check_offers
from qms.domain.network import Network
from qms.domain.offer import Offer
from qms.domain.session import Session
from qms.domain.ticket import Ticket
from qms.services import passes, presence
from qms.services.admission import TakeTicket
from qms.services.intake import take_tickets
from qms.store import journal, sessions, tickets
from qms.store.schema import work
from qms.store.store import Store
from qms.store.tx import Tx
from tests.clock import HandClock
from tests.db.networks import settle

TOWN = """
[account]
slug = "town"
timezone = "America/Santiago"

[[branch]]
key = "main"
pocs = [
    { key = "b1", kind = "booth" }, { key = "b2", kind = "booth" },
    { key = "c1", kind = "counter" }, { key = "c2", kind = "counter" },
]

[[branch]]
key = "bare"

[[branch]]
key = "far"
pocs = [{ key = "f1", kind = "counter" }]

[[queue]]
key = "video"
prefix = "V"
branches = ["main", "bare"]
mode = "booth"

[[queue]]
key = "cash"
prefix = "C"
branches = ["main", "bare"]
mode = "counter"
wrap_up_seconds = 0

[[queue]]
key = "desk"
prefix = "D"
branches = ["main"]
mode = "counter"
call = "push"
wrap_up_seconds = 0

[[queue]]
key = "far-cash"
prefix = "F"
branches = ["far"]
mode = "counter"
wrap_up_seconds = 0

[[agent]]
key = "ana"
queues = ["video", "cash"]

[[agent]]
key = "ben"
queues = ["video", "cash", "desk"]

[[agent]]
key = "cyd"
queues = ["desk"]

[[agent]]
key = "fay"
queues = ["far-cash"]
"""


@dataclass(slots=True)
class Town:
    """Short names for what happens. After every step the invariants hold."""

    store: Store
    clock: HandClock
    network: Network

    @classmethod
    def built(cls, store: Store, clock: HandClock, text: str = TOWN) -> "Town":
        """The town with nobody in it."""
        return cls(store, clock, settle(store, text))

    @property
    def account(self) -> str:
        """The account's id."""
        return self.network.account.id

    def agent(self, key: str) -> str:
        """The id of an agent."""
        return self.network.agents.find(key).id

    def poc(self, key: str) -> str:
        """The id of a POC."""
        return self.network.pocs.find(key).id

    # -- what happens -----------------------------------------------------------------------------------------------

    def take(self, queue: str = "cash", branch: str | None = "main", **more: Any) -> Ticket:
        """A second passes, and somebody takes a number."""
        self.clock.move(seconds=1)
        line = self.network.queues.find(queue)
        item = TakeTicket(account=self.account, branch=branch, queue=queue, source="kiosk", **more)
        taken = self._checked(self.store.take(take_tickets, item, domain=line.domain_id))
        self.clock.move(microseconds=1)  # as any real clock would: the journal orders by time
        return taken

    def do(self, service: Callable[..., Any], agent: str, **more: Any) -> Any:
        """An agent's command."""
        who = self.network.agents.find(agent)
        return self._checked(
            self.store.write(service, domain=who.domain_id, account=self.account, agent=who.id, **more)
        )

    def present(self, agent: str, state: str = "idle", **more: Any) -> Session:
        """An agent says where he is."""
        return self.do(presence.set_presence, agent, state=state, **more)

    def work(self, branch: str = "main") -> int:
        """A pass of the distributor over a branch's domain; how many offers it made."""
        domain = self.network.branches.find(branch).domain_id
        return self._checked(self.store.write(passes.run, domain=domain, routing_domain=domain))

    # -- how things are ---------------------------------------------------------------------------------------------

    def now(self, ticket: Ticket) -> Ticket:
        """A ticket as it is now."""
        return self._known(self.store.read(tickets.get, id=ticket.id))

    def session(self, agent: str) -> Session:
        """The session of an agent who is on duty."""
        return self._known(self.store.read(sessions.of_agent, agent=self.agent(agent)))

    def state(self, agent: str) -> str:
        """The state of an agent's session; offline where he has none."""
        session = self.store.read(sessions.of_agent, agent=self.agent(agent))
        return session.state if session is not None else "offline"

    def offer(self, agent: str) -> Offer:
        """What rings or is being served at an agent's desk."""
        return self.store.read(sessions.offers_at, session=self.session(agent))[0]

    def offers(self, ticket: Ticket) -> list[str]:
        """The states of all offers of a ticket, oldest first."""
        return [offer.state for offer in self.store.read(sessions.offers_of_ticket, ticket=ticket.id)]

    def events(self, ticket: Ticket) -> list[str]:
        """What the journal says of a ticket."""
        return [entry.name.removeprefix("ticket.") for entry in self.store.read(journal.of_entity, entity=ticket.id)]

    def line(self, queue: str, branch: str = "main") -> list[str]:
        """The numbers that wait, in order."""
        line = self.network.queues.find(queue)
        here = [(line.id, self.network.branches.find(branch).id)]
        found = self.store.read(tickets.waiting_in, domain=line.domain_id, lines=here)
        return [ticket.number for ticket in found]

    def _checked(self, value: Any) -> Any:
        broken = self.store.read(broken_invariants)
        assert broken == []
        return value

    def _known(self, value: Any) -> Any:
        assert value is not None
        return value


def broken_invariants(tx: Tx) -> list[str]:
    """I1, I2, I3 and I8 over what is stored: one line for each breach."""
    live = tx.all(Offer, sa.select(work.offer).where(work.offer.c.state.in_(("ringing", "accepted"))))
    on_duty = tx.all(Session, sa.select(work.session).where(work.session.c.ended_at.is_(None)))
    all_tickets = tx.all(Ticket, sa.select(work.ticket))
    by_ticket = {offer.ticket_id: offer for offer in live}
    by_session = {offer.session_id: offer for offer in live}
    held = {"ringing": "offered", "accepted": "called serving"}
    lanes = Counter({session: 1 for session in by_session})
    found = check_offers([LiveOffer(o.ticket_id, o.session_id, o.poc_id) for o in live], lanes)
    for ticket in all_tickets:
        offer = by_ticket.get(ticket.id)
        if offer is not None and ticket.state not in held[offer.state]:
            found.append(f"I3: {ticket.number} is {ticket.state} and {offer.state}")
        if offer is None and ticket.state in ("offered", "called", "serving"):
            found.append(f"I3: {ticket.number} is {ticket.state} without an offer")
    wanted = {"ringing": "ringing", "busy": "accepted"}
    for session in on_duty:
        offer = by_session.get(session.id)
        if (offer.state if offer else None) != wanted.get(session.state):
            found.append(f"I8: a session is {session.state} with an offer {offer.state if offer else None}")
        if session.state in ("ringing", "wrap_up", "missed") and session.until is None:
            found.append(f"I8: a session is {session.state} for ever")
    return found
