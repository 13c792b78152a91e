"""The network file's format as a JSON Schema, for editors that complete and check while one writes."""

from collections.abc import Mapping, Sequence
from typing import Any

from qms.domain.network_file.fields import Field, Shape, fields_of
from qms.domain.network_file.writer import TRANSLATIONS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TABLES = ("account", "messages")
LISTS = ("branch", "queue", "agent", "service", "form", "webhook", "screen", "kiosk")

_TEXT: Mapping[str, Any] = {"type": "string"}
_OF_LANGUAGES = {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": _TEXT}}
_SIMPLE: Mapping[Shape, Mapping[str, Any]] = {
    "text": _TEXT,
    "long": _TEXT,
    "secret": _TEXT,
    "reference": _TEXT,
    "flag": {"type": "boolean"},
    "texts": {"type": "array", "items": _TEXT},
    "references": {"type": "array", "items": _TEXT},
    "levels": {"type": ["array", "object"]},
    "hours": {},
    "notation": {},
}


def network_schema() -> dict[str, Any]:
    """The schema of a whole network file, made of what its readers ask for.

    It knows names, types, choices and bounds; what has to fit together is for `turnero apply --dry-run`.
    """
    tables = {kind: _of_kind(kind) for kind in TABLES} | {TRANSLATIONS: _OF_LANGUAGES}
    lists = {kind: {"type": "array", "items": _of_kind(kind)} for kind in LISTS}
    return {"$schema": DIALECT, "title": "Turnero network file"} | _table(tables | lists, required=("account",))


def _of_kind(kind: str) -> dict[str, Any]:
    fields = fields_of(kind)
    return _table({one.name: _of(one) for one in fields}, required=[one.name for one in fields if one.required])


def _table(properties: Mapping[str, Any], *, required: Sequence[str] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(required),
        "additionalProperties": False,
    }


def _of(field: Field) -> dict[str, Any]:
    made = {"description": field.meaning} if field.meaning else {}
    match field.shape:
        case "choice":
            return made | {"type": "string", "enum": list(field.choices)}
        case "whole" | "number":
            bounds = {"minimum": field.least, "maximum": field.most}
            kind = "integer" if field.shape == "whole" else "number"
            return made | {"type": kind} | {name: value for name, value in bounds.items() if value is not None}
        case "pairs":
            return made | {"type": "object"} | ({"additionalProperties": {"type": "integer"}} if field.choices else {})
        case "table":
            return made | _inside(field)
        case "tables":
            return made | {"type": "array", "items": _inside(field)}
    return made | dict(_SIMPLE[field.shape])


def _inside(field: Field) -> dict[str, Any]:
    """What a table in a table may hold; some of it is only read where something else is said: so more is let in."""
    required = [one.name for one in field.inside if one.required]
    properties = {one.name: {"type": "array"} if one.shape == "tables" else _of(one) for one in field.inside}
    return {"type": "object", "properties": properties, "required": required}
