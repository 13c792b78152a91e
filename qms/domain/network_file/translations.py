"""`[translations.<language>]`: what the account's own texts are in a language, by the text as it was written."""

from collections.abc import Mapping

from qms.domain.network_file import notations
from qms.domain.network_file.checks import text
from qms.domain.network_file.reading import Table

LONGEST = 5000
_TEXT = text(LONGEST)

Translations = Mapping[str, Mapping[str, str]]
"""Language → text as it was written → what it is in that language."""


def read_translations(table: Table | None) -> Translations:
    """Read all languages; one of which nothing is said is left out."""
    found = {} if table is None else {tag: table.pairs(tag, _TEXT, _TEXT) for tag in _languages(table)}
    return {tag: texts for tag, texts in found.items() if texts}


def _languages(table: Table) -> list[str]:
    """The tags that are some; of the others is complained."""
    return [tag for tag in table.values if tag and table.checked(notations.language, tag, "", tag)]
