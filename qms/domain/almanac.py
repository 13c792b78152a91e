"""Days that come round: public holidays by country, and closures that recur. An almanac has the days."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Holidays:
    """Whose public holidays are kept: a country's (ISO 3166-1, such as "CL"), or one of its subdivisions'.

    `language`: that of the holidays' names; None: the country's own. `categories`: kinds of days, besides public ones
    those of banks, say.
    """

    country: str
    subdivision: str | None = None
    language: str | None = None
    categories: tuple[str, ...] = ("public",)

    def to_json(self) -> dict[str, Any]:
        """The rule for a column."""
        kept = {"country": self.country, "subdivision": self.subdivision, "language": self.language}
        return {**kept, "categories": list(self.categories)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Holidays":
        """The rule that `to_json` wrote."""
        return cls(**{**value, "categories": tuple(value.get("categories", ("public",)))})


class Almanac(Protocol):
    """Whoever knows the public holidays of the world: what may be asked for."""

    def countries(self) -> Mapping[str, str]:
        """What the countries known are called, in small letters, each with its code; the codes among them."""

    def subdivisions(self, country: str) -> Collection[str]:
        """The codes of a known country's subdivisions."""

    def languages(self, country: str) -> Collection[str]:
        """The languages in which a known country's holidays are named."""

    def categories(self, country: str) -> Collection[str]:
        """The kinds of days that are known of a country."""
