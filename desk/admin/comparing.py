"""What a change does, in words: thing by thing, value by value."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from desk.admin.words import Words
from qms.domain.network_file.difference import Changed, Difference, differences
from qms.domain.network_file.writer import Document, written
from qms.services.applying import Applied

HIDDEN = {
    "password_hash": "password",
    "secret": "secret",
    "token": "token",
    "headers": "headers",
    "secrets": "secrets",
    "calendars": "calendars",
    "sign_in": "sign_in",
    "messages": "provider",
    "options": "options",
}
"""What changes without being shown: as it is kept → as it is given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A value: what it is called, and what it was and is; both empty where that is not shown."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What happens to one thing."""

    action: str
    done: str
    kind: str
    key: str
    lines: Sequence[Line]


def told(before: Document, applied: Applied, words: Words) -> list[Told]:
    """What applying a file has done, or would do, to the network as it was before."""
    after = tomllib.loads(applied.file) if applied.file else before
    found = [_told(one, words) for one in differences(before, after)]
    return found + _unseen(found, applied, words)


def between(before: str, after: str, words: Words) -> list[Told]:
    """What is different between two files."""
    return [_told(one, words) for one in differences(tomllib.loads(before or ""), tomllib.loads(after))]


def _told(one: Difference, words: Words) -> Told:
    lines = [_line(one.kind, value, words) for value in one.values]
    return Told(action=one.action, done=words.action(one.action), kind=words.kind(one.kind), key=one.key, lines=lines)


def _line(kind: str, value: Changed, words: Words) -> Line:
    steps = [words.label(kind, step, top=n == 0) for n, step in enumerate(value.path)]
    return Line(label=" / ".join(steps), before=_shown(value.before), after=_shown(value.after))


def _shown(value: object) -> str:
    return "–" if value is None else written(value)


def _unseen(seen: Sequence[Told], applied: Applied, words: Words) -> list[Told]:
    """Changes of what is never shown, and of the things that are in another."""
    known = {(one.kind, one.key) for one in seen if one.action == "change"}
    found = []
    for change in applied.changes:
        hidden = [HIDDEN[name] for name in change.fields if name in HIDDEN]
        kind = "branch" if change.kind == "poc" else change.kind
        key = "" if kind == "account" else change.key
        if change.action == "change" and hidden and (words.kind(kind), key) not in known:
            lines = [Line(label=words.label(kind, name), before="", after="") for name in hidden]
            found.append(
                Told(action="change", done=words.action("change"), kind=words.kind(kind), key=key, lines=lines)
            )
    return found
