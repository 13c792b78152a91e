"""The lines as a pass of the distributor sees them: who waits, by the rules of the queue, the most urgent first."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from acd.engine import Waiting
from acd.engine.mixing import mixed
from qms.domain.network import Network
from qms.domain.routing import routing
from qms.domain.ticket import Ticket
from qms.services import places
from qms.store import tickets
from qms.store.columns import instant
from qms.store.tickets import Line
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Tickets by id, and the same as the engine is given them. `cut`: in some line more may wait."""

    tickets: Mapping[str, Ticket]
    waiting: Sequence[Waiting]
    cut: bool


def name(queue: str, branch: str | None) -> str:
    """A line as the engine's queue: who serves it depends on both."""
    return f"{queue}@{branch or ''}"


def read(
    tx: Tx, network: Network, domain: str, some: Sequence[Line], limit: int, holders: Container[str], *, again: bool
) -> Lines:
    """The first `limit` of each line, all together in the order in which this pass serves them."""
    found = tickets.waiting_in(tx, domain, some, limit)
    known = {ticket.id: ticket for ticket in found}
    seen = [as_waiting(network, ticket, holders, again=again) for ticket in found]
    capped = [line for line in some if routing(network, line[0]).mix]
    for line in capped:
        more = tickets.walk_ins_in(tx, domain, line, limit)
        behind = [as_waiting(network, one, holders, again=again) for one in more if one.id not in known]
        seen = _mix(tx, network, line, seen, behind, known | {one.id: one for one in more})
        known |= {one.id: one for one in more}
    if capped or any(routing(network, line[0]).weight for line in some):
        seen.sort(key=lambda one: (one.band, one.key, one.seq))
    return Lines(tickets=known, waiting=seen, cut=tickets.cut_short(found, limit))


def _mix(
    tx: Tx, network: Network, line: Line, seen: list[Waiting], behind: list[Waiting], known: Mapping[str, Ticket]
) -> list[Waiting]:
    """The same with one line mixed. Of those who stand behind what was read only who is moved forward takes part."""
    here = name(*line)
    standing = [one for one in seen if one.queue == here]
    booked = {one.id for one in standing if by_appointment(known[one.id])}
    if not booked:
        return seen
    cap = routing(network, line[0]).mix
    row = tickets.booked_in_a_row(tx, line, cap)
    order = mixed([*standing, *behind], booked, cap=cap, in_a_row=row, now=tx.now)
    stay = {id(one) for one in behind}
    return [one for one in seen if one.queue != here] + [one for one in order if id(one) not in stay]


def by_appointment(ticket: Ticket) -> bool:
    """Whether somebody goes by an appointment; who came late for one has walked in."""
    return ticket.appointment_id is not None and ticket.key != ticket.enqueued_at


def as_waiting(network: Network, ticket: Ticket, holders: Container[str] = (), *, again: bool = False) -> Waiting:
    """A ticket as a pass sees it; `again`: whoever declined it a moment ago may have it too."""
    rules = routing(network, ticket.queue_id)
    seen = unweighted(network, ticket, holders, again=again)
    return replace(seen, key=seen.key - timedelta(seconds=rules.weight)) if rules.weight else seen


def unweighted(network: Network, ticket: Ticket, holders: Container[str] = (), *, again: bool = False) -> Waiting:
    """A ticket by its own key, for telling who stands before whom in one line."""
    held = ticket.preferred_agent_id is not None and ticket.preferred_agent_id in holders
    return Waiting(
        id=ticket.id,
        queue=name(ticket.queue_id, ticket.branch_id),
        branch=ticket.branch_id,
        band=ticket.band,
        key=ticket.key,
        seq=ticket.seq,
        eligible_from=ticket.eligible_from,
        arrived_at=ticket.enqueued_at,
        needs_poc=ticket.place == "onsite" and places.wants_booth(network, ticket.queue_id, ticket.branch_id),
        preferred_agent=ticket.preferred_agent_id,
        preferred_until=ticket.preferred_until if held else None,
        level_rings=routing(network, ticket.queue_id).rings,
        pack=routing(network, ticket.queue_id).fill == "pack",
        cooldowns={} if again else {agent: instant(until) for agent, until in ticket.cooldowns.items()},
    )
