"""Timers of appointments: holds that run out, people who do not come, reminders. A timer wakes, the row decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from qms.domain.appointment import COMING, Appointment
from qms.domain.errors import NotFound
from qms.services import ahead
from qms.services.booking import ending, reminders
from qms.services.booking.finding import domains_of_appointment, held
from qms.services.booking.freed import offer_freed
from qms.services.booking.freeing import free
from qms.services.booking.told import appointment_event
from qms.services.booking.waiting import given_back
from qms.store import appointments
from qms.store.schema.booking import appointment
from qms.store.tx import Tx

What = Literal["expire", "no_show", "remind"]
MOST = 200
"""So many of each kind are looked up at a time, the longest due first; but of reminders …"""

MOST_REMINDED = 500

_a = appointment.c
_HELD = sa.text("state = 'held'")  # spelled as the partial indexes have them
_EXPECTED = sa.text("no_show_at IS NOT NULL AND state IN ('scheduled','confirmed')")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something that is due for an appointment, and the routing domains to hold for it: none for a reminder."""

    what: What
    account: str
    appointment: str
    domains: tuple[str, ...]


def due(tx: Tx) -> list[Due]:
    """What is due now; cheap to ask."""
    ended = (_a.hold_expires_at <= tx.now) | (_a.created_at > tx.now + ahead.AHEAD)
    holds = sa.select(_a.account_id, _a.id).where(_HELD, ended).order_by(_a.hold_expires_at)
    gone = sa.select(_a.account_id, _a.id).where(_EXPECTED, _a.no_show_at <= tx.now).order_by(_a.no_show_at)
    return [
        *_due(tx, "expire", ((account, id) for account, id in tx.execute(holds.limit(MOST)))),
        *_due(tx, "no_show", ((account, id) for account, id in tx.execute(gone.limit(MOST)))),
        *_reminding(reminders.due(tx, MOST_REMINDED)),
    ]


def run(tx: Tx, *, due: Due) -> bool:
    """Do what is due, unless somebody else has, or it is not due any more; whether anything was done."""
    if due.what == "remind":
        return reminders.fire(tx, of=[due.appointment]) > 0
    try:
        now = held(tx, due.account, due.appointment)
    except NotFound:
        return False
    return _expire(tx, now) if due.what == "expire" else _give_up(tx, now)


def _expire(tx: Tx, before: Appointment) -> bool:
    if before.state != "held" or before.hold_expires_at is None:
        return False
    if before.hold_expires_at > tx.now and not ahead.begun_ahead(tx, before.created_at):
        return False
    after = appointments.save(tx, before, before.expire(tx.now))
    free(tx, after)
    appointment_event(tx, "expired", after, because="not booked in time")
    given_back(tx, after, "not answered")
    offer_freed(tx, after)
    return True


def _give_up(tx: Tx, expected: Appointment) -> bool:
    if expected.state not in COMING or expected.no_show_at is None or expected.no_show_at > tx.now:
        return False
    ending.no_show(tx, account=expected.account_id, appointment=expected.id, because="not there in time")
    return True


def _due(tx: Tx, what: What, found: Iterable[tuple[str, str]]) -> list[Due]:
    return [
        Due(what=what, account=account, appointment=id, domains=domains_of_appointment(tx, account=account, id=id))
        for account, id in list(dict.fromkeys(found))
    ]


def _reminding(found: Iterable[tuple[str, str]]) -> list[Due]:
    return [Due(what="remind", account=account, appointment=id, domains=()) for account, id in dict.fromkeys(found)]
