"""What the database refuses, as facts: names of unique indexes and constraints, mapped to domain errors."""

import sqlite3
from collections.abc import Callable, Mapping
from functools import partial

import sqlalchemy.exc

from qms.domain.errors import Conflict, IdempotencyInFlight, Refused, Unavailable

RULES: Mapping[str, Callable[[], Refused]] = {
    "uq_offer_live_ticket": partial(Conflict, "ticket", "already offered"),
    "uq_offer_live_session": partial(Conflict, "agent", "already has an offer"),
    "agent_full": partial(Conflict, "agent", "has no room"),
    "uq_offer_live_poc": partial(Conflict, "poc", "occupied"),
    "uq_session_agent": partial(Conflict, "agent", "already signed in"),
    "uq_session_poc": partial(Conflict, "poc", "taken by another agent"),
    "uq_ticket_own_number": partial(Conflict, "number", "already given"),
    "uq_ticket_link": partial(Conflict, "link", "already given"),
    "uq_appointment_code": partial(Conflict, "code", "already given"),
    "slot_taken": partial(Conflict, "slot", "taken"),
    "pk_idempotency": IdempotencyInFlight,
    "uq_hall_call": partial(Conflict, "call", "announced already"),
    "pk_submission": partial(Conflict, "survey", "already answered"),
}
"""Index, constraint or trigger → what was wrong."""

COLUMNS: Mapping[str, str] = {
    "offer.ticket_id": "uq_offer_live_ticket",
    "offer.session_id, offer.lane": "uq_offer_live_session",
    "offer.poc_id": "uq_offer_live_poc",
    "session.agent_id": "uq_session_agent",
    "session.poc_id": "uq_session_poc",
    "ticket.number_series, ticket.own_number": "uq_ticket_own_number",
    "ticket.link": "uq_ticket_link",
    "appointment.account_id, appointment.code": "uq_appointment_code",
    "idempotency.scope, idempotency.key": "pk_idempotency",
    "hall_call.hall_id, hall_call.branch_id, hall_call.call_seq": "uq_hall_call",
    "submission.id": "pk_submission",
}
"""SQLite names the columns of a unique index that was broken, not the index; of a trigger it gives the message."""

OUTAGES_SQLITE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOTADB,
    }
)
"""Result codes that are not the statement's fault."""

OUTAGES_POSTGRESQL = ("08", "25006", "40", "53", "55", "57", "58", "XX")
"""SQLSTATEs that are not the statement's fault: connection, read-only, deadlock, resources, lock, operator, system."""


def fact(error: Exception) -> Exception:
    """The domain error that a database error stands for; any other error as it is."""
    if isinstance(error, sqlalchemy.exc.IntegrityError):
        return _broken_rule(str(error.orig)) or error
    if isinstance(error, sqlalchemy.exc.TimeoutError):
        return Unavailable(str(error))
    if isinstance(error, sqlalchemy.exc.DBAPIError) and _is_outage(error):
        return Unavailable(str(error.orig))
    return error


def _is_outage(error: sqlalchemy.exc.DBAPIError) -> bool:
    """Whether the database cannot work now, or whether a statement was wrong."""
    if error.connection_invalidated or isinstance(error, sqlalchemy.exc.InterfaceError):
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in OUTAGES_SQLITE
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return isinstance(error, sqlalchemy.exc.OperationalError)
    return str(state).startswith(OUTAGES_POSTGRESQL)


def _broken_rule(text: str) -> Refused | None:
    name = next((name for columns, name in COLUMNS.items() if text.endswith(f"failed: {columns}")), None)
    name = name or next((name for name in RULES if name == text or f'"{name}"' in text), None)
    return None if name is None else RULES[name]()
