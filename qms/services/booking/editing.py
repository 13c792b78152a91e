"""Changing what is said about an appointment, and when staff wants it to be."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from qms.domain.appointment import Appointment
from qms.domain.errors import Invalid
from qms.services.booking import moving
from qms.services.booking.finding import held
from qms.services.booking.staff import check_times
from qms.services.booking.told import appointment_event
from qms.store import appointments
from qms.store.tx import Tx


def change(
    tx: Tx, *, account: str, appointment: str, data: Mapping[str, Any] | None = None, **fields: Any
) -> Appointment:
    """Say other things about an appointment: `fields` such as title or queue_id; of `data`, the names that are given.

    Raises:
        NotFound: no such appointment.
    """
    before = held(tx, account, appointment)
    after = before.changed(tx.now, data={**before.data, **(data or {})}, **fields)
    appointments.save(tx, before, after)
    appointment_event(tx, "changed", after)
    return after


def reschedule(
    tx: Tx,
    *,
    account: str,
    appointment: str,
    starts_at: datetime,
    actor: str,
    lasting: timedelta | None = None,
    timezone: str | None = None,
    locale: str | None = None,
    refuse_overlap: bool = False,
) -> Appointment:
    """Move an appointment to a time to come, as long as before or as is said; with it the customer's zone and language.

    Raises:
        NotFound: no such appointment. Invalid: the time is over, or no time.
        Conflict: its state does not allow it, or somebody's time is taken, and that is refused.
    """
    before = held(tx, account, appointment)
    ends_at = _end(starts_at, before.ends_at - before.starts_at if lasting is None else lasting)
    check_times(tx, starts_at, ends_at)
    before.move(tx.now, again=False)  # refused here, if at all by its state
    said = {name: value for name, value in (("timezone", timezone), ("locale", locale)) if value is not None}
    if said:
        appointments.save(tx, before, before.changed(tx.now, **said))
    return moving.move_by_staff(
        tx,
        account=account,
        appointment=appointment,
        starts_at=starts_at,
        ends_at=ends_at,
        actor=actor,
        refuse_overlap=refuse_overlap,
    )


def _end(starts_at: datetime, lasting: timedelta) -> datetime:
    try:
        return starts_at + lasting
    except OverflowError:
        raise Invalid("duration", "a time that ends") from None
