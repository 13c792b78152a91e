"""A network with one thing changed, added or taken out; and where in its form something is wrong."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qms.domain.complaint import Complaint
from qms.domain.errors import NotFound
from qms.domain.network_file.fields import Field, fields_of
from qms.domain.network_file.problems import Problem
from qms.domain.network_file.writer import KINDS, SINGLE, Document

Place = tuple[str, int | None]
"""A kind of things, and which of them; None: there is only one."""

Said = Callable[[Complaint], str]
"""How a complaint is told."""

_THING = re.compile(rf"({'|'.join(KINDS)})\[(\d+)\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What is told of a part of the network that is not before one; `place` is empty where it is about all of it."""

    place: str = ""
    text: str


def thing(document: Document, kind: str, key: str) -> Mapping[str, Any]:
    """What is said of one thing.

    Raises:
        NotFound: there is no such kind, or no such thing.
    """
    if kind in SINGLE:
        found: Mapping[str, Any] = document.get(kind, {})
        return found
    for one in document.get(kind, ()) if kind in KINDS else ():
        if one["key"] == key:
            return dict(one)
    raise NotFound(kind, key)


def placed(document: Document, kind: str, key: str, table: Mapping[str, Any]) -> tuple[Document, Place]:
    """The network with one thing as the table says, or with one more; and where that is."""
    if kind in SINGLE:
        return {**document, kind: table}, (kind, None)
    things = list(document.get(kind, ()))
    at = next((n for n, one in enumerate(things) if key and one["key"] == key), len(things))
    things[at : at + 1] = [table]
    return {**document, kind: things}, (kind, at)


def removed(document: Document, kind: str, key: str) -> Document:
    """The network without one thing, and without its name wherever others do not need it."""
    left: dict[str, Any] = dict(document)
    for other in KINDS:
        if other in left:
            things = [one for one in left[other] if (other, one["key"]) != (kind, key)]
            left[other] = [_without(one, fields_of(other), kind, key) for one in things]
    left["account"] = _without(left["account"], fields_of("account"), kind, key)
    return left


def located(
    problems: Sequence[Problem], place: Place, document: Document, said: Said
) -> tuple[dict[str, str], list[Remark]]:
    """What is wrong with which input, by its name; and what is wrong elsewhere."""
    kind, at = place
    here = kind if at is None else f"{kind}[{at}]"
    inputs: dict[str, str] = {}
    elsewhere: list[Remark] = []
    for one in problems:
        name, missing = one.path, one.complaint.values.get("missing")
        if name != here and not name.startswith((f"{here}.", f"{here}[")):
            elsewhere.append(remark(one, document, said))
            continue
        steps = re.sub(r'\[(\d+)\]|\."([^"]*)"', r".\1\2", name.removeprefix(here)).lstrip(".")
        if missing:
            steps = f"{steps}.{missing}".lstrip(".")
        inputs.setdefault(steps, said(one.complaint))
    return inputs, elsewhere


def remark(problem: Problem, document: Document, said: Said) -> Remark:
    """What is told of a problem of the network."""
    return Remark(place=_named(problem.path, document), text=said(problem.complaint))


def fitting(errors: Mapping[str, str], names: Sequence[str]) -> tuple[dict[str, str], list[Remark]]:
    """Errors at the nearest inputs that there are; and those that belong to none."""
    known, found, rest = set(names), dict[str, str](), list[Remark]()
    for path, message in errors.items():
        steps = path.split(".")
        near = next((name for n in range(len(steps), 0, -1) if (name := ".".join(steps[:n])) in known), None)
        if near is None:
            rest.append(Remark(place=path, text=message))
        else:
            found.setdefault(near, message)
    return found, rest


def _named(path: str, document: Document) -> str:
    """A path with the key of the thing that it begins with."""
    found = _THING.match(path)
    things = document.get(found[1], ()) if found else ()
    if found is None or int(found[2]) >= len(things):
        return path
    return f"{found[1]} {things[int(found[2])].get('key', '')}{path[found.end() :]}"


def _without(table: Mapping[str, Any], fields: Sequence[Field], kind: str, key: str) -> dict[str, Any]:
    left = dict(table)
    for field in fields:
        value = left.get(field.name)
        if field.names == kind and not field.required:
            if isinstance(value, list):
                left[field.name] = [one for one in value if one != key]
            elif isinstance(value, Mapping):
                left[field.name] = {name: level for name, level in value.items() if name != key}
            elif value == key:
                del left[field.name]
        elif field.inside and isinstance(value, Mapping):
            left[field.name] = _without(value, field.inside, kind, key)
        elif field.inside and isinstance(value, list):
            left[field.name] = [_without(one, field.inside, kind, key) for one in value]
    return left
