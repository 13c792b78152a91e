"""An option: a named behaviour that the vendors' documents leave open, and which values it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from qms.domain.complaint import Complaint, Value, Wrong, complaint, guessed

OptionValue = bool | int | str | dict[str, str]
Kind = Literal["choice", "flag", "whole", "text", "secret", "address", "prefix", "names"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option: its decision, the values it takes, its default and what it means in a line."""

    name: str
    decision: str
    kind: Kind
    default: OptionValue
    meaning: str
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    on: int | None = None  # what `true` stands for, where a number may be given as a flag

    @property
    def allowed(self) -> Complaint:
        """The values it takes, in words."""
        limits: Mapping[str, Value] = {"least": self.least, "most": self.most}
        match self.kind:
            case "choice":
                return complaint("one of %(choices)s", choices=", ".join(self.choices))
            case "flag":
                return complaint("true or false")
            case "whole" if self.on:
                return complaint("a whole number from %(least)s to %(most)s, true or false", **limits)
            case "whole":
                return complaint("a whole number from %(least)s to %(most)s", **limits)
            case "text" | "secret":
                return complaint("a text")
            case "address":
                return complaint("an absolute http(s) address, or an empty text")
            case "prefix":
                return complaint('a path such as "/auvious", or an empty text')
            case "names":
                return complaint("a table from event name to event name")

    def check(self, value: object) -> OptionValue:
        """The value as it is kept.

        Raises:
            Wrong: it is none of the allowed ones; which those are is said.
        """
        if self.on is not None and isinstance(value, bool):
            return self.on if value else 0
        if isinstance(value, bool if self.kind == "flag" else (int, str, dict)) and self._takes(value):
            return value
        said = complaint("expected %(allowed)s", allowed=self.allowed)
        raise Wrong(guessed(said, value, self.choices))

    def _takes(self, value: OptionValue) -> bool:
        match self.kind:
            case "flag":
                return isinstance(value, bool)
            case "whole":
                return type(value) is int and self.least <= value <= self.most
            case "names":
                return isinstance(value, dict) and all(isinstance(name, str) and name for name in value.values())
            case "choice":
                return value in self.choices
            case "prefix":
                return isinstance(value, str) and _is_path_prefix(value)
            case "address":
                return isinstance(value, str) and (not value or _is_address(value))
            case _:
                return isinstance(value, str)


def _is_path_prefix(text: str) -> bool:
    return not text or (
        text.startswith("/") and "//" not in text and text[-1] != "/" and not set(text) & set("?#{}% \t\n")
    )


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not set(text) & set(" \t\n")
