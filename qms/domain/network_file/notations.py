"""The notations of a network file: keys, ids, tokens, addresses, zones, dates, durations."""

import re
from base64 import b64decode
from datetime import date, datetime, time
from string import Formatter
from urllib.parse import urlsplit

from qms.domain import zones
from qms.domain.complaint import Wrong, complaint, guessed, numbered
from qms.domain.ids import is_id
from qms.domain.network_file.checks import Check, described, shaped, text
from qms.domain.period import Period
from qms.domain.span import Span

ROOM_URL_FIELDS = ("room", "account", "branch", "queue", "poc", "agent", "ticket", "number", "name", "role", "language")
"""What a `room_url` may name in braces: `room` is secret and new for every call, `name` and `role` are the reader's."""

MEETING_URL_FIELDS = ("room", "account", "branch", "queue", "agent", "appointment", "language")
"""What a `meeting_url` may name in braces: `room` is secret and the same for all who meet."""

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_PREFIX = re.compile(r"(?:[A-Za-z0-9]{0,3}[A-Za-z])?")
_TOKEN = re.compile(r"[A-Za-z0-9._~-]{1,200}")
_EMAIL = re.compile(r"[^@\s\"(),:;<>\[\\\]]{1,64}@[^@\s\"(),:;<>\[\\\]._-][^@\s\"(),:;<>\[\\\]]{0,252}")
_FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_EVENT = re.compile(r"\*|[A-Za-z][A-Za-z_-]*(?:\.[A-Za-z_-]+)*(?:\.\*)?")
_FIRST_YEAR, _LAST_YEAR = 1970, 2199


_key = shaped(_KEY, complaint("expected a key of letters, digits, . _ : - (at most 64), found %(found)s"))


def key(value: object) -> str:
    """The stable name of something; it must not look like an id, because either may stand in a path."""
    found = _key(value)
    if is_id(found.lower()):
        raise Wrong(complaint("expected a key that does not look like an id, found %(found)s", found=described(found)))
    return found


def identifier(value: object) -> str:
    """An id of 24 hex digits, kept in small letters."""
    if not isinstance(value, str) or not is_id(value.lower()):
        raise Wrong(complaint("expected an id of 24 hex digits, found %(found)s", found=described(value)))
    return value.lower()


slug = shaped(_SLUG, complaint("expected a slug of small letters, digits and - (at most 63), found %(found)s"))
language = shaped(_LANGUAGE, complaint('expected a language such as "es" or "pt-BR", found %(found)s'))
prefix = shaped(_PREFIX, complaint("expected at most 4 letters or digits, the last one a letter, found %(found)s"))
token = shaped(_TOKEN, complaint("expected a token of letters, digits, . _ ~ - (at most 200), found %(found)s"))
email = shaped(_EMAIL, complaint("expected an e-mail address, found %(found)s"))
field_name = shaped(
    _FIELD_NAME, complaint("expected a name of letters, digits, _ . - that begins with a letter, found %(found)s")
)
header_name = shaped(_HEADER, complaint("expected the name of an HTTP header, found %(found)s"))
event = shaped(_EVENT, complaint('expected an event such as "ticket.called", "ticket.*" or "*", found %(found)s'))
password_hash = shaped(
    re.compile(r"\$argon2(?:id|i|d)\$\S+"),
    complaint("expected an argon2 hash that begins with $argon2id$, found %(found)s"),
)


def header_value(value: object) -> str:
    """What an HTTP header may carry."""
    found = text(4000, empty=True)(value)
    if re.search(r"[\n\t]", found):
        raise Wrong(complaint("expected a header's value on one line"))
    return found


def timezone(value: object) -> str:
    """The IANA name of a time zone."""
    if not isinstance(value, str) or not zones.is_zone(value):
        said = complaint("%(found)s is no time zone; expected an IANA name such as America/Santiago")
        raise Wrong(guessed(said.about(found=described(value)), value, zones.names()))
    return value


def address(value: object) -> str:
    """An absolute http or https address without a login in it."""
    found = text(2000)(value)
    try:
        parts = urlsplit(found)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound or re.search(r"[\s\\]", found):
        raise Wrong(complaint("expected an http or https address, found %(found)s", found=described(found)))
    if "@" in parts.netloc:
        raise Wrong(complaint("expected an address without a login; put it in headers, as Authorization"))
    if parts.fragment:
        raise Wrong(complaint("expected an address without a fragment (#…)"))
    return found


