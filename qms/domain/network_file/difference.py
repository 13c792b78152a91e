"""What is different between two networks as their files say it: thing by thing, value by value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from qms.domain.network_file.writer import KINDS, SINGLE, TRANSLATIONS, Document

Action = Literal["add", "change", "retire", "order"]
_KNOWN_BY = ("key", "name", "value", "channel", "date")
"""What tells the tables of a list apart, where all of them have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One value: where it stands, and what it was and is; None: nothing was said."""

    path: tuple[str, ...]
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What has happened to one thing; with `order` to the order of a kind of things."""

    action: Action
    kind: str
    key: str
    values: tuple[Changed, ...] = ()


def differences(before: Document, after: Document) -> list[Difference]:
    """What one has to do to come from one network to another, in the order of a file."""
    found: list[Difference] = []
    for kind in (*SINGLE, TRANSLATIONS):
        values = tuple(_changed((), before.get(kind, {}), after.get(kind, {})))
        if values:
            found.append(Difference(action="change", kind=kind, key="", values=values))
    for kind in KINDS:
        found += _of_kind(kind, before.get(kind, ()), after.get(kind, ()))
    return found


def _of_kind(kind: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:
    was, is_now = ({one["key"]: one for one in some} for some in (before, after))
    for key in [*was, *(key for key in is_now if key not in was)]:
        if key not in is_now:
            yield Difference(action="retire", kind=kind, key=key)
        elif key not in was:
            yield Difference(action="add", kind=kind, key=key)
        elif values := tuple(_changed((), was[key], is_now[key])):
            yield Difference(action="change", kind=kind, key=key, values=values)
    if [key for key in was if key in is_now] != [key for key in is_now if key in was]:
        yield Difference(action="order", kind=kind, key="")


def _changed(path: tuple[str, ...], before: Any, after: Any) -> Iterator[Changed]:
    if before == after:
        return
    was, is_now = _parts(before), _parts(after)
    if was is None or is_now is None or was.keys() == is_now.keys() == set():
        yield Changed(path=path, before=before, after=after)
        return
    for name in dict.fromkeys((*was, *is_now)):
        yield from _changed((*path, name), was.get(name), is_now.get(name))


def _parts(value: Any) -> Mapping[str, Any] | None:
    """A table's values by name, a list's tables by what tells them apart; None for what is one value."""
    if isinstance(value, Mapping):
        return value
    if value is None:
        return {}
    if not isinstance(value, list) or not value or not all(isinstance(one, Mapping) for one in value):
        return None
    for name in _KNOWN_BY:
        if len({str(one.get(name)) for one in value}) == len(value) and all(name in one for one in value):
            return {str(one[name]): one for one in value}
    return {str(n): one for n, one in enumerate(value, 1)}
