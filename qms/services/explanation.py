"""Explanations: why a ticket is where it is, who is in front of it, and what has happened to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from acd.engine import Ahead, explain_position
from acd.engine.eligibility import ring_of
from qms.domain import access
from qms.domain.errors import NotFound
from qms.domain.network import Agent, Network, Queue
from qms.domain.offer import Offer
from qms.domain.routing import routing
from qms.domain.ticket import Ticket
from qms.services import lines, placements
from qms.services.sentences import NOBODY, SENTENCES, Fact, Said, say
from qms.store import journal, sessions, tickets
from qms.store.columns import instant
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class InFront:
    """Somebody who goes first: his number, the engine's facts, and the same as a sentence."""

    number: str
    ahead: Ahead
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTold:
    """An offer, to whom, what came of it, and why it went to him."""

    offer: Offer
    agent: str
    said: Sequence[Said]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An entry of the ticket's journal; `rule` is set where it changed the ticket's place."""

    name: str
    at: datetime
    rule: str | None
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a ticket is where it is. `position` counts from 1 in its queue and branch; None unless it waits.

    `overtaken_by`: how many who came later were given to an agent first.
    """

    ticket: Ticket
    network: Network
    position: int | None
    said: Sequence[Said]
    in_front: Sequence[InFront]
    offers: Sequence[OfferTold]
    journal: Sequence[Happened]
    overtaken_by: int = 0


def find(tx: Tx, *, account: str, viewer: Agent, ticket: str) -> Ticket:
    """A ticket that the viewer may look at: any for supervisors, else those of the queues he serves, and his own.

    Raises:
        NotFound: there is none, or not for him.
    """
    found = tickets.get(tx, ticket)
    if found is None or found.account_id != account or not _may_see(viewer, found):
        raise NotFound("ticket", ticket)
    return found


def explain(tx: Tx, *, account: str, viewer: Agent, ticket: str) -> Explanation:
    """Why a ticket is where it is, who is in front of it and why, and what has happened to it.

    Raises:
        NotFound: there is none, or not for the viewer.
    """
    network = tx.network(account)
    found = find(tx, account=account, viewer=viewer, ticket=ticket)
    in_front = _in_front(tx, network, found) if found.state == "waiting" else None
    now = [_state(network, found)] if in_front is None else [_position(found, in_front), *_waits(tx, network, found)]
    overtaken = tickets.overtaken(tx, found)
    if overtaken:
        now.append(say("position.overtaken", count=overtaken))
    if in_front is not None and (moved := placements.last(tx, [found.id]).get(found.id)) is not None:
        now.append(placements.said(network, "position.placed", found.number, moved))
    return Explanation(
        ticket=found,
        network=network,
        position=None if in_front is None else len(in_front) + 1,
        said=now,
        in_front=in_front or (),
        offers=[_offer(network, offer) for offer in sessions.offers_of_ticket(tx, found.id)],
        journal=[_happened(network, entry) for entry in journal.of_entity(tx, found.id)],
        overtaken_by=overtaken,
    )


def _may_see(viewer: Agent, ticket: Ticket) -> bool:
    own = viewer.id in (ticket.agent_id, ticket.parked_by)
    watches = access.may(viewer, "board.watch", ticket.branch_id)
    return watches or ticket.queue_id in viewer.queues or own


def _in_front(tx: Tx, network: Network, ticket: Ticket) -> list[InFront]:
    there = tickets.waiting_in(tx, ticket.domain_id, [(ticket.queue_id, ticket.branch_id)])
    numbers = {one.id: one.number for one in there}
    found = explain_position(ticket.id, [lines.unweighted(network, one) for one in there], tx.now)
    placed = placements.last(tx, [one.ticket for one in found])
    return [_ahead(network, numbers[one.ticket], one, placed.get(one.ticket)) for one in found]


def _ahead(network: Network, number: str, one: Ahead, placed: journal.Entry | None) -> InFront:
    if placed is not None:
        return InFront(number=number, ahead=one, said=placements.said(network, "ahead.placed", number, placed))
    facts: dict[str, Fact] = {"number": number, "minutes": round(one.credit.total_seconds() / 60)}
    if one.arrived_at is not None:
        facts["at"] = one.arrived_at
    return InFront(number=number, ahead=one, said=Said(sentence=f"ahead.{one.rule}", facts=facts))


def _position(ticket: Ticket, in_front: Sequence[InFront]) -> Said:
    sentence = "position.behind" if in_front else "position.first"
    return say(sentence, number=ticket.number, position=len(in_front) + 1, ahead=len(in_front))


