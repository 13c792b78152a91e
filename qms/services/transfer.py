"""Transfer: a person at a desk goes on to another queue, agent or branch."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

from qms.domain.errors import BranchClosed, Invalid, NotFound
from qms.domain.network import Network
from qms.domain.ticket import EMERGENCY, NORMAL, Ticket
from qms.services import on_duty, opening, serving
from qms.services.events import ticket_event
from qms.store import tickets
from qms.store.columns import micros
from qms.store.tx import Tx

Where = Literal["keep", "first", "last"]
JUST_BEFORE = timedelta(microseconds=1)


def transfer(
    tx: Tx,
    *,
    account: str,
    agent: str,
    queue: str | None = None,
    to_agent: str | None = None,
    branch: str | None = None,
    place: Where = "keep",
    ticket: str | None = None,
) -> Ticket:
    """Send the person at the desk on. `keep` counts the whole wait so far, `first` and `last` what they say.

    The number stays as it is. To another branch the queue must be attached there; whoever is remote is in none, and
    cannot be sent to one: he would wait for a place that he does not need. For a colleague the ticket is held
    while he is on duty and not away, but no longer than people are to wait in that queue; for one who is not there it
    waits like any other, and he is asked first once he is. Where it is not held and somebody else there may take it,
    it does not come back to the sender for as long as if he had declined it.

    Raises:
        Conflict: nobody is at the desk. NotFound: no such queue, agent or branch, or they do not go together.
        Invalid: nothing was named, or a branch for somebody who is remote. BranchClosed: nobody would serve him there.
    """
    network = tx.network(account)
    _, here, _ = serving.at_desk(tx, account, agent, ticket)
    target = destination(network, here, queue=queue, to_agent=to_agent, branch=branch)
    tx.hold(target["domain_id"])
    _require_served(tx, network, here, target)
    moved = _placed(tx, here.transfer(**target), place)
    if moved.preferred_agent_id is not None:
        longest = timedelta(minutes=network.queues[moved.queue_id].max_wait_minutes)
        moved = replace(moved, preferred_until=tx.now + longest)
    moved = _kept_from(tx, network, moved, agent)
    after = tickets.save(tx, here, moved)
    serving.end_at_desk(tx, here)
    ticket_event(tx, "ticket.transferred", after, by=agent, rule=f"transfer {place}", origin=here.queue_id)
    tx.tell(f"branch:{here.branch_id}", f"domain:{here.domain_id}")
    return after


def destination(
    network: Network, ticket: Ticket, *, queue: str | None, to_agent: str | None, branch: str | None
) -> dict[str, Any]:
    """Queue, branch, domain and preferred agent of a ticket that is sent on.

    Raises:
        NotFound: one of them is unknown, or they do not go together. Invalid: nothing was named, or a branch for
            somebody who is remote.
    """
    if queue is None and to_agent is None and branch is None:
        raise Invalid("transfer", "a queue, an agent or a branch")
    if branch is not None and ticket.place == "remote":
        raise Invalid("branch", "none: whoever is remote is in no branch")
    colleague = network.agents.find(to_agent) if to_agent is not None else None
    line = network.queues.find(queue) if queue is not None else network.queues.find(ticket.queue_id)
    if colleague is not None and line.id not in colleague.queues:
        if queue is not None or not colleague.queues:
            raise NotFound("agent", str(to_agent))
        line = network.queues.find(next(iter(colleague.queues)))
    where = network.branches.find(branch).id if branch is not None else ticket.branch_id
    if where is not None and where not in line.branch_ids:
        raise NotFound("queue", line.key)
    return {
        "queue_id": line.id,
        "branch_id": where,
        "domain_id": line.domain_id,
        "preferred_agent_id": colleague.id if colleague is not None else None,
        "preferred_until": None,
        "cooldowns": {},
    }


def _require_served(tx: Tx, network: Network, ticket: Ticket, target: Mapping[str, Any]) -> None:
    """Insist that closing does not end the wait at once: whoever is in the house is served while somebody is on duty.

    Raises:
        BranchClosed: the other branch is closed, or this one with nobody on duty for the queue, or for too long.
    """
    branch = network.branches.get(target["branch_id"] or "")
    if branch is None or opening.is_open(network, branch, tx.now):
        return
    served = target["queue_id"] in on_duty.queues_served(tx, network, target["domain_id"])
    if branch.id != ticket.branch_id or not served or opening.is_over(network, branch, tx.now):
        raise BranchClosed(branch.public_id, opening.opens_at(network, branch, tx.now))


def _kept_from(tx: Tx, network: Network, ticket: Ticket, sender: str) -> Ticket:
    """The ticket, not to be offered to its sender for a while, unless he is the only one who is there for it."""
    queue, seats = network.queues[ticket.queue_id], on_duty.seats(tx, [ticket.domain_id])
    there = {seat.agent for seat in seats if seat.on_duty}
    if ticket.preferred_agent_id == sender or ticket.preferred_agent_id in there:
        return ticket
    others = [seat for seat in seats if seat.agent != sender]
    if not on_duty.of(network, queue, network.branches.get(ticket.branch_id or ""), others).on_duty:
        return ticket
    until = tx.now + timedelta(seconds=queue.decline_cooldown_seconds)
    return replace(ticket, cooldowns={sender: micros(until)})


def _placed(tx: Tx, ticket: Ticket, place: Where) -> Ticket:
    """The ticket in its place in the line it is sent to. Nobody is put before an emergency."""
    if place == "last":
        band = ticket.band if ticket.band == EMERGENCY else NORMAL
        return replace(ticket, band=band, key=tx.now, seq=tx.next_seq(ticket.domain_id))
    head = tickets.head(tx, ticket.domain_id, ticket.queue_id, ticket.branch_id, behind=EMERGENCY)
    if place == "keep" or head is None or (ticket.band, ticket.key) < (head.band, head.key):
        return ticket
    return replace(ticket, band=head.band, key=head.key - JUST_BEFORE)
