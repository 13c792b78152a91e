"""Everything at work in an account at one instant, and what must be true of it; said independently of the services."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import sqlalchemy as sa

from qms.domain.network import Network, Queue
from qms.domain.offer import Offer
from qms.domain.session import Session
from qms.domain.ticket import NORMAL, Ticket
from qms.services.inspection import broken_invariants
from qms.store.columns import micros
from qms.store.schema import work
from qms.store.tx import Tx


@dataclass(frozen=True, kw_only=True)
class World:
    """Who waits, rings, serves; `told` counts what was announced and written down."""

    network: Network = field(compare=False)
    now: datetime = field(compare=False)
    tickets: dict[str, Ticket]
    offers: dict[str, Offer]
    sessions: dict[str, Session]
    told: tuple[int, ...]

    @classmethod
    def seen(cls, tx: Tx, *, account: str) -> "World":
        """The world of an account as it stands."""

        def everything(kind, table):
            found = tx.all(kind, sa.select(table).where(table.c.account_id == account))
            return {one.id: one for one in found}

        def count(table):
            return tx.execute(sa.select(sa.func.count()).select_from(table)).scalar()

        return cls(
            network=tx.network(account),
            now=tx.now,
            tickets=everything(Ticket, work.ticket),
            offers=everything(Offer, work.offer),
            sessions=everything(Session, work.session),
            told=(count(work.call), count(work.journal), count(work.number_counter)),
        )

    def waiting(self) -> list[Ticket]:
        """Who waits, the most urgent first."""
        return sorted((t for t in self.tickets.values() if t.state == "waiting"), key=_turn)

    def on_duty(self) -> list[Session]:
        """Who is signed in."""
        return [session for session in self.sessions.values() if session.ended_at is None]

    def idle(self) -> list[Session]:
        """Who could be given somebody."""
        return [s for s in self.on_duty() if s.state == "idle" and s.disconnected_at is None]

    def live(self) -> list[Offer]:
        """Offers that ring, or are being served."""
        return [offer for offer in self.offers.values() if offer.live]

    def queue(self, ticket: Ticket) -> Queue:
        """The queue of a ticket."""
        return self.network.queues[ticket.queue_id]


def _turn(ticket: Ticket) -> tuple[int, datetime, int]:
    return (ticket.band, ticket.key, ticket.seq)


def broken(tx: Tx, *, account: str) -> list[str]:
    """What is wrong in an account's world whatever has happened before; with a worker that has just been there."""
    world = World.seen(tx, account=account)
    return [*broken_invariants(tx), *_left_beside(world), *_overdue(world)]


def _left_beside(world: World) -> list[str]:
    """I6: where a queue pushes, nobody waits beside an idle agent who may serve him, with a place to go."""
    return [
        f"I6: {ticket.number} waits beside {world.network.agents[session.agent_id].key}"
        for ticket in world.waiting()
        if world.queue(ticket).call == "push"
        for session in world.idle()
        if _may_take(world, session, ticket) and _has_place(world, session, ticket)
    ]


def _overdue(world: World) -> list[str]:
    """I7, I10: nothing rings past its deadline; who has waited too long is escalated."""
    ringing = [offer for offer in world.live() if offer.state == "ringing"]
    late = [f"I7: {o.id} still rings" for o in ringing if o.deadline is None or o.deadline <= world.now]
    return late + [
        f"I10: {ticket.number} has waited too long"
        for ticket in world.waiting()
        if ticket.band >= NORMAL
        and ticket.enqueued_at + timedelta(minutes=world.queue(ticket).max_wait_minutes) <= world.now
    ]


def out_of_turn(before: World, after: World) -> list[str]:
    """I4: in a lane nobody is given an agent whom somebody before him might have had."""
    made = [offer for id, offer in after.offers.items() if id not in before.offers]
    return [
        f"I4: {after.tickets[offer.ticket_id].number} goes before {ticket.number}"
        for offer in made
        for ticket in after.waiting()
        if _lane(ticket) == _lane(taken := after.tickets[offer.ticket_id])
        and _turn(ticket) < _turn(taken)
        and _may_take(after, after.sessions[offer.session_id], ticket, again=_cooled(after, taken, offer.agent_id))
    ]


def moved(before: World, after: World) -> list[str]:
    """I5: the tickets whose place in line has changed."""
    places = {id: (ticket.key, ticket.seq) for id, ticket in before.tickets.items()}
    return [t.number for id, t in after.tickets.items() if id in places and places[id] != (t.key, t.seq)]


def _lane(ticket: Ticket) -> tuple[str, str | None]:
    return (ticket.queue_id, ticket.branch_id)


def _cooled(world: World, ticket: Ticket, agent: str) -> bool:
    return ticket.cooldowns.get(agent, 0) > micros(world.now)


def _may_take(world: World, session: Session, ticket: Ticket, *, again: bool = False) -> bool:
    """Whether an agent serves the queue, has not just declined the ticket, and it is not held for another one."""
    agent = session.agent_id
    there = {one.agent_id for one in world.on_duty() if one.state != "away"}
    until = ticket.preferred_until
    held = until is not None and until > world.now and ticket.preferred_agent_id in there - {agent}
    serves = ticket.queue_id in world.network.agents[agent].queues
    return serves and not held and (again or not _cooled(world, ticket, agent))


def _has_place(world: World, session: Session, ticket: Ticket) -> bool:
    """Whether there is a booth or counter that the visitor can be sent to with this agent, if he needs one."""
    if ticket.place == "remote" or ticket.branch_id is None:
        return True
    taken = {offer.poc_id for offer in world.live()}
    kind = world.queue(ticket).mode
    pocs = [poc.id for poc in world.network.pocs_by_branch.get(ticket.branch_id, ()) if poc.kind == kind]
    if kind == "counter" and pocs:
        return session.branch_id == ticket.branch_id and session.poc_id is not None and session.poc_id not in taken
    return not pocs or any(poc not in taken for poc in pocs)
