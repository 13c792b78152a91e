"""Keep the translations whole.

    python tools/i18n.py update    collect all messages and merge them into the .po files (new ones are left empty)
    python tools/i18n.py check     exit 1 and say what is not collected, not translated, fuzzy or malformed

Messages come from Python, templates and scripts (babel.cfg). A message's places are kept without line numbers, so that
moving code does not change a translation; those in scripts decide what a page's catalogue holds.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.checkers import checkers
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from qms.web.pages.catalogues import po_file, strings  # noqa: E402 - found beside this folder
from qms.web.pages.languages import ENGLISH, SHIPPED, Language  # noqa: E402

PACKAGES = ("acd", "desk", "kiosk", "qms", "qms_gateway", "screens", "server")
KEYWORDS = DEFAULT_KEYWORDS | {"_": None, "N_": None, "complaint": None, "numbered": (1, 2)}
TRANSLATED = [language for language in SHIPPED if language != ENGLISH]


def collected() -> Catalog:
    """Find every message in the packages."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = Catalog(project="Turnero", charset="utf-8")
    for package in PACKAGES:
        for name, line, message, comments, context in extract_from_dir(
            ROOT / package, methods, options, KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            found.add(message, None, [(f"{package}/{name}", line)], auto_comments=comments, context=context)
    return found


def read(language: Language) -> Catalog:
    """Read a language's file; an empty catalogue where there is none yet."""
    path = po_file(language)
    if not path.exists():
        return Catalog(locale=language.folder, project="Turnero", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language.folder)


def merged(language: Language, template: Catalog) -> Catalog:
    """Return a language's messages as they should be: those of the template, with the translations there are."""
    messages = read(language)
    messages.update(template, no_fuzzy_matching=True)
    messages.obsolete.clear()
    return messages


def text(messages: Catalog) -> str:
    """Return a catalogue as its file should read; the header says nothing that changes by itself."""
    out = io.BytesIO()
    write_po(out, messages, width=120, sort_output=True, include_lineno=False, omit_header=True)
    header = (
        'msgid ""\nmsgstr ""\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Language: {messages.locale_identifier}\\n"\n'
        f'"Plural-Forms: {messages.plural_forms}\\n"\n\n'
    )
    return header + out.getvalue().decode()


def complaints(language: Language, template: Catalog) -> Iterator[str]:
    """Say what is wrong with a language."""
    messages = read(language)
    present = {(message.context, message.id) for message in messages if message.id}
    for message in merged(language, template):
        if not message.id:
            continue
        if (message.context, message.id) not in present:
            yield f"not collected yet: {message.id!r} (run: python tools/i18n.py update)"
        elif message.fuzzy or not all(strings(message)):
            yield f"{'fuzzy' if message.fuzzy else 'not translated'}: {message.id!r}"
        else:
            yield from malformed(message, messages)
    for _, unused in present - {(message.context, message.id) for message in template}:
        yield f"no longer used: {unused!r} (run: python tools/i18n.py update)"


def malformed(message: Message, messages: Catalog) -> Iterator[str]:
    """Say where a translation does not keep the places for values that its text has."""
    for checker in checkers:
        try:
            checker(messages, message)
        except ValueError as wrong:
            yield f"{message.id!r}: {wrong}"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("command", choices=["update", "check"])
    update = parser.parse_args().command == "update"
    template, found = collected(), 0
    for language in TRANSLATED:
        if update:
            path = po_file(language)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text(merged(language, template)), encoding="utf-8")
        for complaint in complaints(language, template):
            print(f"{language.tag}: {complaint}", file=sys.stderr)
            found += 1
    return 1 if found and not update else 0


if __name__ == "__main__":
    sys.exit(main())
