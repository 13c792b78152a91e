"""From a network as plain tables to the text of a network file, as people write one: short tables on one line."""

import json
import re
from collections.abc import Mapping
from typing import Any

Document = Mapping[str, Any]
"""What a network file says, as TOML has it: tables, lists, texts, numbers, flags. Dates are texts."""

SINGLE = ("account", "messages")
TRANSLATIONS = "translations"
"""What there is one of, a table for each language."""

KINDS = ("branch", "queue", "agent", "service", "form", "webhook", "screen", "kiosk")
"""The kinds of things that a file lists, in the order in which they are written."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 110


def write_network(document: Document) -> str:
    """A network file that says what the document says.

    >>> print(write_network({"account": {"slug": "acme"}, "branch": [{"key": "main", "pocs": [{"key": "1"}]}]}), end="")
    [account]
    slug = "acme"
    <BLANKLINE>
    [[branch]]
    key = "main"
    pocs = [{ key = "1" }]
    """
    parts = [_table(f"[{kind}]", document[kind]) for kind in SINGLE if kind in document]
    spoken = document.get(TRANSLATIONS, {})
    parts += [_table(f"[{TRANSLATIONS}.{_name(language)}]", texts) for language, texts in spoken.items()]
    parts += [_table(f"[[{kind}]]", one) for kind in KINDS for one in document.get(kind, ())]
    return "\n".join(parts)


def written(value: object) -> str:
    """A value on one line."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case Mapping():
            inside = ", ".join(f"{_name(key)} = {written(one)}" for key, one in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case list() | tuple():
            return f"[{', '.join(map(written, value))}]"
        case _:
            return str(value)


def table_text(table: Mapping[str, Any]) -> str:
    """The lines of a table without its header."""
    return "".join(f"{_name(key)} = {_spread(value)}\n" for key, value in table.items())


def _table(header: str, table: Mapping[str, Any]) -> str:
    return f"{header}\n{table_text(table)}"


def _spread(value: object) -> str:
    """A value; a long list with a line for each of its parts."""
    line = written(value)
    if len(line) <= _WIDTH or not isinstance(value, list | tuple):
        return line
    return "[\n" + "".join(f"  {written(one)},\n" for one in value) + "]"


def _name(key: str) -> str:
    return key if _BARE.fullmatch(key) else written(key)
