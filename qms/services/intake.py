"""Intake: people get their place in a queue, many at a time in one transaction."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain import ids
from qms.domain.contact import known_by
from qms.domain.errors import Refused
from qms.domain.ticket import EMERGENCY, NORMAL, Ticket
from qms.services.admission import Admitted, Known, TakeTicket, admit
from qms.services.events import ticket_event
from qms.store import tickets
from qms.store.schema import work
from qms.store.tx import Tx


def take_tickets(tx: Tx, items: Sequence[TakeTicket]) -> list[Ticket | Refused]:
    """Give each person a place, in the order asked; an answer or a refusal each.

    A number of ours is unique and without gaps per branch, queue and local date of the branch.
    A refusal is NotFound, BranchClosed, FormRequired, SubmissionUnusable, NoAgentAvailable or QueueFull; the last is
    for nobody with an appointment, and for nobody whom staff gives a number.
    """
    admitted: list[Admitted | Refused] = []
    known = Known()
    for item in items:
        try:
            admitted.append(admit(tx, item, known))
        except Refused as refusal:
            admitted.append(refusal)
    let_in = [one for one in admitted if isinstance(one, Admitted)]
    numbers = _numbers(tx, let_in)
    taken = [_ticket(tx, one, next(numbers[one.door.counter]) if one.counted else None) for one in let_in]
    tickets.add(tx, taken)
    _use_submissions(tx, taken)
    for one, ticket in zip(let_in, taken, strict=True):
        measures = {"queue_type": one.door.queue.mode, "channel": ticket.source}
        ticket_event(tx, "ticket.created", ticket, measures=measures)
    given = iter(taken)
    return [next(given) if isinstance(one, Admitted) else one for one in admitted]


def take_ticket(tx: Tx, item: TakeTicket) -> Ticket:
    """Give one person a place.

    Raises:
        Refused: as `take_tickets` answers it.
    """
    (answer,) = take_tickets(tx, [item])
    if isinstance(answer, Refused):
        raise answer
    return answer


def _numbers(tx: Tx, admitted: Sequence[Admitted]) -> dict[tuple[str, str, str], Any]:
    """Per counter the numbers to give now; counters are taken in order, so that two transactions never cross."""
    wanted: dict[tuple[str, str, str], int] = {}
    for one in admitted:
        if one.counted:
            wanted[one.door.counter] = wanted.get(one.door.counter, 0) + 1
    given = {}
    for counter in sorted(wanted):
        last = tickets.count_on(tx, counter, wanted[counter])
        given[counter] = iter(range(last - wanted[counter] + 1, last + 1))
    return given


def _ticket(tx: Tx, admitted: Admitted, own_number: int | None) -> Ticket:
    item, door, now = admitted.item, admitted.door, tx.now
    queue, rules = door.queue, door.rules
    eligible_from = item.eligible_from or now
    credit = queue.credit_seconds.get(item.ticket_class or "", 0)
    return Ticket(
        id=tx.new_id(),
        account_id=item.account,
        domain_id=queue.domain_id,
        branch_id=door.branch.id if door.branch else None,
        queue_id=queue.id,
        place=item.place,
        number=item.number if item.number is not None else f"{queue.prefix}{own_number:03d}",
        own_number=own_number,
        number_series=door.series if admitted.counted else None,
        service_day=door.service_day,
        state="waiting",
        band=EMERGENCY if item.ticket_class in rules.emergency else NORMAL,
        key=item.key or (now - timedelta(seconds=credit) if credit else now),
        seq=tx.next_seq(queue.domain_id),
        enqueued_at=now,
        eligible_from=eligible_from,
        link=ids.new_link(now),
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
        preferred_until=rules.held_until(item.preferred_agent, max(eligible_from, now)),
    )


def _use_submissions(tx: Tx, taken: Sequence[Ticket]) -> None:
    for ticket in taken:
        if ticket.submission_id is not None:
            c = work.submission.c
            tx.execute(sa.update(work.submission).where(c.id == ticket.submission_id).values(ticket_id=ticket.id))
