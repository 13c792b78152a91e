"""Places that values are written to: each lets them be text there, and nothing else.

In JSON and YAML a value inside quotes is escaped, one outside is a value of its own; in markup, addresses, forms and
tables what has a meaning there is escaped.
"""

import json
from html import escape
from typing import Any
from urllib.parse import quote

from qms.domain.spreadsheet import defused
from qms.domain.templates.problem import TemplateProblem

MOST_CHARACTERS = 256 * 1024
"""So much may be written in all, in every piece that is rendered."""


class Raw(str):
    """A text that is already what its place wants: JSON, or encoded for an address."""

    __slots__ = ()


def text_of(value: Any) -> str:
    """A value as templates print it."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case float() if value.is_integer():
            return str(int(value))
        case int() | float():
            return str(value)
        case list() | tuple():
            return ",".join(text_of(item) for item in value)
        case _:
            return "[object Object]"


def json_of(value: Any) -> str:
    """A value as JSON; without apostrophes, so that it is safe between them too."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=text_of).replace("'", "\\u0027")


class Plain:
    """Text as it is."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def literal(self, text: str) -> None:
        """What the template itself says."""
        self.parts.append(text)

    def value(self, value: Any) -> None:
        """What it was given."""
        self.parts.append(self.said(value))

    def said(self, value: Any) -> str:
        """A value as it is written here."""
        return text_of(value)

    def text(self) -> str:
        """All that was written."""
        return "".join(self.parts)


class Markup(Plain):
    """XML and HTML."""

    def said(self, value: Any) -> str:
        """A value that opens no element and ends no attribute."""
        return escape(text_of(value)).replace("&#x27;", "&apos;")  # as both HTML and XML have it


class Address(Plain):
    """A path, a parameter of a form: everything encoded but what is already."""

    def said(self, value: Any) -> str:
        """A value that separates nothing."""
        return str(value) if isinstance(value, Raw) else quote(text_of(value), safe="")


class Header(Plain):
    """The value of a header."""

    def text(self) -> str:
        """One line.

        Raises:
            TemplateProblem: it would be more than that.
        """
        found = super().text().strip(" \t")
        if any(ord(character) < 32 or ord(character) == 127 for character in found):
            raise TemplateProblem("a header holds a line break or another control character")
        return found


class Cells(Plain):
    """Values between separators: none ends its cell, none is a formula."""

    def said(self, value: Any) -> str:
        """A value as one cell."""
        text = text_of(value)
        if not isinstance(value, int | float):
            text = defused(text)
        return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',;"\r\n\t') else text


class Data(Plain):
    """JSON and YAML: knows whether it stands in a text of it."""

    def __init__(self) -> None:
        super().__init__()
        self._quoted = False

    def literal(self, text: str) -> None:
        """What the template itself says, with its quotation marks."""
        super().literal(text)
        escaped = False
        for character in text:
            if escaped:
                escaped = False
            elif character == "\\":
                escaped = self._quoted
            elif character == '"':
                self._quoted = not self._quoted

    def said(self, value: Any) -> str:
        """A value: in a text a piece of it, elsewhere whole."""
        if self._quoted:
            return json_of(text_of(value))[1:-1]
        return str(value) if isinstance(value, Raw) else json_of(value)
