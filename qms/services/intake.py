"""Intake: people get their place in a queue, many at a time in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from qms.domain import ids
from qms.domain.contact import known_by
from qms.domain.errors import BranchClosed, FormRequired, NoAgentAvailable, Refused, SubmissionUnusable
from qms.domain.network import Branch, Network, Queue
from qms.domain.routing import routing
from qms.domain.ticket import EMERGENCY, NORMAL, Place, Ticket
from qms.domain.value import value
from qms.domain.zones import wall_time, zone
from qms.services import limits, opening
from qms.services.events import ticket_event
from qms.store import tickets
from qms.store.schema import work
from qms.store.tx import Tx


@value(frozen=True, slots=True, kw_only=True)
class TakeTicket:
    """One person who wants a place. Ids throughout; `integration_data` is compact JSON text.

    `require_staff`: refuse unless somebody who serves the queue is signed in ("online") or idle ("available").
    `key` and `eligible_from` are given for appointments; a walk-in's follow from the arrival and the class's credit.
    """

    account: str
    branch: str | None
    queue: str
    source: str
    number: str | None = None
    integration_data: str | None = None
    submission: str | None = None
    require_form: bool = False
    require_staff: Literal["online", "available"] | None = None
    language: str | None = None
    ticket_class: str | None = None
    place: Place = "onsite"
    customer: Mapping[str, Any] | None = None
    customer_id: str | None = None
    appointment: str | None = None
    preferred_agent: str | None = None
    key: datetime | None = None
    eligible_from: datetime | None = None
    open_only: bool = True


def take_tickets(tx: Tx, items: Sequence[TakeTicket]) -> list[Ticket | Refused]:
    """Give each person a place, in the order asked; an answer or a refusal each.

    A number of ours is unique and without gaps per branch, queue and local date of the branch.
    A refusal is NotFound, BranchClosed, FormRequired, SubmissionUnusable, NoAgentAvailable or QueueFull; the last is
    for nobody with an appointment, and for nobody whom staff gives a number.
    """
    admitted: list[_Admitted | Refused] = []
    staffed: dict[tuple[str, str], bool] = {}
    used: set[str] = set()
    rooms: limits.Rooms = {}
    for item in items:
        try:
            admitted.append(_admit(tx, item, staffed, used, rooms))
        except Refused as refusal:
            admitted.append(refusal)
    numbers = _numbers(tx, [a for a in admitted if isinstance(a, _Admitted)])
    answers: list[Ticket | Refused] = [
        a if isinstance(a, Refused) else _ticket(tx, a, next(numbers[a.counter]) if a.counted else None)
        for a in admitted
    ]
    taken = [answer for answer in answers if isinstance(answer, Ticket)]
    tickets.add(tx, taken)
    _use_submissions(tx, taken)
    for ticket in taken:
        ticket_event(tx, "ticket.created", ticket, measures=_measures(tx, ticket))
    return answers


def take_ticket(tx: Tx, item: TakeTicket) -> Ticket:
    """Give one person a place.

    Raises:
        Refused: as `take_tickets` answers it.
    """
    (answer,) = take_tickets(tx, [item])
    if isinstance(answer, Refused):
        raise answer
    return answer


def _measures(tx: Tx, ticket: Ticket) -> dict[str, str | float]:
    return {"queue_type": tx.network(ticket.account_id).queues[ticket.queue_id].mode, "channel": ticket.source}


@value(frozen=True, slots=True, kw_only=True)
class _Admitted:
    """A person who may have a place: who, where, and on which day's numbers."""

    item: TakeTicket
    branch: Branch | None
    queue: Queue
    service_day: str

    @property
    def counted(self) -> bool:
        return self.item.number is None

    @property
    def counter(self) -> tuple[str, str, str]:
        return (self.branch.id if self.branch else "", self.queue.id, self.service_day)


def _admit(
    tx: Tx, item: TakeTicket, staffed: dict[tuple[str, str], bool], used: set[str], rooms: limits.Rooms
) -> _Admitted:
    network = tx.network(item.account)
    if item.branch is not None:
        branch, queue = network.queue_at(item.branch, item.queue)
    else:
        branch, queue = None, network.queues.find(item.queue)
    tx.hold(queue.domain_id)
    if item.require_form and queue.form_id is not None and item.submission is None:
        raise FormRequired(queue.public_id)
    if item.submission is not None:
        _check_submission(tx, item.submission, queue, used)
    if item.open_only and branch is not None and not opening.is_open(network, branch, tx.now):
        raise BranchClosed(branch.public_id, opening.opens_at(network, branch, tx.now))
    if not _staffed(tx, network, item, queue, staffed):
        raise NoAgentAvailable(queue.public_id)
    if item.appointment is None and item.source not in ("desk", "callback"):
        limits.admit(tx, network, queue, branch, rooms)
    day = wall_time(tx.now, zone(network.zone_of(branch))).date().isoformat()
    return _Admitted(item=item, branch=branch, queue=queue, service_day=day)


