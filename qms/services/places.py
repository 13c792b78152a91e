"""Places: the booth or counter that a person is sent to. A live offer holds its own; a POC has one at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from acd.engine import Assignment
from qms.domain.network import Network, Queue
from qms.domain.session import Session
from qms.domain.ticket import Ticket

Match = tuple[Ticket, Session, Assignment]


def wants_booth(network: Network, queue_id: str, branch: str | None) -> bool:
    """Visitors on site of a booth queue are sent to a booth, if the branch has any at all."""
    queue = network.queues.get(queue_id)
    return queue is not None and queue.mode == "booth" and branch is not None and _has(network, branch, "booth")


def counters(network: Network, queue: Queue, session: Session, occupied: frozenset[str]) -> list[str]:
    """The branches whose visitors a session can call in a counter queue: where it sits, or where no counter is.

    A POC where somebody else's visitor still is, is no place to call anybody to: not even a booth, where an agent sits
    who calls in a branch without counters.
    """
    free = session.poc_id is not None and session.poc_id not in occupied
    here = [branch for branch in queue.branch_ids if branch == session.branch_id and session.poc_id is not None]
    bare = [branch for branch in queue.branch_ids if branch not in here and not _has(network, branch, "counter")]
    return [*(here if free else ()), *bare]


def counter_for(session: Session, ticket: Ticket) -> str | None:
    """Where a visitor who is called comes to: the counter at which the agent sits, if it is in the same branch."""
    return session.poc_id if session.branch_id == ticket.branch_id else None


def lacks_counter(network: Network, session: Session, lines: Sequence[tuple[str, str | None]]) -> bool:
    """Whether people wait whom the session cannot call, only because it sits at no counter."""
    if session.poc_id is not None:
        return False
    return any(
        branch is not None and network.queues[queue].mode == "counter" and _has(network, branch, "counter")
        for queue, branch in lines
    )


def free_booths(
    network: Network, there: Iterable[Session], domain: str, occupied: frozenset[str]
) -> Mapping[str, Sequence[str]]:
    """The booths of each branch that visitors can be sent to, those first at which nobody of those on duty sits."""
    seats = {session.poc_id for session in there}
    here = [branch.id for branch in network.branches_by_domain.get(domain, ()) if branch.id in network.pocs_by_branch]
    return {
        branch: sorted(
            (p.id for p in network.pocs_by_branch[branch] if p.kind == "booth" and p.id not in occupied),
            key=seats.__contains__,
        )
        for branch in here
    }


def settle(network: Network, found: Sequence[Match], booths: Mapping[str, Sequence[str]]) -> list[Match]:
    """The same matches, but visitors go to the booth where their agent sits, where that is free.

    Whose booth is a place to which another one is called in this very pass, is left for the next.
    """
    placed = {one.ticket: one.poc for _, _, one in found if one.poc is not None}
    for ticket, session, one in found:
        own = session.poc_id
        if one.poc is None or own is None or own not in booths.get(ticket.branch_id or "", ()):
            continue
        there = next((other for other, poc in placed.items() if poc == own), None)
        if there is not None:
            placed[there] = placed[ticket.id]
        placed[ticket.id] = own
    called = {counter_for(s, t) for t, s, one in found if one.poc is None and is_called(network, t)} - {None}
    settled = [(t, s, replace(one, poc=placed[t.id]) if one.poc is not None else one) for t, s, one in found]
    return [match for match in settled if match[2].poc not in called]


def is_called(network: Network, ticket: Ticket) -> bool:
    """Whether a ticket is called to a counter, instead of ringing at a desk."""
    return ticket.place == "onsite" and network.queues[ticket.queue_id].mode == "counter"


def _has(network: Network, branch: str, kind: str) -> bool:
    return any(poc.kind == kind for poc in network.pocs_by_branch.get(branch, ()))
