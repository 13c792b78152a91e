"""Functions of time: an instant in words, by the rules of a language."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.dates import TIMEDELTA_UNITS, format_datetime, format_timedelta, match_skeleton

from qms.domain.templates.places import text_of
from qms.domain.templates.problem import TemplateProblem
from qms.domain.templates.rendering import Block
from qms_gateway.dialects.videsk.templates.days import WORDS

DEFAULTS = {
    "year": "numeric",
    "month": "numeric",
    "day": "numeric",
    "hour": "2-digit",
    "minute": "2-digit",
    "second": "2-digit",
    "hour12": False,
}
_DAY = {"weekday": "E", "year": "y", "month": "M", "day": "d"}
_ALONE = {"M": "L", "E": "c"}
"""How a language writes a month, or a day of the week, that stands by itself."""

_LETTERS = {"numeric": 1, "2-digit": 2, "short": 3, "long": 4, "narrow": 5}


def date(block: Block) -> str:
    """An instant, in the parts that the body asks for."""
    at, locale = _instant(block.first), _locale(block.arguments)
    block.rendering.spend(50)
    asked = {} if block.literal == "" else block.data(block.this)
    if not isinstance(asked, dict):
        raise TemplateProblem("the options of {{#date}} are a table")
    options = {name: value for name, value in {**DEFAULTS, **asked}.items() if value is not None}
    local = at.astimezone(_zone(options.get("timeZone", "UTC")))
    day = "".join(_letters(letter, options.get(name)) for name, letter in _DAY.items())
    patterns = [_pattern(day, locale)] if day else []
    if hours := _hours(options, locale):
        patterns.append(hours)
    parts = [format_datetime(local, pattern, locale=locale) for pattern in patterns]
    return _joined(parts, locale, numeric="MMM" not in day)


def relative(block: Block) -> str:
    """How long ago, or until when: yesterday and its like by their names, unless numbers are asked for."""
    at, locale = _instant(block.first), _locale(block.arguments)
    block.rendering.spend(50)
    asked = {} if block.literal == "" else block.data(block.this)
    options = asked if isinstance(asked, dict) else {}
    delta = at - block.rendering.now
    if options.get("style", "long") != "long":
        return format_timedelta(delta, add_direction=True, locale=locale, format="short", threshold=1)
    word = None if options.get("numeric") == "always" else _word(delta, locale)
    return word or format_timedelta(delta, add_direction=True, locale=locale, format="long", threshold=1)


def _word(delta: timedelta, locale: Locale) -> str | None:
    """What a language calls that distance, if it has a name for it; the units are those of `format_timedelta`."""
    seconds = delta.total_seconds()
    unit, length = next((one for one in TIMEDELTA_UNITS if abs(seconds) >= one[1]), TIMEDELTA_UNITS[-1])
    words = WORDS.get(f"{locale.language}-{locale.territory}") or WORDS.get(locale.language, {})
    return words.get(f"{unit}{round(seconds / length):+}")


def _joined(parts: list[str], locale: Locale, *, numeric: bool) -> str:
    """The day and the hours; between figures some languages write no comma."""
    if len(parts) < 2:
        return "".join(parts)
    day, hours = parts
    known = locale.datetime_formats["short" if numeric else "long"]
    glue = "{1}, {0}" if locale.language == "pt" else str(known)  # what browsers write there, CLDR has no comma
    return glue.replace("{1}", day).replace("{0}", hours)


def _pattern(skeleton: str, locale: Locale) -> str:
    """How a language writes such a day; what is asked for in full, or with two digits, is written so."""
    known = locale.datetime_skeletons
    nearest = match_skeleton(skeleton, known)
    if nearest is None:
        raise TemplateProblem("no such combination of options of {{#date}}")
    pattern = str(known[nearest].pattern)
    for run in re.findall(r"(E+|M+|d+|y+)", skeleton):
        if len(run) > 1:
            written = re.compile(f"(?<![A-Za-z'])[{run[0]}{_ALONE.get(run[0], '')}]+")
            found = written.search(pattern)
            if found is not None and (run[0] == "E" or (len(found[0]) > 2) == (len(run) > 2)):
                pattern = pattern[: found.start()] + run + pattern[found.end() :]
    return pattern


def _letters(letter: str, form: Any) -> str:
    if form is None:
        return ""
    if form not in _LETTERS:
        raise TemplateProblem("no such option of {{#date}}")
    return letter * (1 if letter in "yd" and form == "numeric" else _LETTERS[form])


def _hours(options: Mapping[str, Any], locale: Locale) -> str:
    """A pattern; hours, minutes and seconds are separated alike everywhere that is asked for."""
    letter = "h" if options.get("hour12") else "H"
    names = [
        _hour(options["hour"], letter, locale) if "hour" in options else "",
        "mm" if "minute" in options else "",
        "ss" if "second" in options else "",
    ]
    said = [":".join(name for name in names if name)]
    said += ["a"] if "hour" in options and options.get("hour12") else []
    said += ["z" if options["timeZoneName"] == "short" else "zzzz"] if "timeZoneName" in options else []
    return " ".join(part for part in said if part)


def _hour(form: Any, letter: str, locale: Locale) -> str:
    """Two digits where they are asked for, or where a language always writes them."""
    usual = str(locale.datetime_skeletons[f"{letter}m"].pattern)
    return letter * 2 if form == "2-digit" or letter * 2 in usual else letter


def _instant(value: Any) -> datetime:
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000, UTC)
        at = datetime.fromisoformat(text_of(value))
    except (ValueError, OverflowError, OSError):
        raise TemplateProblem("expected an instant") from None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _locale(arguments: tuple[Any, ...]) -> Locale:
    try:
        return Locale.parse(text_of(arguments[1])[:20] if len(arguments) > 1 else "en-US", sep="-")
    except (ValueError, UnknownLocaleError):
        raise TemplateProblem("no such language") from None


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError):
        raise TemplateProblem("no such time zone") from None


BLOCKS: Mapping[str, Callable[[Block], Any]] = {"date": date, "relative": relative}