def feed(value: object) -> str:
    """The address of an iCalendar feed; `webcal:` is what calendars call https."""
    found = text(2000)(value)
    return address("https" + found[6:] if found[:9].lower() == "webcal://" else found)


def room_url(value: object) -> str:
    """The template of a call's address: names in braces, of `ROOM_URL_FIELDS`."""
    return _address_naming(value, ROOM_URL_FIELDS)


def meeting_url(value: object) -> str:
    """The template of a meeting's address: names in braces, of `MEETING_URL_FIELDS`."""
    return _address_naming(value, MEETING_URL_FIELDS)


def _address_naming(value: object, fields: tuple[str, ...]) -> str:
    found = text(2000)(value)
    try:
        parts = list(Formatter().parse(found))
    except ValueError:
        raise Wrong(complaint("expected every brace to be closed, and none to stand alone")) from None
    for _, name, form, conversion in parts:
        if name is not None and (name not in fields or form or conversion):
            said = complaint("%(found)s is not one of %(choices)s", found=f"{{{name}}}", choices=", ".join(fields))
            raise Wrong(guessed(said, name, fields))
    address("".join(literal + ("x" if name is not None else "") for literal, name, _, _ in parts).partition("#")[0])
    return found


def period(longest_days: int) -> Check[Period]:
    """An ISO 8601 duration up to so many days."""
    too_long = numbered(
        "expected a duration of at most %(count)s day, found %(found)s",
        "expected a duration of at most %(count)s days, found %(found)s",
        longest_days,
    )

    def check(value: object) -> Period:
        if not isinstance(value, str):
            said = complaint("expected an ISO 8601 duration such as P1D or PT24H, found %(found)s")
            raise Wrong(said.about(found=described(value)))
        try:
            found = Period.parse(value)
        except Wrong as wrong:
            raise _found(wrong, value) from None
        if found.months * 31 + found.days + found.seconds / 86_400 > longest_days:
            raise Wrong(too_long.about(found=described(value)))
        return found

    return check


def day(value: object) -> date:
    """A date, as TOML has it or as text."""
    found = _from_iso(value) if isinstance(value, str) else value
    if not isinstance(found, date) or isinstance(found, datetime) or not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        said = complaint('expected a date from 1970 to 2199 such as "2026-12-25", found %(found)s')
        raise Wrong(said.about(found=described(value)))
    return found


def day_or_wall(value: object) -> date | datetime:
    """A date, or a date and time without a zone."""
    found = _from_iso(value) if isinstance(value, str) else value
    if isinstance(found, datetime) and found.tzinfo is None and _FIRST_YEAR <= found.year <= _LAST_YEAR:
        return found.replace(second=0, microsecond=0)
    if isinstance(found, datetime) or not isinstance(found, date):
        said = complaint('expected "2026-12-24" or "2026-12-24T13:00" without a zone, found %(found)s')
        raise Wrong(said.about(found=described(value)))
    return day(found)


def _from_iso(value: str) -> date | datetime | None:
    try:
        return date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    except ValueError:
        return None


def midnight(at: date | datetime) -> datetime:
    """The wall time that a date, or a date and time, begins at."""
    return at if isinstance(at, datetime) else datetime.combine(at, time.min)


def span(value: object) -> Span:
    """Hours of a day, such as "09:00-18:00"."""
    if not isinstance(value, str):
        raise Wrong(complaint('expected hours such as "09:00-18:00", found %(found)s', found=described(value)))
    try:
        return Span.parse(value)
    except Wrong as wrong:
        raise _found(wrong, value) from None


def _found(wrong: Wrong, value: object) -> Wrong:
    """What is wrong, and with what."""
    return Wrong(complaint("%(complaint)s, found %(found)s", complaint=wrong.complaint, found=described(value)))


def is_webhook_secret(value: str) -> bool:
    """Whether a `whsec_` secret holds base64, as verifiers expect."""
    try:
        return bool(b64decode(value.removeprefix("whsec_"), validate=True))
    except ValueError:
        return False
