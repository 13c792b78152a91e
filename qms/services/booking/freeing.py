"""Giving agents their time back, and letting what stood over it count."""

from dataclasses import replace
from datetime import datetime

from qms.domain.appointment import Appointment
from qms.services.booking.overbooking import noted
from qms.services.booking.told import appointment_event
from qms.store import appointments, participants, times
from qms.store.tx import Tx


def free(tx: Tx, appointment: Appointment) -> None:
    """The time that an appointment still takes is free: all of it, or what remains of a no-show's."""
    for time in times.times_of(tx, appointment.id):
        if not time.active:
            continue
        if appointment.state == "no_show" and time.blocked_start < tx.now:
            if tx.now < time.blocked_end:
                times.retime(tx, time, blocked_end=tx.now)
        else:
            times.retime(tx, time, active=False)
        promote(tx, time.agent_id, time.blocked_start, time.blocked_end)


def take_back(tx: Tx, appointment: Appointment) -> None:
    """What was ended by mistake takes its agents' time again; over what has been put there meanwhile, if need be."""
    there = {party.id for party in participants.of(tx, appointment.id) if party.kind == "AGENT"}
    for time in times.times_of(tx, appointment.id):
        if time.agent_id in there:
            wanted = replace(time, active=True, blocked_end=max(time.blocked_end, appointment.ends_at))
            over = noted(tx, appointment, wanted, actor="undone", refuse=False)
            times.retime(tx, time, active=True, blocked_end=wanted.blocked_end, overbooked=over)


def promote(tx: Tx, agent: str, start: datetime, end: datetime) -> None:
    """What staff has put over other appointments counts like any other once nothing is under it any more."""
    for time in times.overbooked(tx, agent, start, end):
        if not times.in_the_way(tx, time):
            times.retime(tx, time, overbooked=False)
            promoted = appointments.get(tx, time.appointment_id)
            if promoted is not None:
                appointment_event(tx, "promoted", promoted, agent=agent)
