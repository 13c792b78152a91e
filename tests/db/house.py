"""A house at work: what people do in it, by keys, through the services as the faces call them."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from qms.domain.network import Network
from qms.domain.offer import LIVE_OFFER, Offer
from qms.domain.session import Session
from qms.domain.ticket import Ticket
from qms.services import offering, passes, presence, serving, visitors
from qms.services.admission import TakeTicket
from qms.services.applying import Applied
from qms.services.intake import take_tickets
from qms.store.schema import work
from qms.store.store import Store
from qms.store.tx import Tx
from tests.db.networks import apply


class House:
    """One account on a store. Ids of the network are looked up afresh, since a network may be applied any time."""

    def __init__(self, store: Store, text: str) -> None:
        self.store = store
        self.applied = self.apply(text)

    def apply(self, text: str, **how: Any) -> Applied:
        """Apply a network file of the account."""
        self.applied = apply(self.store, text, **how)
        return self.applied

    @property
    def network(self) -> Network:
        """As it stands."""
        return self.store.read(_network, slug=self.applied.account)

    @property
    def account(self) -> str:
        """The account's id."""
        return self.network.account.id

    @property
    def domains(self) -> list[str]:
        """The routing domains in use, in id order."""
        network = self.network
        found = {branch.domain_id for branch in network.branches.values()}
        found |= {queue.domain_id for queue in network.queues.values()}
        return sorted(found | {agent.domain_id for agent in network.agents.values()})

    def take(self, queue: str, branch: str | None = None, **more: Any) -> Ticket:
        """Somebody takes a number; on site, where a branch is named."""
        network = self.network
        line = network.queues.find(queue)
        where = network.branches.find(branch).id if branch is not None else None
        item = TakeTicket(
            account=network.account.id,
            branch=where,
            queue=line.id,
            place="remote" if where is None else "onsite",
            **{"source": "kiosk", **more},
        )
        taken: Ticket = self.store.take(take_tickets, item, domain=line.domain_id)
        return taken

    def do(self, service: Callable[..., Any], agent: str, **arguments: Any) -> Any:
        """An agent does something."""
        who = self.network.agents.find(agent)
        return self.store.write(service, domain=who.domain_id, account=who.account_id, agent=who.id, **arguments)

    def sign_in(self, agent: str, poc: str | None = presence.KEEP, **more: Any) -> Session:
        """An agent comes, or comes back."""
        session: Session = self.do(presence.set_presence, agent, **{"state": "idle", "poc": poc, **more})
        return session

    def next(self, agent: str, queue: str | None = None) -> Ticket | None:
        """An agent calls the next."""
        ticket: Ticket | None = self.do(serving.next_ticket, agent, queue=queue)
        return ticket

    def answer(self, agent: str) -> Ticket:
        """An agent answers what rings."""
        (offer,) = [o for o in self.offers() if o.agent_id == self.network.agents.find(agent).id]
        ticket: Ticket = self.do(offering.answer, agent, offer=offer.id)
        return ticket

    def leave(self, ticket: Ticket) -> Ticket:
        """A visitor goes."""
        return self.store.write(visitors.leave, domain=ticket.domain_id, link=ticket.link)

    def run_passes(self) -> int:
        """A pass over every routing domain; how many offers were made."""
        return sum(self.store.write(passes.run, domain=one, routing_domain=one) for one in self.domains)

    def ticket(self, ticket: Ticket) -> Ticket:
        """The ticket as it stands."""
        (found,) = self._all(Ticket, work.ticket, work.ticket.c.id == ticket.id)
        return found

    def tickets(self, *states: str) -> list[Ticket]:
        """All tickets of the account, or those in these states, in the order of arrival."""
        found = self._all(Ticket, work.ticket, work.ticket.c.state.in_(states) if states else sa.true())
        return sorted(found, key=lambda ticket: (ticket.enqueued_at, ticket.seq))

    def offers(self) -> list[Offer]:
        """All live offers of the account."""
        return self._all(Offer, work.offer, work.offer.c.state.in_(sorted(LIVE_OFFER)))

    def session(self, agent: str) -> Session | None:
        """The agent's session, if he is signed in."""
        who = self.network.agents.find(agent).id
        found = self._all(Session, work.session, (work.session.c.agent_id == who) & work.session.c.ended_at.is_(None))
        return found[0] if found else None

    def _all(self, kind: type[Any], table: sa.Table, where: sa.ColumnElement[bool]) -> list[Any]:
        mine = table.c.account_id == self.account
        return self.store.read(lambda tx: tx.all(kind, sa.select(table).where(mine & where)))


def _network(tx: Tx, *, slug: str) -> Network:
    ((id,),) = tx.raw("SELECT id FROM account WHERE slug = :slug", {"slug": slug})
    return tx.network(id)
