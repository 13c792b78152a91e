"""Whoever an appointment was for, and is no longer, finds no way back to it: it is somebody else's now."""

from typing import Any

from qms.domain.appointment import Appointment
from qms.services.booking import reminders, waiting_rooms
from qms.store.tx import Tx


def barring(it: Appointment) -> dict[str, Any]:
    """What is to be changed of an appointment, so that every link and token that was given out for it is dead."""
    return {"token_generation": it.token_generation + 1}


def barred(tx: Tx, it: Appointment) -> None:
    """The same for its waiting room, whose code he knows; reminders of whoever is left go on."""
    waiting_rooms.renew(tx, it)
    if it.is_awaited:
        reminders.write(tx, tx.network(it.account_id), it)
