"""Functions of time: an instant in words, by the rules of a language."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime, format_timedelta, match_skeleton

from qms.domain.templates.places import text_of
from qms.domain.templates.problem import TemplateProblem
from qms.domain.templates.rendering import Block

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
    parts = [format_datetime(local, _pattern(day, locale), locale=locale)] if day else []
    if hours := _hours(options):
        parts.append(format_datetime(local, hours, locale=locale))
    return ", ".join(parts)


def relative(block: Block) -> str:
    """How long ago, or until when."""
    at, locale = _instant(block.first), _locale(block.arguments)
    block.rendering.spend(50)
    asked = {} if block.literal == "" else block.data(block.this)
    short = isinstance(asked, dict) and asked.get("style") in ("short", "narrow")
    delta = at - block.rendering.now
    return format_timedelta(delta, add_direction=True, locale=locale, format="short" if short else "long", threshold=1)


def _pattern(skeleton: str, locale: Locale) -> str:
    """How a language writes such a day; what is asked for in full, or with two digits, is written so."""
    known = locale.datetime_skeletons
    nearest = match_skeleton(skeleton, known)
    if nearest is None:
        raise TemplateProblem("no such combination of options of {{#date}}")
    pattern = str(known[nearest].pattern)
    for run in re.findall(r"(E+|M+|d+|y+)", skeleton):
        if len(run) > 1:
            written = re.compile(f"(?<![A-Za-z'])[{run[0]}{'L' if run[0] == 'M' else ''}]+")
            found = written.search(pattern)
            if found is not None and (len(found[0]) > 2) == (len(run) > 2):
                pattern = pattern[: found.start()] + run + pattern[found.end() :]
    return pattern


def _letters(letter: str, form: Any) -> str:
    if form is None:
        return ""
    if form not in _LETTERS:
        raise TemplateProblem("no such option of {{#date}}")
    return letter * (1 if letter in "yd" and form == "numeric" else _LETTERS[form])


def _hours(options: Mapping[str, Any]) -> str:
    """A pattern; hours, minutes and seconds are separated alike everywhere that is asked for."""
    hour = ("hh" if options.get("hour") == "2-digit" else "h") if options.get("hour12") else "HH"
    names = [
        hour if "hour" in options else "",
        "mm" if "minute" in options else "",
        "ss" if "second" in options else "",
    ]
    said = ":".join(name for name in names if name)
    return f"{said} a" if "hour" in options and options.get("hour12") else said


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
