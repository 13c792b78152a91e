"""What the database refuses, as facts: names of unique indexes and constraints, mapped to domain errors."""

import sqlalchemy.exc

from qms.domain.errors import Conflict, Unavailable

RULES: dict[str, tuple[str, str]] = {
    "uq_offer_live_ticket": ("ticket", "already offered"),
    "uq_offer_live_session": ("agent", "already has an offer"),
    "uq_offer_live_poc": ("poc", "occupied"),
    "uq_session_agent": ("agent", "already signed in"),
    "uq_session_poc": ("poc", "taken by another agent"),
    "uq_ticket_own_number": ("number", "already given"),
    "uq_ticket_link": ("link", "already given"),
}

COLUMNS: dict[str, str] = {
    "offer.ticket_id": "uq_offer_live_ticket",
    "offer.session_id, offer.lane": "uq_offer_live_session",
    "offer.poc_id": "uq_offer_live_poc",
    "session.agent_id": "uq_session_agent",
    "session.poc_id": "uq_session_poc",
    "ticket.number_series, ticket.own_number": "uq_ticket_own_number",
    "ticket.link": "uq_ticket_link",
}
"""SQLite names the columns of a unique index that was broken, not the index."""


def fact(error: Exception) -> Exception:
    """The domain error that a database error stands for; any other error as it is."""
    if isinstance(error, sqlalchemy.exc.IntegrityError):
        return _broken_rule(str(error.orig)) or error
    if isinstance(error, sqlalchemy.exc.TimeoutError):
        return Unavailable(str(error))
    if isinstance(error, _OUTAGES):
        return Unavailable(str(error.orig))
    return error


_OUTAGES = (sqlalchemy.exc.OperationalError, sqlalchemy.exc.InterfaceError, sqlalchemy.exc.InternalError)


def _broken_rule(text: str) -> Conflict | None:
    name = next((name for columns, name in COLUMNS.items() if text.endswith(f"failed: {columns}")), None)
    name = name or next((name for name in RULES if f'"{name}"' in text), None)
    return None if name is None else Conflict(*RULES[name])
