"""Who is on duty, and for which queues that counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qms.domain.network import Branch, Network, Queue
from qms.domain.routing import capacity
from qms.domain.value import value
from qms.store.tx import Tx

_ON_DUTY = (
    "SELECT agent_id, branch_id, state, disconnected_at, spare FROM session "
    "WHERE domain_id = :domain AND ended_at IS NULL"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who is there for a queue at a branch: signed in at all, on duty (not away), free at once.

    Who may have several people at once counts for as many of them. `serve` are all the queues that those on duty serve.
    """

    signed_in: int = 0
    on_duty: int = 0
    idle: int = 0
    serve: frozenset[str] = frozenset()


@value(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody on duty, and at which branch's POC."""

    agent: str
    branch: str | None
    on_duty: bool
    idle: bool
    spare: int = 0


def there(tx: Tx, network: Network, queues: Iterable[Queue], branch: Branch | None) -> Mapping[str, Staff]:
    """Who is there for each of some queues at a branch, by the queue's id.

    For a counter queue only those count who sit at one of the branch's counters, if it has any. An agent counts in
    full for every queue that he serves.
    """
    wanted = list(queues)
    found = seats(tx, {queue.domain_id for queue in wanted})
    return {queue.id: of(network, queue, branch, found) for queue in wanted}


def queues_served(tx: Tx, network: Network, domain: str) -> set[str]:
    """The queues of a routing domain that somebody serves who is signed in, be he away."""
    agents = (network.agents.get(seat.agent) for seat in seats(tx, [domain]))
    return {queue for agent in agents if agent is not None for queue in agent.queues}


def seats(tx: Tx, domains: Iterable[str]) -> list[Seat]:
    """Everybody who is on duty in some routing domains."""
    rows = (row for domain in sorted(domains) for row in tx.raw(_ON_DUTY, {"domain": domain}))
    return [
        Seat(
            agent=agent,
            branch=branch,
            on_duty=state != "away" and disconnected_at is None,
            idle=state == "idle" and disconnected_at is None,
            spare=spare if disconnected_at is None else 0,
        )
        for agent, branch, state, disconnected_at, spare in rows
    ]


def of(network: Network, queue: Queue, branch: Branch | None, seats: Iterable[Seat]) -> Staff:
    """Who of those on duty is there for a queue at a branch."""
    there = [seat for seat in seats if _serves(network, queue, seat) and _takes(network, queue, branch, seat)]
    on_duty = [seat for seat in there if seat.on_duty]
    return Staff(
        signed_in=len(there),
        on_duty=sum(_lanes(network, queue, seat) for seat in on_duty),
        idle=sum(_lanes(network, queue, seat) if seat.idle else seat.spare for seat in there),
        serve=frozenset(id for seat in on_duty for id in network.agents[seat.agent].queues),
    )


def _lanes(network: Network, queue: Queue, seat: Seat) -> int:
    """How many of a queue's people somebody may have at once."""
    return capacity(network, network.agents.get(seat.agent), queue.id)


def _serves(network: Network, queue: Queue, seat: Seat) -> bool:
    agent = network.agents.get(seat.agent)
    return agent is not None and queue.id in agent.queues


def _takes(network: Network, queue: Queue, branch: Branch | None, seat: Seat) -> bool:
    if queue.mode == "booth" or branch is None or seat.branch == branch.id:
        return True
    return not any(poc.kind == "counter" for poc in network.pocs_by_branch.get(branch.id, ()))
