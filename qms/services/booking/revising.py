"""Staff revises an appointment: anything of it at once, in one transaction. What stays as it was is left alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from qms.domain.appointment import OVER, TRANSITIONS, Appointment
from qms.domain.customer import Person
from qms.domain.errors import Conflict
from qms.domain.participant import Party
from qms.services.booking import attendance, editing, moving
from qms.services.booking.barring import barred, barring
from qms.services.booking.booked import check_coming
from qms.services.booking.finding import held
from qms.services.booking.people import add_customer, correct_customer
from qms.services.booking.told import appointment_event
from qms.store import appointments, participants
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """What is to be otherwise; whatever is None, or not named, stays. Agent, queue and customer are ids.

    `data` is what is said besides, by name. `person`: what is known of the customer, by a person's fields; where there
    is none yet, it makes one. A `customer` goes before that.
    """

    title: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    starts_at: datetime | None = None
    lasting: timedelta | None = None
    queue: str | None = None
    agent: str | None = None
    customer: str | None = None
    person: Mapping[str, str | None] = field(default_factory=dict)


def revise(
    tx: Tx, *, account: str, appointment: str, revision: Revision, actor: str, refuse_overlap: bool = False
) -> Appointment:
    """Change what is to be otherwise: first when it is, then who gives it, then what is said about it.

    Raises:
        NotFound: no such appointment, agent or customer. Invalid: the new start is not to come.
        Conflict: it is over; it cannot be moved any more; or somebody's time is taken, and that is refused.
    """
    before = held(tx, account, appointment)
    if before.state in OVER:
        raise Conflict("appointment", before.state)
    how: dict[str, Any] = {"account": account, "appointment": appointment}
    how |= {"actor": actor, "refuse_overlap": refuse_overlap}
    moved = _move(tx, before, revision, how)
    given = _give(tx, moved, revision, how)
    return _say(tx, given, revision)


def _move(tx: Tx, before: Appointment, wanted: Revision, how: Mapping[str, Any]) -> Appointment:
    start, lasts = wanted.starts_at or before.starts_at, before.ends_at - before.starts_at
    end = start + (wanted.lasting or lasts)
    if (start, end) == (before.starts_at, before.ends_at):
        return before
    if start != before.starts_at:
        check_coming(tx, start)
    if before.state not in TRANSITIONS["move"]:
        raise Conflict("time", before.state)
    leaving = before.agent_id if wanted.agent not in (None, before.agent_id) else None
    return moving.move_by_staff(tx, starts_at=start, ends_at=end, leaving=leaving, **how)


def _give(tx: Tx, before: Appointment, wanted: Revision, how: Mapping[str, Any]) -> Appointment:
    if wanted.agent in (None, before.agent_id):
        return before
    return attendance.reassign(tx, agent=str(wanted.agent), instead_of=before.agent_id, **how)


def _say(tx: Tx, before: Appointment, wanted: Revision) -> Appointment:
    fields: dict[str, Any] = {"title": wanted.title, "queue_id": wanted.queue}
    fields = {name: value for name, value in fields.items() if value not in (None, getattr(before, name))}
    data = {name: value for name, value in wanted.data.items() if value != before.data.get(name)}
    customer, corrected = _customer(tx, before, wanted)
    if customer != before.customer_id:
        fields |= _somebody_else(before, customer)
    if not (fields or data or corrected):
        return before
    after = editing.change(tx, account=before.account_id, appointment=before.id, data=data, **fields)
    if customer != before.customer_id:
        _tell_of_change(tx, after, gone=before.customer_id)
    return after


def _somebody_else(before: Appointment, customer: str | None) -> dict[str, Any]:
    owner = {"owner_id": customer} if before.owned_by_customer else {}
    return {"customer_id": customer, **owner, **(barring(before) if before.customer_id is not None else {})}


def _tell_of_change(tx: Tx, it: Appointment, *, gone: str | None) -> None:
    if gone is not None:
        barred(tx, it)
        appointment_event(tx, "participant_removed", it, participant=gone, kind="CUSTOMER")
    appointment_event(tx, "participant_added", it, participant=it.customer_id, kind="CUSTOMER")


def _customer(tx: Tx, it: Appointment, wanted: Revision) -> tuple[str | None, bool]:
    """For whom it is from now on, and whether what is known of him has changed."""
    if wanted.customer is not None:
        new = appointments.customer_of(tx, it.account_id, wanted.customer).id
    elif wanted.person and it.customer_id is not None:
        return it.customer_id, correct_customer(tx, it.account_id, it.customer_id, wanted.person)
    elif wanted.person:
        new = add_customer(tx, it.account_id, Person(**wanted.person)).id  # type: ignore[arg-type]
    else:
        return it.customer_id, False
    if new != it.customer_id:
        if it.customer_id is not None:
            participants.remove(tx, it.id, Party("CUSTOMER", it.customer_id))
        participants.add(tx, it.id, Party("CUSTOMER", new))
    return new, False
