"""What a single value may be: a check takes a TOML value and gives it back as kept, or says what it should be."""

import re
from collections.abc import Callable
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


def text(longest: int = 200, *, empty: bool = False) -> Check[str]:
    """A text of limited length, on one or more lines, without control characters."""

    def check(value: object) -> str:
        if not isinstance(value, str):
            raise Wrong(f"expected a text, found {described(value)}")
        if not value.strip() and not empty:
            raise Wrong("expected a text that is not empty")
        if len(value) > longest:
            raise Wrong(f"expected at most {longest} characters, found {len(value)}")
        if control := _CONTROL.search(value):
            raise Wrong(f"control character U+{ord(control[0]):04X} in a text")
        return value

    return check


def shaped(pattern: re.Pattern[str], expected: str, longest: int = 400) -> Check[str]:
    """A text of a certain form."""

    def check(value: object) -> str:
        found = text(longest, empty=True)(value)
        if not pattern.fullmatch(found):
            raise Wrong(f"expected {expected}, found {described(found)}")
        return found

    return check


def whole(least: int, most: int) -> Check[int]:
    """A whole number within limits."""

    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise Wrong(f"expected a whole number from {least} to {most}, found {described(value)}")
        return value

    return check


def number(least: float, most: float) -> Check[float]:
    """A number within limits, with or without a fraction."""

    def check(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not least <= value <= most:
            raise Wrong(f"expected a number from {least:g} to {most:g}, found {described(value)}")
        return value

    return check


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise Wrong(f"expected true or false, found {described(value)}")
    return value


def one_of(*choices: str) -> Check[str]:
    """One of a few words."""

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in choices:
            near = hint(value, choices) if isinstance(value, str) else ""
            raise Wrong(f"{described(value)} is not one of {', '.join(choices)}{near}")
        return value

    return check
