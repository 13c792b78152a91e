"""Quotes: what people were told of their waits, what became of it, and what a queue learns from that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from acd.forecast import Model
from qms.domain.network import Network
from qms.domain.ticket import Ticket
from qms.services import on_duty, waits
from qms.store import forecasts, tickets
from qms.store.forecasts import Outcome, Quote
from qms.store.schema.work import ticket as ticket_table
from qms.store.tx import Tx

_t = ticket_table.c
_WAITED_IN = sa.select(_t.domain_id, _t.account_id).where(_t.state == "waiting").distinct()

SETTLED_AT_ONCE = 40
"""A lesson takes a quarter of a millisecond, and others wait meanwhile."""

TOLD_OF_EACH = 200
"""So many of each line are told how their waits change; who stands further back has a long wait anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be done for quotes in one routing domain: some have been settled, others are to be kept."""

    domain: str
    settled: bool
    told: tuple[Quote, ...]


def quote(tx: Tx, ticket: Ticket, told: waits.Told, *, first: bool) -> Quote:
    """What a person is told now, to be kept."""
    return Quote(
        id=tx.new_id(),
        account_id=ticket.account_id,
        domain_id=ticket.domain_id,
        queue_id=ticket.queue_id,
        branch_id=ticket.branch_id or "",
        ticket_id=ticket.id,
        first=first,
        at=tx.now,
        p50=told.wait[0],
        p90=told.wait[1],
        made=waits.made_from(told),
        learnt=told.learnt,
    )


def due(tx: Tx) -> list[Work]:
    """What is to be done now, by routing domain. Reads only, and no more of a line than is told."""
    outcomes = set(forecasts.domains_with_outcomes(tx))
    told: dict[str, tuple[Quote, ...]] = {}
    for domain, account in tx.execute(_WAITED_IN):
        told[domain] = tuple(changed(tx, tx.network(account), domain))
    return [
        Work(domain=domain, settled=domain in outcomes, told=told.get(domain, ()))
        for domain in sorted(outcomes | told.keys())
        if domain in outcomes or told[domain]
    ]


def run(tx: Tx, *, work: Work) -> bool:
    """Do it; whether there may be more. Whoever did it before leaves nothing to do, so that it is done once."""
    last = forecasts.last_shown(tx, [one.ticket_id for one in work.told])
    forecasts.add(tx, [one for one in work.told if _still_new(one, last)])
    return settle(tx, work.domain) if work.settled else False


def settle(tx: Tx, domain: str) -> bool:
    """Write what became of quotes, and learn from those of people who only waited; whether there may be more."""
    outcomes = forecasts.over(tx, domain, SETTLED_AT_ONCE)
    lessons: dict[tuple[str, str, str], list[Outcome]] = {}
    for one in outcomes:
        if one.lesson and one.answered is not None and one.made:
            lessons.setdefault((one.queue_id, one.branch_id, one.account_id), []).append(one)
    for (queue, branch, account), some in lessons.items():
        model = Model.of_json(forecasts.model_of(tx, queue, branch))
        for one in some:
            _learn(model, one)
        forecasts.keep_model(tx, queue, branch, account, model.learnt, model.as_json())
    forecasts.settle(tx, outcomes)
    return len(outcomes) == SETTLED_AT_ONCE


def changed(tx: Tx, network: Network, domain: str) -> list[Quote]:
    """What people who wait see now, where it is not what they were told last."""
    found = []
    for queue_id, branch_id in tickets.lines(tx, domain):
        queue = network.queues.get(queue_id)
        if queue is None:
            continue
        there = on_duty.there(tx, network, [queue], network.branches.get(branch_id or ""))[queue.id]
        if there.on_duty == 0:
            continue
        line = tickets.waiting_in(tx, domain, [(queue_id, branch_id)], TOLD_OF_EACH)
        found += _changed(tx, network, line, there, waits.in_line(tx, branch_id, domain))
    return found


def _changed(
    tx: Tx, network: Network, line: Sequence[Ticket], there: on_duty.Staff, lines: Mapping[str, waits.Standing]
) -> list[Quote]:
    last, found = forecasts.last_shown(tx, [ticket.id for ticket in line]), []
    for ahead, ticket in enumerate(line):
        before, queue = last.get(ticket.id), network.queues[ticket.queue_id]
        credited = ticket.key < ticket.enqueued_at
        at = ticket.branch_id
        told = waits.tell(
            tx, network, queue, at, there, lines, ahead=ahead, inside=True, credited=credited, before=before
        )
        if told is not None and told.wait != before:
            found.append(quote(tx, ticket, told, first=before is None))
    return found


def _still_new(one: Quote, last: Mapping[str, waits.Wait]) -> bool:
    """Not told meanwhile, by another process or at a kiosk."""
    before = last.get(one.ticket_id)
    return (before is None) == one.first and before != (one.p50, one.p90)


def _learn(model: Model, one: Outcome) -> None:
    given = waits.forecast_of(one.made)
    if given is not None and one.answered is not None and model.understands(given):
        model.learn(given, max(one.answered - one.at, 0) / 1_000_000)
