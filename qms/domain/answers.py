"""Answers to a form: whether each belongs to a field, is of its type, and within its limits.

Three levels, in this order: every answer must name a field once; then each value must fit its field (type, option,
length, size); then no required field may be empty. The first fault found is the one told.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from qms.domain.errors import FieldInvalid, UnknownField

Field = Mapping[str, Any]
Answer = Mapping[str, Any]

NUMERIC = frozenset({"number", "rate", "nps", "csat", "ces"})
CHOSEN = frozenset({"select", "radio"})
MULTIPLE = frozenset({"multiple", "checkbox"})
SCALES: Mapping[str, tuple[float, float]] = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
"""What the scales run from and to where the field says nothing itself."""

_NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_TEL = re.compile(r"[+0-9 ()./-]{3,40}", re.ASCII)


def check_answers(fields: Iterable[Field], answers: object) -> tuple[Answer, ...]:
    """The answers as they are kept: `_id` and `value` each, in the order given.

    Raises:
        UnknownField: not a list of answers, or one of them names no field of the form, or names it again.
        FieldInvalid: a value breaks a rule of its field.
    """
    known = {str(field["_id"]): field for field in fields if not field.get("deleted")}
    given = _recognised(known, answers)
    for answer in given:
        if not _empty(answer["value"]):
            _check(known[answer["_id"]], answer["value"])
    said = {answer["_id"] for answer in given if not _empty(answer["value"])}
    for name, field in known.items():
        if name not in said and _properties(field).get("required"):
            raise FieldInvalid(name, "required")
    return given


def _recognised(known: Mapping[str, Field], answers: object) -> tuple[Answer, ...]:
    if not isinstance(answers, Sequence) or isinstance(answers, str | bytes):
        raise UnknownField("")
    given: dict[str, Answer] = {}
    for answer in answers:
        name = answer.get("_id") if isinstance(answer, Mapping) else None
        if not isinstance(name, str) or name not in known or name in given or "value" not in answer:
            raise UnknownField(name if isinstance(name, str) else "")
        given[name] = {"_id": name, "value": answer["value"]}
    return tuple(given.values())


def _empty(value: object) -> bool:
    """Whether nothing was said; an unticked box says nothing."""
    return value is None or value is False or value == [] or (isinstance(value, str) and not value.strip())


def _check(field: Field, value: object) -> None:
    kind = str(field.get("type", "text"))
    if isinstance(value, str) and "\0" in value:
        raise FieldInvalid(str(field["_id"]), "type")
    if kind in NUMERIC:
        _check_number(field, kind, value)
    elif kind in CHOSEN:
        _check_chosen(field, [value])
    elif kind in MULTIPLE:
        _check_multiple(field, value)
    else:
        _check_text(field, kind, value)


def _check_number(field: Field, kind: str, value: object) -> None:
    number = _number(value)
    if number is None:
        raise FieldInvalid(str(field["_id"]), "type")
    least, most = SCALES.get(kind, (None, None))
    least, most = _limit(field, "min", least), _limit(field, "max", most)
    if most is not None and number > most:
        raise FieldInvalid(str(field["_id"]), "maximum", most)
    if least is not None and number < least:
        raise FieldInvalid(str(field["_id"]), "minimum", least)


def _check_chosen(field: Field, values: Iterable[object]) -> None:
    offered = {str(option["value"]) for option in field.get("options") or ()}
    for value in values:
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise FieldInvalid(str(field["_id"]), "type")
        if str(value) not in offered:
            raise FieldInvalid(str(field["_id"]), "option")


def _check_multiple(field: Field, value: object) -> None:
    if field.get("options"):
        _check_chosen(field, value if isinstance(value, list) else [value])
    elif value is not True and not isinstance(value, str):
        raise FieldInvalid(str(field["_id"]), "type")


def _check_text(field: Field, kind: str, value: object) -> None:
    if not isinstance(value, str):
        raise FieldInvalid(str(field["_id"]), "type")
    most, least = _limit(field, "maxlength", None), _limit(field, "minlength", None)
    if most is not None and len(value) > most:
        raise FieldInvalid(str(field["_id"]), "maxlength", most)
    if least is not None and len(value) < least:
        raise FieldInvalid(str(field["_id"]), "minlength", least)
    if kind in _FORMATS and not _FORMATS[kind](value.strip()):
        raise FieldInvalid(str(field["_id"]), "type")


def _is_email(text: str) -> bool:
    return len(text) <= 320 and _EMAIL.fullmatch(text) is not None


def _is_tel(text: str) -> bool:
    return _TEL.fullmatch(text) is not None and sum(c.isdigit() for c in text) >= 3


def _is_url(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not any(c.isspace() for c in text)


def _is_date(text: str) -> bool:
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            read(text)
        except ValueError:
            continue
        return True
    return False


_FORMATS = {"email": _is_email, "tel": _is_tel, "url": _is_url, "date": _is_date}


def _number(value: object) -> float | None:
    """A finite number, as a number or as the text that a form sends; whole numbers of any size stay whole."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return float(value)
    return value if isinstance(value, float) and math.isfinite(value) else None


def _limit(field: Field, name: str, default: float | None) -> float | None:
    """A limit from the field's properties, where it may be a number or a text such as "50"."""
    found = _number(_properties(field).get(name))
    return default if found is None else found


def _properties(field: Field) -> Mapping[str, Any]:
    return field.get("properties") or {}