def _state(network: Network, ticket: Ticket) -> Said:
    since = ticket.ended_at or ticket.serving_since or ticket.called_at or ticket.parked_at or ticket.enqueued_at
    return say(
        f"state.{ticket.state}",
        number=ticket.number,
        agent=_name(network, ticket.agent_id or ticket.parked_by),
        poc=_place(network, ticket.poc_id),
        reason=ticket.end_reason or NOBODY,
        at=since,
    )


def _waits(tx: Tx, network: Network, ticket: Ticket) -> list[Said]:
    """Why somebody who waits is not served at this moment."""
    queue = network.queues.get(ticket.queue_id)
    said = [_staff(tx, network, queue, ticket)] if queue is not None else []
    if ticket.eligible_from > tx.now:
        said.append(say("waits.not_before", at=ticket.eligible_from))
    if ticket.preferred_until is not None and ticket.preferred_until > tx.now:
        holder = _name(network, ticket.preferred_agent_id)
        said.append(say("waits.held", agent=holder, until=ticket.preferred_until))
    said += _policies(tx, network, ticket)
    for agent, until in ticket.cooldowns.items():
        if instant(until) > tx.now:
            said.append(say("waits.declined", agent=_name(network, agent), until=instant(until)))
    return said


def _policies(tx: Tx, network: Network, ticket: Ticket) -> list[Said]:
    """The rules of the queue that bear on the ticket now."""
    said = []
    rules = routing(network, ticket.queue_id)
    ring = ring_of(lines.unweighted(network, ticket), tx.now)
    if ring.minimum_level > 1:
        said.append(say("waits.ring", level=ring.minimum_level))
    if rules.mix:
        said.append(say("waits.mix", cap=rules.mix))
    return said


def _staff(tx: Tx, network: Network, queue: Queue, ticket: Ticket) -> Said:
    serving = {agent.id for agent in network.agents_by_queue.get(queue.id, ())}
    there = [one for one in sessions.on_duty(tx, ticket.domain_id) if one.agent_id in serving]
    free = [one for one in there if (one.state == "idle" or one.spare > 0) and one.disconnected_at is None]
    why = (
        "nobody_on_duty" if not there else "nobody_free" if not free else "by_hand" if queue.call == "pull" else "next"
    )
    return say(f"waits.{why}", queue=queue.name, on_duty=len(there), free=len(free))


def _offer(network: Network, offer: Offer) -> OfferTold:
    name = _name(network, offer.agent_id)
    said = [say(f"offer.{offer.state}", agent=name, at=offer.made_at, poc=_place(network, offer.poc_id))]
    won_by = offer.reasons.get("won_by")
    if won_by is not None:
        said.append(Said(sentence=f"won.{won_by}", facts=_chosen(offer, name)))
    moved = offer.reasons.get("moved")
    if moved is not None:
        said.append(say(f"moved.{moved}", seconds=int(offer.reasons.get("weight_seconds", 0))))
    return OfferTold(offer=offer, agent=name, said=said)


def _chosen(offer: Offer, name: str) -> dict[str, Fact]:
    winner: Mapping[str, Any] = next(
        (one for one in offer.reasons.get("candidates", ()) if one["agent"] == offer.agent_id), {}
    )
    return {
        "agent": name,
        "candidates": int(offer.reasons.get("candidate_count", 0)),
        "level": int(winner.get("level", 0)),
        "flexibility": int(winner.get("flexibility", 0)),
        "held": int(winner.get("held", 0)),
        "minutes": int(winner.get("idle_seconds", 0)) // 60,
    }


def _happened(network: Network, entry: journal.Entry) -> Happened:
    data, name = entry.data, entry.name.removeprefix("ticket.")
    if name == "requeued":
        name = f"requeued.{str(data.get('because')).replace(' ', '_')}"
    if data.get("because") == "overflow":
        name = "overflowed"
    sentence = "event.undone" if data.get("undone") else f"event.{name}"
    queue = network.queues.get(str(data.get("queue")))
    said = say(
        sentence if sentence in SENTENCES else "event.other",
        at=entry.at,
        agent=_name(network, data.get("to") or data.get("by") or data.get("agent")),
        by=_name(network, data.get("by")),
        queue=queue.name if queue is not None else NOBODY,
        rule=str(data.get("rule") or NOBODY),
        reason=str(data.get("because") or NOBODY),
        event=entry.name,
    )
    return Happened(name=entry.name, at=entry.at, rule=data.get("rule"), said=said)


def _place(network: Network, poc: str | None) -> str:
    found = network.pocs.get(poc or "")
    return found.label if found is not None else NOBODY


def _name(network: Network, agent: str | None) -> str:
    found = network.agents.get(agent or "")
    return found.name if found is not None else NOBODY
