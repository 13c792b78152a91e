"""What is an account's own, in templates: `own("Trámites")` is the text for whoever reads, marked where it is in
another language; `own.text(…)` is without marks, for titles and attributes."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from qms.domain.own import NOTHING, Own
from qms.web.pages.languages import Language


@dataclass(frozen=True, slots=True)
class OwnWords:
    """An account's own, for somebody who reads a language."""

    of: Own
    language: Language

    def __call__(self, text: str) -> Markup:
        """A text, apart from what stands around it."""
        said = self.of.texts.say(text, self.language.tag)
        marks = f' lang="{escape(said.language)}" dir="{said.direction}"' if said.language else ""
        return Markup("<bdi{marks}>{text}</bdi>").format(marks=Markup(marks), text=said.text)  # noqa: S704 - escaped above

    def text(self, text: str) -> str:
        """A text without marks."""
        return self.of.texts.say(text, self.language.tag).text


def words_of(own: Own | None, language: Language) -> OwnWords:
    """An account's own in a language; nothing of its own where there is no account."""
    return OwnWords(own or NOTHING, language)
