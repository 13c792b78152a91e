"""What changed in the network, thing by thing and short, as its history keeps it, in a reader's words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from desk.admin.comparing import HIDDEN
from desk.admin.labels import KINDS
from desk.admin.words import Words

_KEPT = re.compile(r"(add|change|retire|restore) (\w+) (\S+)(?: \((.*)\))?")
"""How `qms.services.applying.Change` spells itself."""

_PARTS: Mapping[str, tuple[str, str]] = {"poc": ("branch", "pocs"), "application": ("account", "applications")}
"""What changes by itself, and is a field of another thing on the pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What happened to one thing; `kind` is empty where what was kept cannot be read, and `done` is all of it then."""

    done: str
    kind: str = ""
    key: str = ""
    fields: str = ""


def summary(kept: str, words: Words) -> Summary:
    """One line of a change that was kept."""
    found = _KEPT.fullmatch(kept)
    if found is None:
        return Summary(done=kept)
    action, kind, key, fields = found.groups()
    names = [words.label(kind, HIDDEN.get(name, name)) for name in (fields or "").split(", ") if name]
    return Summary(done=words.action(action), kind=_kind(kind, words), key=key, fields=", ".join(names))


def _kind(kind: str, words: Words) -> str:
    if kind in _PARTS:
        return words.label(*_PARTS[kind])
    return words.kind(kind) if kind in KINDS else kind
