"""Instants as options of commands give them."""

from datetime import UTC, datetime

from server.failing import fail


def instant(name: str, text: str) -> datetime | None:
    """The instant that an option says, in UTC unless it names a zone; None where it says nothing. Another text ends
    the command with a line that names the option."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        fail(f"{name}: expected an instant such as 2027-01-01T00:00:00Z, not {text!r}")
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
