"""Placeholders in what people are told about an appointment, such as `{{firstName}}`, `{{dd-MM-yyyy}}`, `{{time24}}`.

A placeholder that we do not know stays as it is, so that whoever wrote it sees it.
"""

import html
import re
from collections.abc import Mapping
from datetime import datetime, tzinfo

from qms.domain.zones import wall_time

_FIELD = re.compile(r"\{\{\s*([^{}]{1,60}?)\s*\}\}")
_LETTERS = re.compile("yyyy|yy|MMMM|MMM|MM|M|EEEE|EEE|dd|d|HH|H|hh|h|mm|ss|a")
_BETWEEN = " .:/,-"
NAMES = ("MMMM", "MMM", "EEEE", "EEE")
"""Parts of a date that are words, in whatever language: the month and the day of the week, whole and short."""


def filled(
    text: str,
    values: Mapping[str, str],
    *,
    start: datetime,
    where: tzinfo,
    markup: bool = False,
    names: Mapping[str, str] | None = None,
) -> str:
    """A text with its placeholders replaced: by values by name, and by the start as that zone has it.

    One pass: what is put in is never looked at again. `markup`: the text is HTML, and what is put in is made harmless
    there. `names`: the words for `NAMES`; what is missing is said as a number.
    """
    wall, known = wall_time(start, where), {**_times(start, where), **values}
    words = names or {}

    def said(match: re.Match[str]) -> str:
        name = match[1]
        value = known.get(name)
        if value is None and _LETTERS.search(name) and not _LETTERS.sub("", name).strip(_BETWEEN):
            value = _LETTERS.sub(lambda letters: words.get(letters[0]) or _part(letters[0], wall), name)
        if value is None:
            return match[0]
        return html.escape(value) if markup else value

    return _FIELD.sub(said, text)


def _times(start: datetime, where: tzinfo) -> dict[str, str]:
    wall = wall_time(start, where)
    return {"time24": _part("HH", wall) + ":" + _part("mm", wall), "time12": _twelve(wall), "zone": _zone(start, where)}


def _twelve(wall: datetime) -> str:
    return f"{_part('h', wall)}:{_part('mm', wall)} {_part('a', wall)}"


def _zone(start: datetime, where: tzinfo) -> str:
    """The zone's short name at that time; one that has only a number is said as its distance from UTC."""
    name = start.astimezone(where).tzname() or ""
    return f"UTC{name}" if name[:1] in "+-" else name


def _part(letters: str, wall: datetime) -> str:
    parts = {
        "yyyy": f"{wall.year:04d}",
        "yy": f"{wall.year % 100:02d}",
        "MMMM": f"{wall.month:02d}",
        "MMM": f"{wall.month:02d}",
        "EEEE": str(wall.isoweekday()),
        "EEE": str(wall.isoweekday()),
        "MM": f"{wall.month:02d}",
        "M": str(wall.month),
        "dd": f"{wall.day:02d}",
        "d": str(wall.day),
        "HH": f"{wall.hour:02d}",
        "H": str(wall.hour),
        "hh": f"{(wall.hour + 11) % 12 + 1:02d}",
        "h": str((wall.hour + 11) % 12 + 1),
        "mm": f"{wall.minute:02d}",
        "ss": f"{wall.second:02d}",
        "a": "AM" if wall.hour < 12 else "PM",
    }
    return parts[letters]
