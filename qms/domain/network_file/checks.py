"""What a single value may be: a check takes a TOML value and gives it back as kept, or says what it should be."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from qms.domain.network_file.problems import hint

T = TypeVar("T")
Check = Callable[[object], T]

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Wrong(ValueError):
    """A value is not what it should be; the text says what that is."""


def described(value: object) -> str:
    """A TOML value in a few words, for a message."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"' if len(value) <= 40 else f'"{value[:39]}…"'
        case list():
            return "a list"
        case dict():
            return "a table"
        case int() if abs(value) >= 10**18:
            return "a number too large to print"
        case _:
            return str(value)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of limited length, on one or more lines, without control characters."""

    longest: int
    empty: bool

    def __call__(self, value: object) -> str:
        if not isinstance(value, str):
            raise Wrong(f"expected a text, found {described(value)}")
        if not value.strip() and not self.empty:
            raise Wrong("expected a text that is not empty")
        if len(value) > self.longest:
            raise Wrong(f"expected at most {self.longest} characters, found {len(value)}")
        if control := _CONTROL.search(value):
            raise Wrong(f"control character U+{ord(control[0]):04X} in a text")
        return value


def text(longest: int = 200, *, empty: bool = False) -> Text:
    """A text of at most so many characters; an empty one only where that is allowed."""
    return Text(longest, empty)


def shaped(pattern: re.Pattern[str], expected: str, longest: int = 400) -> Check[str]:
    """A text of a certain form."""

    def check(value: object) -> str:
        found = text(longest, empty=True)(value)
        if not pattern.fullmatch(found):
            raise Wrong(f"expected {expected}, found {described(found)}")
        return found

    return check


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within limits."""

    least: int
    most: int

    def __call__(self, value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            raise Wrong(f"expected a whole number from {self.least} to {self.most}, found {described(value)}")
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
            raise Wrong(f"expected a number from {self.least:g} to {self.most:g}, found {described(value)}")
        return value


def number(least: float, most: float) -> Number:
    """A number within limits, with or without a fraction."""
    return Number(least, most)


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Wrong(f"expected true or false, found {described(value)}")
    return value


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    choices: tuple[str, ...]

    def __call__(self, value: object) -> str:
        if not isinstance(value, str) or value not in self.choices:
            near = hint(value, self.choices) if isinstance(value, str) else ""
            raise Wrong(f"{described(value)} is not one of {', '.join(self.choices)}{near}")
        return value


def one_of(*choices: str) -> OneOf:
    """One of a few words."""
    return OneOf(choices)
