"""The reception: numbers for people who ask the staff, and no-shows who came after all."""

from collections.abc import Mapping
from typing import Any

from qms.domain import access
from qms.domain.errors import Invalid, NotFound
from qms.domain.network import Agent, Network, Queue
from qms.domain.routing import routing
from qms.domain.ticket import Ticket
from qms.services import serving
from qms.services.admission import TakeTicket
from qms.services.explanation import find
from qms.services.intake import take_ticket
from qms.store import sessions
from qms.store.tx import Tx


def walk_in(
    tx: Tx,
    *,
    agent: Agent,
    queue: str,
    branch: str | None = None,
    language: str | None = None,
    customer: Mapping[str, Any] | None = None,
    ticket_class: str | None = None,
) -> Ticket:
    """Give somebody a place who is here, in a queue that the agent serves, or in any if he supervises.

    Without a branch it is where the agent sits, or the only one that has the queue.

    Raises:
        NotFound: no such queue or branch (for this agent). Invalid: several branches have the queue, or it knows
            no such class.
        Forbidden: he supervises other branches. BranchClosed, NoAgentAvailable: as for any ticket.
    """
    network = tx.network(agent.account_id)
    line = network.queues.find(queue)
    if line.id not in agent.queues and not access.may(agent, "board.steer"):
        raise NotFound("queue", queue)
    known = {*line.credit_seconds, *routing(network, line).emergency}
    if ticket_class is not None and ticket_class not in known:
        raise Invalid("class", "one of " + ", ".join(sorted(known)) if known else "no class for this queue")
    tx.hold(line.domain_id)
    where = branch if branch is not None else _here(tx, network, agent, line)
    if line.id not in agent.queues and where is not None:
        access.require(agent, "board.steer", network.branches.find(where).id)
    item = TakeTicket(
        account=agent.account_id,
        branch=where,
        queue=line.id,
        source="desk",
        language=language,
        customer=customer,
        ticket_class=ticket_class,
        place="remote" if where is None else "onsite",
    )
    return take_ticket(tx, item)


def reactivate(tx: Tx, *, account: str, agent: str, ticket: str) -> Ticket:
    """Put a no-show who came after all back in line in the old place.

    Raises:
        NotFound: no such ticket, or not for this agent. Conflict: it is no no-show.
    """
    viewer = tx.network(account).agents.find(agent)
    found = find(tx, account=account, viewer=viewer, ticket=ticket)
    return serving.reactivate(tx, account=account, ticket=found.id)


def _here(tx: Tx, network: Network, agent: Agent, queue: Queue) -> str | None:
    branches = [branch for branch in queue.branch_ids if branch in network.branches]
    session = sessions.of_agent(tx, agent.id)
    if session is not None and session.branch_id in branches:
        return session.branch_id
    if len(branches) > 1:
        raise Invalid("branch", "one of " + ", ".join(network.branches[branch].key for branch in branches))
    return branches[0] if branches else None
