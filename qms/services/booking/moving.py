"""Moving an appointment: the same appointment at another time, by one update of its rows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from qms.domain.appointment import Appointment, TimeTaken
from qms.domain.network import Network, Service
from qms.services.booking import reminders
from qms.services.booking.bookables import rules_of
from qms.services.booking.finding import held
from qms.services.booking.freed import offer_time
from qms.services.booking.freeing import promote
from qms.services.booking.overbooking import noted
from qms.services.booking.seating import seat
from qms.services.booking.timing import timing
from qms.services.booking.told import appointment_event
from qms.store import appointments, times
from qms.store.tx import Tx


def move(tx: Tx, *, account: str, appointment: str, starts_at: datetime, again: bool = True) -> Appointment:
    """Move an appointment of a service to another start that is offered, with the same agent; its own time counts not.

    Every token for it is dead. `again`: who had confirmed it has to do so anew.

    Raises:
        NotFound: no such appointment, or its service or agent is not in the network any more.
        Conflict: its state does not allow it, or the start is not offered.
    """
    network, before = tx.network(account), held(tx, account, appointment)
    service = network.services.find(before.service_id or "")
    rules = rules_of(network, service)
    before.move(tx.now, again=again)  # refused here, if at all by its state
    seat(tx, network, service, starts_at, before.agent_id, without=before)
    when = timing(network, service, starts_at, starts_at + rules.duration)
    after, blocked = before.move(tx.now, again=again, **when), rules.blocked(starts_at)
    for time in times.times_of(tx, before.id):
        _shift(tx, time, *blocked, overbooked=False)
    return _moved(tx, network, before, after)


def move_by_staff(
    tx: Tx,
    *,
    account: str,
    appointment: str,
    starts_at: datetime,
    ends_at: datetime,
    actor: str,
    refuse_overlap: bool = False,
    leaving: str | None = None,
) -> Appointment:
    """Move an appointment to any time, over others if need be; its state stays, every token for it is dead.

    `leaving`: an agent who is about to be replaced, so that nobody minds what else he does then.

    Raises:
        NotFound: no such appointment. Conflict: its state does not allow it, or the time is taken and that is refused.
    """
    network, before = tx.network(account), held(tx, account, appointment)
    service = network.services.get(before.service_id or "")
    after = before.move(tx.now, again=False, **timing(network, service, starts_at, ends_at))
    early, late = _buffers(network, service)
    for time in times.times_of(tx, before.id):
        if not time.active:  # of somebody who does not take part any more
            continue
        wanted = replace(time, blocked_start=after.starts_at - early, blocked_end=after.ends_at + late)
        gone = time.agent_id == leaving
        over = gone or noted(tx, after, wanted, actor=actor, refuse=refuse_overlap)
        _shift(tx, time, wanted.blocked_start, wanted.blocked_end, overbooked=over)
    return _moved(tx, network, before, after)


def _shift(tx: Tx, time: TimeTaken, start: datetime, end: datetime, *, overbooked: bool) -> None:
    times.retime(tx, time, blocked_start=start.astimezone(UTC), blocked_end=end.astimezone(UTC), overbooked=overbooked)
    promote(tx, time.agent_id, time.blocked_start, time.blocked_end)


def _moved(tx: Tx, network: Network, before: Appointment, after: Appointment) -> Appointment:
    appointments.save(tx, before, after)
    reminders.write(tx, network, after)
    appointment_event(tx, "moved", after, before=before)
    agents = {time.agent_id for time in times.times_of(tx, after.id)}
    offer_time(tx, after.account_id, agents, before.starts_at, before.ends_at)
    return after


def _buffers(network: Network, service: Service | None) -> tuple[timedelta, timedelta]:
    if service is None:
        return timedelta(), timedelta()
    rules = rules_of(network, service)
    return timedelta(minutes=rules.before_minutes), timedelta(minutes=rules.after_minutes)
