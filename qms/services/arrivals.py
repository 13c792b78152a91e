"""Appointments at the desk: whoever it is for has come, has not come, or will not."""

from contextlib import suppress

from qms.domain.appointment import OVER, Appointment
from qms.domain.errors import Conflict, Gone, NotAuthenticated, NotFound
from qms.domain.network import Agent
from qms.domain.ticket import Ticket
from qms.services import concern
from qms.services.booking import ending, tokens
from qms.services.booking.codes import spellings
from qms.services.check_in import check_in_at_desk
from qms.services.check_in_codes import code_in, token_in
from qms.services.check_in_times import LASTING
from qms.services.concern import concerning
from qms.services.desk_day import Booked, one
from qms.store import appointments
from qms.store.tx import Tx


def check_in(tx: Tx, *, viewer: Agent, appointment: str, branch: str | None = None) -> Ticket:
    """Give somebody who is here for an appointment his ticket; `branch` is where, if it is given at none.

    Raises:
        NotFound: no such appointment, or it does not concern the agent; or nobody can tell where it would be.
        Conflict: he has checked in already, or it is for another day. Gone: it was cancelled, or is over.
    """
    return _arrived(tx, viewer, concerning(tx, viewer, appointment), branch)


def check_in_by_code(
    tx: Tx, *, viewer: Agent, code: str, branch: str | None = None, secret: bytes | None = None
) -> Ticket:
    """The same for whoever says or shows a code: typed, or scanned from the confirmation's QR or link to join.

    Raises:
        NotFound: no appointment that concerns the agent has this code. Conflict, Gone: as for `check_in`.
    """
    booked = _coded(tx, viewer.account_id, code) or _linked(tx, code, secret)
    if booked is None or booked.account_id != viewer.account_id or not concern.of(tx, viewer).holds(tx, booked):
        raise NotFound("appointment", "code")
    return _arrived(tx, viewer, booked, branch)


def no_show(tx: Tx, *, viewer: Agent, appointment: str) -> Booked:
    """Nobody has come to an appointment; what remains of its time is free.

    Raises:
        NotFound: no such appointment, or not for this agent. Conflict: somebody has come. Gone: it is over already.
    """
    booked = _lasting(concerning(tx, viewer, appointment))
    after = ending.no_show(tx, account=viewer.account_id, appointment=booked.id, because="marked at the desk")
    return one(tx, viewer=viewer, appointment=after)


def cancel(tx: Tx, *, viewer: Agent, appointment: str, reason: str | None = None) -> Booked:
    """An appointment will not take place; whoever waits for it is withdrawn.

    Raises:
        NotFound: no such appointment, or not for this agent. Gone: it is over already.
    """
    booked = _lasting(concerning(tx, viewer, appointment))
    after = ending.cancel(tx, account=viewer.account_id, appointment=booked.id, reason=reason or None)
    return one(tx, viewer=viewer, appointment=after)


def _arrived(tx: Tx, viewer: Agent, booked: Appointment, branch: str | None) -> Ticket:
    if booked.state != "no_show":
        _lasting(booked)
    if booked.ticket_id is not None and booked.state in ("checked_in", "active"):
        raise Conflict("appointment", booked.state)
    concerned = concern.of(tx, viewer)
    place = concerned.branch(branch) if branch is not None else concerned.place_of(booked)
    where = place.id if place is not None else None
    return check_in_at_desk(tx, account=viewer.account_id, agent=viewer.id, code=booked.id, branch=where)


def _lasting(booked: Appointment) -> Appointment:
    if booked.state in OVER:
        raise Gone("appointment", booked.state)
    return booked


def _coded(tx: Tx, account: str, text: str) -> Appointment | None:
    """The latest appointment of an account with this code; one that is over only where no other has it."""
    code = code_in(text)
    for states in (LASTING, OVER):
        for spelling in spellings(code) if code.isprintable() else ():
            booked = appointments.with_code(tx, account, spelling, states)
            if booked is not None:
                return booked
    return None


def _linked(tx: Tx, text: str, secret: bytes | None) -> Appointment | None:
    token = token_in(text)
    if token is not None and secret is not None:
        with suppress(NotAuthenticated, Gone):
            return tokens.opened(tx, token=tokens.read(token, secret=secret, now=tx.now))
    return None
