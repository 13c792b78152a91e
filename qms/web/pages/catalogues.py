"""The translations: read from the .po files as they are, for Python, templates and scripts.

English is the source and has no file. A .po file is read when its language is first wanted: all of them would take a
server's start a fifth of a second and 17 MB. Nothing needs to be compiled. Fuzzy messages are left out, so that a guess
never reaches a visitor.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Mapping
from functools import cache, lru_cache
from gettext import NullTranslations, c2py
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from qms.web.pages.languages import ENGLISH, PSEUDO, SHIPPED, Language
from qms.web.pages.pseudo import catalogue_of

FOLDER = Path(__file__).parent / "locale"

LIGHT: Mapping[str, Collection[str]] = {
    "kiosk/ticket": ("kiosk/static/ticket.js", "kiosk/static/ticket-words.js", "kiosk/static/push.js"),
}
"""Pages that bring the words of these scripts instead of all their face's: telephones load them over slow lines."""

ScriptMessage = str | dict[str, str]
"""A text, or one per plural category of the language ("one", "few", "other")."""


def po_file(language: Language) -> Path:
    """Return where a language's messages are kept."""
    return FOLDER / language.folder / "LC_MESSAGES" / "messages.po"


@lru_cache(maxsize=1)
def catalogue(language: Language) -> Catalog:
    """Read a language's messages; English has none. The last is kept, for a page and its script come together."""
    if language == ENGLISH:
        return Catalog(locale=language.folder)
    if language == PSEUDO:
        return catalogue_of(catalogue(SHIPPED[1]))
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language.folder)


@cache
def translations(language: Language) -> NullTranslations:
    """Return `gettext`, `ngettext` and their kin for a language."""
    if language == ENGLISH:
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(language), use_fuzzy=False)
    compiled.seek(0)
    return Translations(compiled)


def words_folder(face: str) -> str:
    """Return where the catalogues for a face's scripts are served; those of no face hold what all faces share."""
    return f"locale/{face}" if face else "locale"


def whose_words(template: str) -> str:
    """Return whose words the scripts of a page want: its face's, or its own where it is to be light."""
    page = template.removesuffix(".html.j2")
    return page if page in LIGHT else template.rpartition("/")[0]


def script_messages(language: Language, face: str) -> dict[str, ScriptMessage]:
    """Return the messages that occur in the scripts of a face or a light page, or in those all share, for `i18n.js`.

    A browser has no gettext plural rule, and under our Content-Security-Policy it could not run one; it has
    `Intl.PluralRules`, which answers with a CLDR category. So a plural message carries a text per category.
    """
    forms = plural_categories(language)
    return {
        key(message): in_categories(message, forms) if message.pluralizable else str(message.string)
        for message in catalogue(language)
        if message.id
        and all(strings(message))
        and not message.fuzzy
        and any(in_script(path, face) for path, _ in message.locations)
    }


def key(message: Message) -> str:
    """Return the name of a message in a script's catalogue: its (singular) text, after its context if it has one."""
    text = message.id[0] if message.pluralizable else message.id
    return f"{message.context}\x04{text}" if message.context else str(text)


def in_script(path: str, face: str) -> bool:
    """Say whether a message's source file is a script of a face or a light page, or of those that all share."""
    if face in LIGHT and path in LIGHT[face]:
        return True
    return path.endswith(".js") and path.startswith(("qms/web/pages/static/", f"{face}/static/"))


def in_categories(message: Message, forms: Mapping[str, int]) -> dict[str, str]:
    """Spell a plural message by category."""
    texts = strings(message)
    return {category: texts[index] for category, index in forms.items()}


def strings(message: Message) -> tuple[str, ...]:
    """Return a message's translations, one per plural form; empty where there is none."""
    found = message.string
    return tuple(text or "" for text in (found if isinstance(found, list | tuple) else (found,)))


def plural_categories(language: Language) -> dict[str, int]:
    """Say which of gettext's plural forms each CLDR category of a language means, by asking both about numbers."""
    form: Callable[[int], int] = c2py(catalogue(language).plural_expr)
    category = language.locale.plural_form
    samples = (*range(201), 1_000_000)
    return {category(number): form(number) for number in reversed(samples)}


def source(language: Language) -> bytes:
    """Return what a language's messages are made from, whatever is made of it: the file, and this program."""
    file = b"" if language == ENGLISH else po_file(SHIPPED[1] if language == PSEUDO else language).read_bytes()
    return file + Path(__file__).read_bytes()
