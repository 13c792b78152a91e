"""What a single value may be: a check takes a TOML value and gives it back as kept, or says what it should be."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from qms.domain.complaint import Complaint, Wrong, complaint, guessed, numbered

T = TypeVar("T")
Check = Callable[[object], T]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def described(value: object) -> str | Complaint:
    """A TOML value in a few words, for a message."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"' if len(value) <= 40 else f'"{value[:39]}…"'
        case list():
            return complaint("a list")
        case dict():
            return complaint("a table")
        case int() if abs(value) >= 10**18:
            return complaint("a number too large to print")
        case _:
            return str(value)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of limited length, on one or more lines, without control characters."""

    longest: int
    empty: bool

    def __call__(self, value: object) -> str:
        if not isinstance(value, str):
            raise Wrong(complaint("expected a text, found %(found)s", found=described(value)))
        if not value.strip() and not self.empty:
            raise Wrong(complaint("expected a text that is not empty"))
        if len(value) > self.longest:
            raise Wrong(self._too_long(len(value)))
        if control := _CONTROL.search(value):
            raise Wrong(complaint("control character U+%(code)s in a text", code=f"{ord(control[0]):04X}"))
        return value

    def _too_long(self, found: int) -> Complaint:
        return numbered(
            "expected at most %(count)s character, found %(found)s",
            "expected at most %(count)s characters, found %(found)s",
            self.longest,
            found=found,
        )


def text(longest: int = 200, *, empty: bool = False) -> Text:
    """A text of at most so many characters; an empty one only where that is allowed."""
    return Text(longest, empty)


def shaped(pattern: re.Pattern[str], wrong: Complaint, longest: int = 400) -> Check[str]:
    """A text of a certain form; what is `wrong` with others has a place for what was `found`."""

    def check(value: object) -> str:
        found = text(longest, empty=True)(value)
        if not pattern.fullmatch(found):
            raise Wrong(wrong.about(found=described(found)))
        return found

    return check


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within limits."""

    least: int
    most: int

    def __call__(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            said = complaint("expected a whole number from %(least)s to %(most)s, found %(found)s")
            raise Wrong(said.about(least=self.least, most=self.most, found=described(value)))
        return value


def whole(least: int, most: int) -> Whole:
    """A whole number within limits."""
    return Whole(least, most)


@dataclass(frozen=True, slots=True)
class Number:
    """A number within limits, with or without a fraction."""

    least: float
    most: float

    def __call__(self, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not self.least <= value <= self.most:
            said = complaint("expected a number from %(least)s to %(most)s, found %(found)s")
            raise Wrong(said.about(least=f"{self.least:g}", most=f"{self.most:g}", found=described(value)))
        return value


def number(least: float, most: float) -> Number:
    """A number within limits, with or without a fraction."""
    return Number(least, most)


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Wrong(complaint("expected true or false, found %(found)s", found=described(value)))
    return value


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    choices: tuple[str, ...]

    def __call__(self, value: object) -> str:
        if not isinstance(value, str) or value not in self.choices:
            choices = ", ".join(self.choices)
            said = complaint("%(found)s is not one of %(choices)s", found=described(value), choices=choices)
            raise Wrong(guessed(said, value, self.choices))
        return value


def one_of(*choices: str) -> OneOf:
    """One of a few words."""
    return OneOf(choices)
