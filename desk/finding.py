"""Entries of a long list, found by some of what is written in them: what is searched, and which of them are shown.

What is searched stands with each entry, and a page's script (`finding.js`) compares with it by the same rule.
"""

import unicodedata
from collections.abc import Mapping

from aiohttp import web

ASKED = "find"
"""The name under which an address keeps what is looked for."""

MANY = 12
"""A list of more entries than these has a field to find some of them."""

LONGEST = 200
"""So much of what is looked for is read."""


STRUCK = {"Ł": "L", "Ø": "O", "Đ": "D", "Ð": "D", "Ħ": "H", "Ŧ": "T", "Æ": "AE", "Œ": "OE", "Þ": "TH"}
"""Letters that Unicode does not take apart, and how those write them who do not have them on their keys.

Source: CLDR, transform Latin-ASCII.
"""

_STRUCK = str.maketrans(STRUCK)


def plain(text: str) -> str:
    """A text as it is compared: without its accents and strokes, and whatever its capitals are (ß is SS)."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(one for one in parts if not unicodedata.category(one).startswith("M")).upper().translate(_STRUCK)


class Finder:
    """What is looked for in one list of `number` entries, and how many of those that were drawn are `shown`."""

    def __init__(self, number: int, wanted: str = "") -> None:
        self.number = number
        self.needed = number > MANY
        self.wanted = wanted.strip()[:LONGEST] if self.needed else ""
        self.shown = 0
        self._words = plain(self.wanted).split()

    def has(self, *texts: object) -> bool:
        """Whether all words that are looked for are somewhere in these texts of an entry."""
        return self._among(_searched(texts))

    def entry(self, *texts: object) -> Mapping[str, str | None]:
        """The attributes of the next entry: what of it is searched, and that it is hidden where it must be."""
        if not self.needed:
            return {}
        searched = _searched(texts)
        found = self._among(searched)
        self.shown += found
        return {"data-find": searched, "hidden": None if found else ""}

    def _among(self, searched: str) -> bool:
        return all(word in searched for word in self._words)


class Finding:
    """What a request looks for in the lists of its page."""

    def __init__(self, request: web.Request) -> None:
        self._query = request.query

    def among(self, number: int) -> Finder:
        """A list of so many entries."""
        return Finder(number, self._query.get(ASKED, ""))

    def here(self, number: int) -> Finder:
        """A list in a form, of which the address keeps nothing."""
        return Finder(number)

    @property
    def beside(self) -> list[tuple[str, str]]:
        """What else the address asks for, and keeps asking for; not which part of a list, nor what was done."""
        return [(name, text) for name, text in self._query.items() if name not in (ASKED, "page", "done")]


def _searched(texts: tuple[object, ...]) -> str:
    return plain(" ".join(str(text) for text in texts if text))
