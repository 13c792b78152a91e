"""Destinations: where a person at a desk can be sent on to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qms.domain.network import Agent, Branch, Network, Queue
from qms.store import sessions
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Destinations:
    """Queues and branches of the account, and the colleagues who serve any; `states` by agent, of those on duty."""

    network: Network
    queues: Sequence[Queue]
    branches: Sequence[Branch]
    agents: Sequence[Agent]
    states: Mapping[str, str]


def destinations(tx: Tx, *, account: str) -> Destinations:
    """All there are in an account; which of them suit a ticket, `transfer` decides."""
    network = tx.network(account)
    domains = sorted({agent.domain_id for agent in network.agents.values() if agent.queues})
    on_duty = [session for domain in domains for session in sessions.on_duty(tx, domain)]
    return Destinations(
        network=network,
        queues=list(network.queues.values()),
        branches=list(network.branches.values()),
        agents=[agent for agent in network.agents.values() if agent.queues],
        states={session.agent_id: session.state for session in on_duty},
    )
