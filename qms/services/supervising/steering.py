"""Who steers what: a supervisor's reach, and the audit of what he has done with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from qms.domain import access
from qms.domain.errors import NotFound
from qms.domain.network import Agent, Branch, Network, Queue
from qms.domain.session import Session
from qms.domain.ticket import Ticket
from qms.services.desk_state import served_by
from qms.store import sessions, tickets
from qms.store.tx import Tx

WATCH, STEER = "board.watch", "board.steer"
NOWHERE = ""
"""In place of a branch's id: none is called that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steering:
    """A supervisor at work in his account."""

    network: Network
    by: Agent

    def require(self, branches: Iterable[str | None]) -> None:
        """Insist that he may steer one of these branches; what is at none takes somebody who may steer all.

        Raises:
            Forbidden: he may steer none of them.
        """
        there = [branch for branch in branches if branch is not None] or [NOWHERE]
        if not any(access.may(self.by, STEER, branch) for branch in there):
            access.require(self.by, STEER, there[0])

    def agent(self, tx: Tx, agent: str) -> tuple[Agent, Session | None]:
        """An agent whom he may steer, by id or key, held; with his session.

        Raises:
            NotFound: there is none. Forbidden: he works at other branches.
        """
        who = self.network.agents.find(agent)
        tx.hold(who.domain_id)
        session = sessions.of_agent(tx, who.id)
        self.require([*places_of(self.network, who), session.branch_id if session is not None else None])
        return who, session

    def ticket(self, tx: Tx, ticket: str) -> Ticket:
        """A ticket that he may steer, held.

        Raises:
            NotFound: there is none. Forbidden: it is of another branch.
        """
        found = ticket_of(tx, self, ticket)
        tx.hold(found.domain_id)
        queue = self.network.queues.get(found.queue_id)
        self.require([found.branch_id] if found.branch_id or queue is None else queue.branch_ids)
        return found

    def note(self, tx: Tx, action: str, object: str, **data: Any) -> None:
        """Write down what he has done."""
        tx.note(self.by.account_id, self.by.id, action, object, data)


def ticket_of(tx: Tx, steer: Steering, ticket: str) -> Ticket:
    """A ticket of the account.

    Raises:
        NotFound: there is none.
    """
    found = tickets.get(tx, ticket)
    if found is None or found.account_id != steer.network.account.id:
        raise NotFound("ticket", ticket)
    return found


def begin(tx: Tx, account: str, by: str) -> Steering:
    """A supervisor's command begins.

    Raises:
        NotFound: he is not there any more.
    """
    network = tx.network(account)
    return Steering(network=network, by=network.agents.find(by))


def places_of(network: Network, agent: Agent) -> list[str]:
    """The branches of the queues that an agent serves."""
    return list(dict.fromkeys(branch for queue in served_by(network, agent) for branch in queue.branch_ids))


def watched(network: Network, viewer: Agent, branch: str | None) -> list[Branch]:
    """The branch that somebody wants to watch, by id or key, or all that he may.

    Raises:
        NotFound: there is no such branch. Forbidden: he may not watch it, or none.
    """
    if branch is None:
        access.require(viewer, WATCH)
        return list(access.branches(network, viewer, WATCH))
    place = network.branches.find(branch)
    access.require(viewer, WATCH, place.id)
    return [place]


def queues_at(network: Network, branches: Iterable[Branch]) -> list[Queue]:
    """The queues of some branches, each once, in the order of the network file."""
    there = {branch.id for branch in branches}
    return [queue for queue in network.queues.values() if not there.isdisjoint(queue.branch_ids)]
