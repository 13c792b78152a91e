"""What an answer says of when it is worth asking again."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime


def wait_asked(text: str | None, wall: datetime) -> timedelta | None:
    """The wait that a `Retry-After` asks for, in seconds or until a date; `wall` is the machine's time.

    Source: RFC 9110, 10.2.3.
    """
    if text is None:
        return None
    text = text.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), 10**8))
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return (until if until.tzinfo else until.replace(tzinfo=UTC)) - wall
