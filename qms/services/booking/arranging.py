"""Appointments as other systems make and end them: with who takes part in them, in one transaction."""

from collections.abc import Container
from dataclasses import replace

from qms.domain.appointment import OVER, Appointment
from qms.domain.participant import Attended
from qms.services import otp
from qms.services.booking import ending
from qms.services.booking.finding import found
from qms.services.booking.reach import attended
from qms.services.booking.staff import Meeting, book_by_staff
from qms.services.notification.noticing import PROVED
from qms.store.tx import Tx


def arrange(tx: Tx, *, account: str, meeting: Meeting, actor: str, refuse_overlap: bool = False) -> Attended:
    """Put down an appointment.

    Raises:
        NotFound, Invalid, Conflict: as for `book_by_staff`.
    """
    booked = book_by_staff(tx, account=account, meeting=meeting, actor=actor, refuse_overlap=refuse_overlap)
    return attended(tx, booked)


def arrange_for_oneself(
    tx: Tx, *, account: str, meeting: Meeting, verification: str, code: str, contacts: Container[str]
) -> Attended:
    """Put down an appointment of somebody who has proved, by a code, that one of these contacts is his; it is used up.

    The one that is proved is written down with it: he may have somebody else's among the others, and nobody is to be
    written to because a stranger says so.

    Raises:
        NotAuthenticated: the code proves nothing, or not any more. Invalid: the time is over, or no time.
    """
    proved = otp.use(tx, id=verification, code=code, account=account, contacts=contacts)
    meeting = replace(meeting, data={**meeting.data, PROVED: proved})
    return arrange(tx, account=account, meeting=meeting, actor=f"customer {verification}")


def end(tx: Tx, *, account: str, appointment: str) -> Appointment:
    """It is over, unless it was already.

    Raises:
        NotFound: no such appointment.
    """
    it = found(tx, account, appointment)
    return it if it.state in OVER else ending.complete(tx, account=account, appointment=appointment)
