"""Who works, as JSON: agents with what they have, and where they sit."""

from datetime import datetime
from typing import Any

from msgspec import Struct

from desk.wire import Named, PocShape
from qms.domain.network import Agent, Network
from qms.services.supervising.board import AgentSeen, Held, PocSeen


class HeldShape(Struct, kw_only=True):
    """A ticket that an agent has, in one of his lanes."""

    id: str
    number: str
    state: str
    queue: Named | None
    branch: Named | None
    poc: PocShape | None
    lane: int
    since: datetime

    @classmethod
    def of(cls, held: Held, network: Network) -> "HeldShape":
        ticket, offer = held.ticket, held.offer
        return cls(
            id=ticket.id,
            number=ticket.number,
            state=ticket.state,
            queue=Named.of(network.queues.get(ticket.queue_id)),
            branch=Named.of(network.branches.get(ticket.branch_id or "")),
            poc=PocShape.of(network.pocs.get(offer.poc_id or "")),
            lane=offer.lane,
            since=ticket.serving_since or ticket.called_at or offer.made_at,
        )


class AgentOnBoard(Struct, kw_only=True):
    """An agent. `since` is of his state; `moved`: he serves `queues` for the time being, in place of his own."""

    id: str
    key: str
    name: str
    role: str
    state: str
    reason: str | None
    since: datetime | None
    until: datetime | None
    pending_away: str | None
    disconnected: bool
    branch: Named | None
    poc: PocShape | None
    queues: list[Named]
    moved: bool
    tickets: list[HeldShape]

    @classmethod
    def of(cls, seen: AgentSeen, network: Network) -> "AgentOnBoard":
        agent, session = seen.agent, seen.session
        about: dict[str, Any] = {"state": "offline", "disconnected": False}
        about |= dict.fromkeys(("reason", "since", "until", "pending_away", "branch", "poc"))
        if session is not None:
            about = {
                "state": session.state,
                "reason": session.reason or None,
                "since": session.state_since,
                "until": session.until,
                "pending_away": session.pending_away,
                "disconnected": session.disconnected_at is not None,
                "branch": Named.of(network.branches.get(session.branch_id or "")),
                "poc": PocShape.of(network.pocs.get(session.poc_id or "")),
            }
        queues = [Named.of(network.queues[id]) for id in agent.queues if id in network.queues]
        return cls(
            id=agent.public_id,
            key=agent.key,
            name=agent.name,
            role=agent.role,
            queues=[queue for queue in queues if queue is not None],
            moved=seen.moved,
            tickets=[HeldShape.of(held, network) for held in seen.held],
            **about,
        )


class Person(Struct, kw_only=True):
    """An agent by name."""

    id: str
    name: str

    @classmethod
    def of(cls, agent: Agent | None) -> "Person | None":
        return None if agent is None else cls(id=agent.public_id, name=agent.name)


class PocOnBoard(Struct, kw_only=True):
    """A point of contact: who sits there, and the number that was called to it."""

    id: str
    key: str
    label: str
    kind: str
    branch: Named | None
    agent: Person | None
    number: str | None

    @classmethod
    def of(cls, seen: PocSeen, network: Network) -> "PocOnBoard":
        poc = seen.poc
        return cls(
            id=poc.public_id,
            key=poc.key,
            label=poc.label,
            kind=poc.kind,
            branch=Named.of(network.branches.get(poc.branch_id)),
            agent=Person.of(seen.agent),
            number=seen.ticket.number if seen.ticket is not None else None,
        )
