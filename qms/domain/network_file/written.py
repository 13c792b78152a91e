"""The texts that an account has written itself for visitors, with where they stand; and their translations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from qms.domain.network_file.writer import TRANSLATIONS, Document

Step = str
PATHS: Mapping[str, tuple[tuple[Step, ...], ...]] = {
    "account": (("name",), ("absences", "*"), ("receipt_footer",)),
    "branch": (("label",), ("address",), ("pocs", "*", "label")),
    "queue": (("name",), ("credit_seconds", "#"), ("emergency", "*"), ("outcomes", "*", "name")),
    "service": (("title",), ("description",)),
    "form": (
        ("fields", "*", "label"),
        ("fields", "*", "hint"),
        ("fields", "*", "placeholder"),
        ("fields", "*", "options", "*", "label"),
    ),
    "screen": (("ticker", "*"), ("closed_text",)),
}
"""Kind → where its texts are; `*`: each of a list, `#`: each name of a table."""

UNDERSTOOD = frozenset({"break", "lunch", "meeting", "training", "back office"})
"""Reasons to be away that the desk says in every language by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text, and the things in which it stands: kind and key."""

    text: str
    places: tuple[tuple[str, str], ...]


def written_texts(document: Document) -> list[Written]:
    """The texts of a network, each once, in the order of its file; those without a letter need no translation."""
    found: dict[str, dict[tuple[str, str], None]] = {}
    for kind, paths in PATHS.items():
        for thing in _things(document, kind):
            for text in (text for path in paths for text in _words(thing, path)):
                found.setdefault(text, {})[kind, str(thing.get("key", ""))] = None
    return [Written(text=text, places=tuple(places)) for text, places in found.items()]


def spoken(document: Document) -> list[str]:
    """The languages in which an account speaks to people: its own, those of its devices, those it has texts in."""
    devices = [
        tag for kind in ("kiosk", "screen") for one in document.get(kind, ()) for tag in one.get("languages", ())
    ]
    return list(dict.fromkeys([*document["account"].get("languages", ()), *devices, *document.get(TRANSLATIONS, {})]))


def translated(document: Document, changes: Mapping[tuple[str, str], str]) -> Document:
    """The network with some texts (by language and text) in other words; in none, where they are empty."""
    tables = {tag: dict(texts) for tag, texts in document.get(TRANSLATIONS, {}).items()}
    for (tag, text), said in changes.items():
        table = tables.setdefault(tag, {})
        if said:
            table[text] = said
        else:
            table.pop(text, None)
    kept = {tag: texts for tag, texts in tables.items() if texts}
    rest = {kind: things for kind, things in document.items() if kind != TRANSLATIONS}
    return {**rest, TRANSLATIONS: kept} if kept else rest


def _things(document: Document, kind: str) -> Sequence[Mapping[str, Any]]:
    things = document.get(kind, ())
    return [things] if isinstance(things, Mapping) else things


def _words(thing: Mapping[str, Any], path: Sequence[Step]) -> Iterator[str]:
    """The texts where a path leads that somebody who reads another language does not understand."""
    understood = UNDERSTOOD if path[0] == "absences" else ()
    return (text for text in _texts(thing, path) if text not in understood and any(map(str.isalpha, text)))


def _texts(value: Any, path: Sequence[Step]) -> Iterator[str]:
    if not path:
        if isinstance(value, str):
            yield value
        return
    step, rest = path[0], path[1:]
    if step == "#":
        yield from value if isinstance(value, Mapping) else ()
    elif step == "*":
        for one in value or ():
            yield from [one] if isinstance(one, str) else _texts(one, rest)
    elif isinstance(value, Mapping) and step in value:
        yield from _texts(value[step], rest)
