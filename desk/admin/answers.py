"""What a form says, as a table of the network file: by the fields of its kind, whatever is wrong with it.

Nothing is refused here: a value that is not of its form stays as it was written, and the reader of network files says
what it should be.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qms.domain.network_file.fields import Field, Shape
from qms.domain.span import DAYS

Answers = Mapping[str, Sequence[str]]
"""What was sent, by the inputs' names."""

_LINES = re.compile(r"\r\n?")
_PARTED = re.compile(r"[,;\s]+")
SILENT = frozenset({"", "[]", "{}"})


class Unreadable(str):
    """A value in the notation of the network file that is none."""

    __slots__ = ()


def table_of(fields: Sequence[Field], answers: Answers, path: str = "", before: Mapping[str, Any] | None = None) -> Any:
    """The table that was filled in. What is left blank is not said, unless it was said to be empty `before`."""
    table: dict[str, Any] = {}
    for field in fields:
        value = _READERS[field.shape](field, answers, f"{path}{field.name}")
        if value is not None:
            table[field.name] = value
        elif before is not None and field.name in before and before[field.name] in ("", [], {}):
            table[field.name] = before[field.name]
    return table


def rows_of(answers: Answers, path: str) -> list[int]:
    """The numbers of the rows that were sent of a list of tables."""
    row = re.compile(rf"{re.escape(path)}\.(\d+)\.")
    return sorted({int(found[1]) for name in answers if (found := row.match(name))})


def said(answers: Answers, name: str) -> str:
    """What was sent from one input."""
    return next(iter(answers.get(name, ())), "")


def notation(text: str) -> Any:
    """A value as the network file writes it; the text itself where it is none."""
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, RecursionError):
        return Unreadable(text)


def _text(field: Field, answers: Answers, path: str) -> str | None:
    return _LINES.sub("\n", said(answers, path)).strip() or None


def _flag(field: Field, answers: Answers, path: str) -> bool | None:
    value = path in answers
    return None if value == bool(field.default) else value


def _whole(field: Field, answers: Answers, path: str) -> int | float | str | None:
    text = _text(field, answers, path)
    try:
        return None if text is None else int(text)
    except ValueError:
        return _number(field, answers, path)


def _number(field: Field, answers: Answers, path: str) -> int | float | str | None:
    text = _text(field, answers, path)
    try:
        value = None if text is None else float(text)
    except ValueError:
        return text
    return value if value is None or abs(value) < float("inf") else text


def _texts(field: Field, answers: Answers, path: str) -> list[str] | None:
    lines = (_text(field, answers, path) or "").split("\n")
    return [line.strip() for line in lines if line.strip()] or None


def _references(field: Field, answers: Answers, path: str) -> list[str] | None:
    return [key for key in answers.get(path, ()) if key] or None


def _levels(field: Field, answers: Answers, path: str) -> dict[str, Any] | None:
    given = {name.removeprefix(f"{path}."): name for name in answers if name.startswith(f"{path}.")}
    levels = {key: _whole(field, answers, name) for key, name in given.items()}
    return {key: level for key, level in levels.items() if level is not None} or None


def _pairs(field: Field, answers: Answers, path: str) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    for line in _texts(field, answers, path) or ():
        name, _, value = (part.strip() for part in line.partition("="))
        found[name] = int(value) if "whole" in field.choices and re.fullmatch(r"-?\d{1,18}", value) else value
    return found or None


def _table(field: Field, answers: Answers, path: str) -> Any:
    return table_of(field.inside, answers, f"{path}.") or None


def _tables(field: Field, answers: Answers, path: str) -> list[Any] | None:
    rows = (table_of(field.inside, answers, f"{path}.{n}.") for n in rows_of(answers, path))
    return [row for row in rows if row] or None


def _hours(field: Field, answers: Answers, path: str) -> Any:
    if path in answers:
        return _notation(field, answers, path)
    week = {day: _PARTED.split(text) for day in DAYS if (text := said(answers, f"{path}.{day}").strip())}
    rest = said(answers, f"{path}.more").strip()
    if rest in SILENT:
        return week or None
    more = notation(rest)
    return week | more if isinstance(more, dict) else more


def _notation(field: Field, answers: Answers, path: str) -> Any:
    text = _text(field, answers, path)
    return None if text is None else notation(text)


_READERS: Mapping[Shape, Callable[[Field, Answers, str], Any]] = {
    "text": _text,
    "long": _text,
    "secret": _text,
    "choice": _text,
    "reference": _text,
    "flag": _flag,
    "whole": _whole,
    "number": _number,
    "texts": _texts,
    "references": _references,
    "levels": _levels,
    "pairs": _pairs,
    "table": _table,
    "tables": _tables,
    "hours": _hours,
    "notation": _notation,
}
