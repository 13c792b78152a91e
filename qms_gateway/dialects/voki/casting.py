"""Reading what a caller says field by field: everything that is wrong with it is told at once."""

from collections.abc import Callable, Container, Mapping
from datetime import datetime
from typing import Any, TypeVar

from qms_gateway.dialects.voki.formats import instant_of, is_uuid, range_of

T = TypeVar("T")

BLANK, INVALID, MISSING = "can't be blank", "is invalid", "does not exist"
LINE, WORDS = 255, 20_000
LONGEST_NUMBER = 12


class Unusable(Exception):
    """What is wrong, by field."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        super().__init__(errors)
        self.errors = errors


class Casting:
    """The fields of a body, or of a query, on their way to values.

    A blank text counts as nothing. `partial`: what is required may stay away, but not be there and blank.
    """

    def __init__(self, given: Mapping[str, Any], *, partial: bool = False, query: bool = False) -> None:
        self._given, self._partial, self._query = given, partial, query
        self.errors: dict[str, list[str]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def given(self, name: str) -> bool:
        """Whether a field says anything."""
        value = self._given.get(name)
        return bool(value.strip()) if isinstance(value, str) else value is not None

    def wrong(self, name: str, text: str) -> None:
        """Something is wrong with a field."""
        self.errors.setdefault(name, []).append(text)

    def check(self) -> None:
        """Go on only where nothing is wrong.

        Raises:
            Unusable: something is.
        """
        if self.errors:
            raise Unusable(self.errors)

    def text(self, name: str, *, most: int = LINE, required: bool = False) -> str | None:
        """A text, as it is."""
        value = self._text(name, required=required)
        if value is not None and len(value) > most:
            self.wrong(name, f"should be at most {most} character(s)")
        return value

    def uuid(self, name: str, *, required: bool = False) -> str | None:
        """An id."""
        return self._read(name, lambda text: text if is_uuid(text) else None, required=required)

    def instant(self, name: str, *, required: bool = False) -> datetime | None:
        """An instant."""
        return self._read(name, instant_of, required=required)

    def range(self, name: str) -> tuple[datetime, datetime] | None:
        """A date, or an instant: the first and the last instant that it stands for."""
        return self._read(name, range_of)

    def choice(self, name: str, choices: Container[str]) -> str | None:
        """One of some words."""
        return self._read(name, lambda text: text if text in choices else None)

    def whole(self, name: str) -> int | None:
        """A whole number; in a query, and from forms, it is spelled out."""
        value = self._given.get(name)
        if self._query or isinstance(value, str):
            return self._read(name, _number)
        if value is not None and type(value) is not int:
            self.wrong(name, INVALID)
            return None
        return value

    def between(self, name: str, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`."""
        value = self.whole(name)
        if value is None or least <= value <= most:
            return value
        self.wrong(
            name, f"must be greater than {least - 1}" if value < least else f"must be less than or equal to {most}"
        )
        return None

    def _read(self, name: str, reading: Callable[[str], T | None], *, required: bool = False) -> T | None:
        text = self._text(name, required=required)
        value = reading(text.strip()) if text is not None else None
        if text is not None and value is None:
            self.wrong(name, INVALID)
        return value

    def _text(self, name: str, *, required: bool = False) -> str | None:
        value = self._given.get(name)
        if value is not None and not (isinstance(value, str) and "\0" not in value):
            self.wrong(name, INVALID)
        elif value is not None and value.strip():
            return str(value)
        elif required and not (self._partial and name not in self._given):
            self.wrong(name, BLANK)
        return None


def _number(text: str) -> int | None:
    digits = text.removeprefix("-")
    plain = digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_NUMBER
    return int(text) if plain else None
