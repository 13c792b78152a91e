"""The texts that an account writes itself, such as the names of its queues, in the languages that it gives them in.

A text is translated by itself, wherever it stands: `translations` maps languages to texts as they were written, and
those to what they are in that language. What somebody reads is found in this order: in his language (`es-CL`), in the
language at large (`es`), in the account's first language, and else as it was written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A text as somebody reads it; `language` where that is not the one he reads, and is known."""

    text: str
    language: str | None = None

    @property
    def direction(self) -> str | None:
        """How its language runs, where it is another."""
        return direction(self.language) if self.language else None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTexts:
    """An account's own texts: translations, and the language in which the others are written, where that is known."""

    translations: Mapping[str, Mapping[str, str]]
    written_in: str | None = None

    @classmethod
    def of(cls, translations: Mapping[str, Mapping[str, str]], languages: Sequence[str]) -> "OwnTexts":
        """Those of an account. One that translates nothing need not have said in which language it writes."""
        return cls(translations=translations, written_in=next(iter(languages), None) if translations else None)

    def say(self, text: str, language: str) -> Said:
        """A text for somebody who reads that language."""
        if not self.translations and self.written_in is None:
            return Said(text=text)
        for tag in chain(language, self.written_in):
            found = self.translations.get(tag, {}).get(text)
            if found is not None:
                return Said(text=found, language=None if same(tag, language) else tag)
        other = self.written_in is not None and not same(self.written_in, language)
        return Said(text=text, language=self.written_in if other else None)

    def for_pages(self) -> dict[str, Any] | None:
        """What pages need to say them; None where nothing is translated."""
        if not any(self.translations.values()):
            return None
        return {"written_in": self.written_in, "translations": self.translations}


NO_TEXTS = OwnTexts(translations={})


def chain(language: str, written_in: str | None) -> list[str]:
    """The languages in which a text is looked for, in that order."""
    return list(dict.fromkeys(tag for tag in (language, primary(language), written_in) if tag))


def primary(language: str) -> str:
    """The language at large: `es` of `es-CL`."""
    return language.partition("-")[0]


def same(one: str, other: str) -> bool:
    """Whether two tags are of one language at large."""
    return primary(one) == primary(other)


def direction(language: str) -> str:
    """How a language is written: `ltr` or `rtl`."""
    return "rtl" if primary(language) in RIGHT_TO_LEFT else "ltr"
