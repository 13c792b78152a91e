"""What is wrong with a value, so that it can be said in any language: English with places in it, and what stands there.

`tools/i18n.py` collects the templates of `complaint` and `numbered`. By itself a complaint is English; whoever knows
the reader's language brings its words.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from gettext import NullTranslations
from typing import Union

Value = Union[str, int, float, "Complaint"]

_ENGLISH = NullTranslations()


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """A sentence, or a part that another has a place for. `plural`: what it is where `count` is not one."""

    template: str
    plural: str = ""
    count: int = 0
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.said(_ENGLISH)

    def said(self, words: NullTranslations, shown: Callable[[object], object] = str) -> str:
        """The sentence in the language of the words; `shown` is how values stand in it that are no words of it."""
        found = self.template
        found = words.ngettext(found, self.plural, self.count) if self.plural else words.gettext(found)
        return found % {
            name: one.said(words, shown) if isinstance(one, Complaint) else shown(one) for name, one in self._places()
        }

    def about(self, **values: Value) -> "Complaint":
        """The same with more places filled."""
        return replace(self, values={**self.values, **values})

    def _places(self) -> Iterable[tuple[str, Value]]:
        return {"count": self.count, **self.values}.items()


class Wrong(ValueError):
    """A value is not what it should be."""

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(complaint)
        self.complaint = complaint


def complaint(template: str, **values: Value) -> Complaint:
    """A complaint whose template has places for the values, as `%(name)s`."""
    return Complaint(template=template, values=values)


def numbered(one: str, several: str, count: int, **values: Value) -> Complaint:
    """A complaint that depends on a number, which has its place as `%(count)s`."""
    return Complaint(template=one, plural=several, count=count, values=values)


def guessed(said: Complaint, word: object, known: Iterable[str], otherwise: Complaint | None = None) -> Complaint:
    """A complaint of a word, with the nearest of those that are known; `otherwise` where none is near."""
    return meant(said, word, {one.casefold(): one for one in known}) or otherwise or said


def meant(said: Complaint, word: object, spellings: Mapping[str, str]) -> Complaint | None:
    """A complaint of a word, with what was probably meant by it: by how that may be spelled, in small letters."""
    near = get_close_matches(word.casefold(), spellings, n=1) if isinstance(word, str) else ()
    if not near:
        return None
    return complaint('%(complaint)s (did you mean "%(near)s"?)', complaint=said, near=spellings[near[0]])
