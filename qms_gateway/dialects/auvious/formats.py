"""Instants, durations and ids as this dialect spells them."""

import re
from datetime import UTC, datetime, timedelta
from typing import NoReturn

from qms.domain import zones
from qms.domain.errors import Invalid, NotFound
from qms.domain.ids import from_uuid, is_id, to_uuid
from qms.domain.period import Period

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:?\d{2})?", re.ASCII)
_MONTHS = re.compile(r"P(\d+)M", re.IGNORECASE | re.ASCII)
YEARS = range(1971, 9000)
LONGEST_ID = 64
LONGEST_SPAN = timedelta(days=3660)


def instant_text(at: datetime) -> str:
    """An instant in UTC with one fraction digit: `2022-01-31T19:00:00.0Z`."""
    at = at.astimezone(UTC)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 100_000}Z"


def instant_of(text: str, field: str) -> datetime:
    """An instant as RFC 3339 has it; without an offset it is UTC.

    Raises:
        Invalid: it is none, or lies where there are no appointments.
    """
    if _INSTANT.fullmatch(text):
        try:
            at = datetime.fromisoformat(text.upper())
            at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        else:
            if at.year in YEARS:
                return at
    raise Invalid(field, "a date-time such as 2022-01-31T19:00:00.0Z")


def duration_text(length: timedelta, *, iso: bool) -> str:
    """A duration as documented, `PT5M0s`, or as ISO 8601 has it, `PT5M` (A-2)."""
    seconds = int(length.total_seconds())
    if iso:
        return str(Period(seconds=seconds))
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"PT{f'{hours}H' if hours else ''}{minutes}M{seconds}s"


def duration_of(text: str, field: str) -> timedelta:
    """A duration in ISO 8601, in capital or small letters; a day is 24 hours.

    Raises:
        Invalid: it is none, or has months or years.
    """
    try:
        period = Period.parse(text)
    except ValueError:
        period = Period(months=1)
    if period.months:
        raise Invalid(field, "a duration such as PT5M")
    return timedelta(days=period.days, seconds=period.seconds)


def span_of(text: str, field: str) -> timedelta:
    """A duration to look ahead by; it may be nothing.

    Raises:
        Invalid: it is no duration, or longer than anybody plans.
    """
    length = duration_of(text, field)
    if length > LONGEST_SPAN:
        raise Invalid(field, f"at most {LONGEST_SPAN.days} days")
    return length


def period_of(text: str, field: str, *, minutes: bool) -> Period:
    """How long before: `P1D`; `P5M` is five minutes (A-3), or five months.

    Raises:
        Invalid: it is no period.
    """
    match = _MONTHS.fullmatch(text)
    try:
        period = Period(seconds=60 * int(match[1])) if match and minutes else Period.parse(text)
    except ValueError:
        raise Invalid(field, "a period such as P1D") from None
    if period.months > 120 or timedelta(days=period.days, seconds=period.seconds) > LONGEST_SPAN:
        raise Invalid(field, "a period of ten years at most")
    return period


def zone_of(text: str, field: str) -> str:
    """The name of a time zone.

    Raises:
        Invalid: there is none of this name.
    """
    if not zones.is_zone(text):
        raise Invalid(field, "a time zone such as Europe/Berlin")
    return text


def id_of(text: str, kind: str) -> str:
    """One of our ids, spelled as a UUID (or as it is).

    Raises:
        NotFound: it spells none, so there is no such thing.
    """
    found = text if is_id(text) else from_uuid(text)
    return found if found is not None else _nothing(kind, text)


def user_of(text: str) -> str:
    """Somebody's id as callers write it, whatever it looks like; to be looked up.

    Raises:
        Invalid: it is empty, or too long.
    """
    if not 1 <= len(text) <= LONGEST_ID or "\0" in text:
        raise Invalid("userId", f"1 to {LONGEST_ID} characters")
    return text


def spelled(id: str) -> str:
    """One of our ids as a UUID; an id of any other kind as it is."""
    return to_uuid(id) if is_id(id) else id


def _nothing(kind: str, text: str) -> NoReturn:
    raise NotFound(kind, text[:LONGEST_ID])
