"""Overbooking: staff may book over whatever an agent has to do. It is marked, written down, and never silent."""

from qms.domain.appointment import Appointment, TimeTaken
from qms.domain.errors import Conflict
from qms.services.booking.told import appointment_event
from qms.store import times
from qms.store.tx import Tx


def noted(tx: Tx, appointment: Appointment, time: TimeTaken, *, actor: str, refuse: bool) -> bool:
    """Whether this time lies over another appointment's; if so, it is written down who wanted that.

    So it is if the agent is busy then by a calendar that he keeps elsewhere, though that leaves the time unmarked.

    Raises:
        Conflict: it lies over something, and that is to be refused.
    """
    over = times.in_the_way(tx, time)
    if not over and not times.busy_elsewhere(tx, time):
        return False
    if refuse:
        raise Conflict("slot", "taken")
    what = "appointment" if over else "calendar"
    when = {"start": time.blocked_start, "end": time.blocked_end}
    data = {"agent": time.agent_id, **when, "over": what}
    tx.note(appointment.account_id, actor, "appointment.overbooked", appointment.id, data)
    appointment_event(tx, "overbooked", appointment, agent=time.agent_id, actor=actor, over=what)
    return over
