"""Dates and time zones as callers write them, and instants as they are told: UTC, milliseconds, Z (D-11, D-29)."""

import re
from datetime import UTC, date, datetime, tzinfo

from qms.domain import zones
from qms_gateway.dialects.videsk.errors import BAD_REQUEST, Refusal

_DATE = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)"
    r"(?:[Tt ](?P<time>\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)(?:(?P<utc>[Zz])|(?P<sign>[+ -])(?P<offset>\d\d:?\d\d))?)?",
    re.ASCII,
)


def day_of(value: object, where: tzinfo) -> date:
    """The date that a moment is on, there; one without a time or an offset is meant there already.

    Raises:
        Refusal: it is no moment.
    """
    moment = read_moment(value)
    if not isinstance(moment, datetime):
        return moment
    try:
        return (moment if moment.tzinfo is None else moment.astimezone(where)).date()
    except OverflowError:  # at the very ends of the calendar
        raise no_date() from None


def instant_of(value: object) -> datetime:
    """The instant, in UTC, that a text with a time and an offset names.

    Raises:
        Refusal: it names none.
    """
    moment = read_moment(value)
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise no_date()
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise no_date() from None


def read_moment(value: object) -> date | datetime:
    """A date, with a time and an offset or without. A plus that came unescaped in an address is a blank by now.

    Raises:
        Refusal: it is neither.
    """
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise no_date()
    offset = "+00:00" if match["utc"] else f"{(match['sign'] or '').replace(' ', '+')}{match['offset'] or ''}"
    try:
        if match["time"] is None:
            return date.fromisoformat(match["date"])
        return datetime.fromisoformat(f"{match['date']}T{match['time']}{offset}")
    except ValueError:
        raise no_date() from None


def zone_of(value: object) -> tzinfo:
    """The time zone of this name, or with this offset.

    Raises:
        Refusal: there is none.
    """
    try:
        return zones.read_zone(value if isinstance(value, str) else "")
    except ValueError:
        raise Refusal(BAD_REQUEST, 'A valid "timezone" is required', "timezone") from None


def no_date() -> Refusal:
    """No date, or none that can be read."""
    return Refusal(BAD_REQUEST, 'A valid "date" is required', "date")


def text_of(instant: datetime) -> str:
    """An instant as it is told."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