def _staffed(tx: Tx, network: Network, item: TakeTicket, queue: Queue, known: dict[tuple[str, str], bool]) -> bool:
    wanted = item.require_staff or ("online" if queue.unstaffed != "accept" and item.source != "vendor" else None)
    if wanted is None:
        return True
    if (queue.id, wanted) not in known:
        agents = [agent.id for agent in network.agents_by_queue.get(queue.id, ())]
        known[queue.id, wanted] = bool(agents) and _anyone(tx, queue, agents, wanted)
    return known[queue.id, wanted]


def _anyone(tx: Tx, queue: Queue, agents: Sequence[str], wanted: str) -> bool:
    rows = tx.raw(
        "SELECT agent_id, state FROM session WHERE domain_id = :domain AND ended_at IS NULL",
        {"domain": queue.domain_id},
    )
    serving = set(agents)
    return any(agent in serving and (wanted == "online" or state == "idle") for agent, state in rows)


def _check_submission(tx: Tx, submission_id: str, queue: Queue, used: set[str]) -> None:
    c = work.submission.c
    found = tx.execute(sa.select(c.queue_id, c.kind, c.ticket_id).where(c.id == submission_id)).first()
    if found is None or submission_id in used or tuple(found) != (queue.id, "pre-call", None):
        raise SubmissionUnusable(submission_id)
    used.add(submission_id)


def _numbers(tx: Tx, admitted: Sequence[_Admitted]) -> dict[tuple[str, str, str], Any]:
    """Per counter the numbers to give now; counters are taken in order, so that two transactions never cross."""
    wanted: dict[tuple[str, str, str], int] = {}
    for one in admitted:
        if one.counted:
            wanted[one.counter] = wanted.get(one.counter, 0) + 1
    given = {}
    for counter in sorted(wanted):
        last = tickets.count_on(tx, counter, wanted[counter])
        given[counter] = iter(range(last - wanted[counter] + 1, last + 1))
    return given


def _ticket(tx: Tx, admitted: _Admitted, own_number: int | None) -> Ticket:
    item, queue = admitted.item, admitted.queue
    rules = routing(tx.network(item.account), queue)
    eligible_from = item.eligible_from or tx.now
    credit = timedelta(seconds=queue.credit_seconds.get(item.ticket_class or "", 0))
    return Ticket(
        id=tx.new_id(),
        account_id=item.account,
        domain_id=queue.domain_id,
        branch_id=admitted.branch.id if admitted.branch else None,
        queue_id=queue.id,
        place=item.place,
        number=item.number if item.number is not None else f"{queue.prefix}{own_number:03d}",
        own_number=own_number,
        number_series="/".join(admitted.counter) if admitted.counted else None,
        service_day=admitted.service_day,
        state="waiting",
        band=EMERGENCY if item.ticket_class in rules.emergency else NORMAL,
        key=item.key or tx.now - credit,
        seq=tx.next_seq(queue.domain_id),
        enqueued_at=tx.now,
        eligible_from=eligible_from,
        link=ids.new_link(tx.now),
        source=item.source,
        ticket_class=item.ticket_class,
        language=item.language,
        integration_data=item.integration_data,
        submission_id=item.submission,
        customer=item.customer,
        customer_id=item.customer_id,
        customer_email=known_by(item.customer, "email"),
        customer_phone=known_by(item.customer, "phone"),
        appointment_id=item.appointment,
        preferred_agent_id=item.preferred_agent,
        preferred_until=rules.held_until(item.preferred_agent, max(eligible_from, tx.now)),
    )


def _use_submissions(tx: Tx, taken: Sequence[Ticket]) -> None:
    for ticket in taken:
        if ticket.submission_id is not None:
            c = work.submission.c
            tx.execute(sa.update(work.submission).where(c.id == ticket.submission_id).values(ticket_id=ticket.id))
