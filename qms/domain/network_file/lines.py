"""Where things stand in a TOML text: the line of every key, table and array element, by path.

The standard library's parser gives values without positions. So the text is parsed by it, which also proves that the
text is sound, and then walked once more here, skipping over values, to note where each begins.
"""

import re
import tomllib
from bisect import bisect_right
from typing import Any

Path = tuple[str | int, ...]

_STRING = (
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})|' r"'''.*?'''(?:'{0,2})|" r'"(?:[^"\\\n]|\\.)*"|' r"'[^'\n]*'"
)  # the long ones first; up to two quotes may stand before the closing three
_TOKEN = re.compile(rf"{_STRING}|#[^\n]*|[\[\]{{}}\n]", re.DOTALL)
_VALUE = re.compile(rf"{_STRING}|[^,\]}}#\n]+", re.DOTALL)
_KEY = re.compile(r"""[ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*""")
_BLANK = re.compile(r"[ \t]*")
_SPACE = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def flatten(text: str) -> str:
    """The same text with each inline table on one line, as TOML 1.0 has them; every character keeps its place.

    TOML 1.1 lets inline tables span lines, carry comments and end with a comma, which is how long schedules are best
    written; the parser of Python 3.11 to 3.14 does not know it yet.
    """
    characters = list(text)
    inside: list[str] = []
    for token in _TOKEN.finditer(text):
        sign, at = token[0][0], token.start()
        if sign in "[{":
            inside.append(sign)
        elif sign in "]}" and inside:
            if inside.pop() == "{" and sign == "}":
                _drop_comma(characters, at)
        elif sign in "#\n" and inside and inside[-1] == "{":
            characters[at : token.end()] = " " * len(token[0])
    return "".join(characters)


def _drop_comma(characters: list[str], end: int) -> None:
    """Blank the comma that stands right before the end of an inline table with something in it."""
    comma = _last_sign(characters, end)
    if characters[comma] == "," and characters[_last_sign(characters, comma)] not in "{,":
        characters[comma] = " "


def _last_sign(characters: list[str], end: int) -> int:
    """Where the last character before `end` stands that is no space; an open brace stands before every comma."""
    at = end - 1
    while at > 0 and characters[at].isspace():
        at -= 1
    return at


def spelled(path: Path) -> str:
    """A path in words: `queue[0].mode`, `schedule."mon,wed"[1]`."""
    words = ""
    for step in path:
        if isinstance(step, int):
            words += f"[{step}]"
        else:
            quoted = step if _BARE.fullmatch(step) else f'"{step}"'
            words += f".{quoted}" if words else quoted
    return words


class Lines:
    """The lines of a flattened TOML text, which must be sound."""

    def __init__(self, flat: str, original: str) -> None:
        self._breaks = [at for at, character in enumerate(original) if character == "\n"]
        self._text = flat
        self._places: dict[Path, int] = {(): 0}
        self._counts: dict[Path, int] = {}
        self._statements()

    def line(self, path: Path) -> int:
        """The line, from 1, on which a path begins; of something missing, that of what it is missing from."""
        while path not in self._places:
            path = path[:-1]
        return self.line_at(self._places[path])

    def line_at(self, place: int) -> int:
        """The line, from 1, of a character."""
        return bisect_right(self._breaks, place - 1) + 1

    def _statements(self) -> None:
        table: Path = ()
        at = self._space(0)
        while at < len(self._text):
            if self._text.startswith("[[", at):
                keys, end = self._dotted(at + 2)
                table, next_at = self._element(keys, at), end + 2
            elif self._text[at] == "[":
                keys, end = self._dotted(at + 1)
                table, next_at = self._table(keys, at), end + 1
            else:
                next_at = self._pair(table, at)
            at = self._space(next_at)

    def _element(self, keys: list[str], at: int) -> Path:
        """Begin another element of an array of tables."""
        array = (*self._table(keys[:-1], at), keys[-1])
        index = self._counts.get(array, 0)
        self._counts[array] = index + 1
        self._note(array, at)
        self._note((*array, index), at)
        return (*array, index)

    def _table(self, keys: list[str], at: int) -> Path:
        """The path that a header means: below an array of tables, its latest element."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            self._note(path, at)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        return path

    def _pair(self, table: Path, at: int) -> int:
        keys, end = self._dotted(at)
        for length in range(1, len(keys) + 1):
            self._note((*table, *keys[:length]), at)
        return self._value((*table, *keys), end + 1)  # past the equals sign

    def _value(self, path: Path, at: int) -> int:
        at = self._end(_BLANK, at)
        self._note(path, at)
        if self._text[at] == "[":
            return self._array(path, at + 1)
        if self._text[at] == "{":
            return self._inline_table(path, at + 1)
        return self._end(_VALUE, at)

    def _array(self, path: Path, at: int) -> int:
        index = 0
        while self._text[at := self._space(at)] != "]":
            at = self._space(self._value((*path, index), at))
            at += self._text[at] == ","
            index += 1
        return at + 1

    def _inline_table(self, path: Path, at: int) -> int:
        while self._text[at := self._space(at)] != "}":
            at = self._space(self._pair(path, at))
            at += self._text[at] == ","
        return at + 1

    def _dotted(self, at: int) -> tuple[list[str], int]:
        keys: list[str] = []
        while True:
            match = _KEY.match(self._text, at)
            if match is None:  # cannot be in a sound text
                raise ValueError(f"no key at {at}")
            keys.append(_plain(match[1]))
            at = match.end()
            if self._text[at] != ".":
                return keys, at
            at += 1

    def _note(self, path: Path, at: int) -> None:
        self._places.setdefault(path, at)

    def _space(self, at: int) -> int:
        return self._end(_SPACE, at)

    def _end(self, pattern: re.Pattern[str], at: int) -> int:
        match = pattern.match(self._text, at)
        if match is None:  # cannot be in a sound text
            raise ValueError(f"no value at {at}")
        return match.end()


def _plain(key: str) -> str:
    """A key without its quotes and escapes."""
    if key[0] == "'":
        return key[1:-1]
    if key[0] == '"' and "\\" in key:
        parsed: dict[str, Any] = tomllib.loads(f"k = {key}")
        return str(parsed["k"])
    return key.strip('"')
