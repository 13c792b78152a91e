"""A new release of the time zone database: appointments anchored to the wall clock keep what it shows, and say so."""

from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from qms.domain import zones
from qms.domain.appointment import COMING, Appointment, wall_text
from qms.services.booking import reminders
from qms.services.booking.finding import held
from qms.services.booking.freeing import promote
from qms.services.booking.overbooking import noted
from qms.services.booking.told import appointment_event
from qms.store import appointments, times
from qms.store.schema.booking import appointment
from qms.store.schema.network import account as accounts
from qms.store.tx import Tx

MOST = 500
_a = appointment.c
_WAITING = sorted(COMING | {"held"})


def outdated(tx: Tx) -> list[tuple[str, str]]:
    """Accounts and appointments to come that were worked out by another release; some of them, the next first."""
    to_come = _a.account_id.in_(sa.select(accounts.c.id)) & (_a.starts_at > tx.now)  # by the index, past the past
    where = to_come & _a.state.in_(_WAITING) & (_a.tz_version != zones.version())
    found = sa.select(_a.account_id, _a.id).where(where).order_by(_a.starts_at).limit(MOST)
    return [(account, id) for account, id in tx.execute(found)]


def rederive(tx: Tx, *, account: str, appointment: str) -> timedelta:
    """Work out anew when an appointment is; by how much its instant has moved.

    Whoever is in the way there is not sent away: the moved one counts as overbooked, and the audit says why.

    Raises:
        NotFound: no such appointment.
    """
    before = held(tx, account, appointment)
    where = zones.zone(before.wall_zone)
    shown = datetime.fromisoformat(before.wall_start)
    fits = before.anchor == "instant" or wall_text(before.starts_at, where) == before.wall_start
    shift = timedelta() if fits else zones.instant_of(shown, where) - before.starts_at
    after = replace(
        before,
        starts_at=before.starts_at + shift,
        ends_at=before.ends_at + shift,
        wall_start=wall_text(before.starts_at + shift, where),
        no_show_at=before.no_show_at and before.no_show_at + shift,
        tz_version=zones.version(),
        updated_at=tx.now,
        ver=before.ver + 1,
    )
    appointments.save(tx, before, after)
    if shift:
        _shift(tx, after, shift)
        because = f"time zones {zones.version()}"
        appointment_event(tx, "moved", after, before=before, because=because, was=before.tz_version)
    return shift


def _shift(tx: Tx, moved: Appointment, shift: timedelta) -> None:
    for time in times.times_of(tx, moved.id):
        wanted = replace(time, blocked_start=time.blocked_start + shift, blocked_end=time.blocked_end + shift)
        over = noted(tx, moved, wanted, actor=f"time zones {zones.version()}", refuse=False)
        range = {"blocked_start": wanted.blocked_start, "blocked_end": wanted.blocked_end}
        times.retime(tx, time, **range, overbooked=over)
        promote(tx, time.agent_id, time.blocked_start, time.blocked_end)
    reminders.write(tx, tx.network(moved.account_id), moved)
