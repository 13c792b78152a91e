"""A language nobody speaks, made from the English texts: accented, a third longer, in brackets.

It shows at a look what a translation would break: a text without accents was never marked for translation, one without
its closing bracket is cut off, and whatever holds it will hold German. A sandbox shows it at `?lang=en-XA`, which is
what CLDR calls such a locale; nobody else meets it.
"""

import re

from babel.messages.catalog import Catalog

_VALUES = re.compile(r"(%\(\w+\)[sd]|%%|\{\w*\})")
_ACCENTED = str.maketrans(
    "ABCDEGHIJKLNORSTUWYZabcdeghijklnorstuwyz",
    "ÅƁÇÐÉĜĤÎĴĶĻÑÔŔŠŢÛŴÝŽåƀçðéĝĥîĵķļñôŕšţûŵýž",
)
_VOWELS = re.compile(r"[aeiou]", re.IGNORECASE)


def pseudo(text: str) -> str:
    """A text as this language has it; the places for values stay. Vowels are doubled: words grow, as in German."""
    parts = _VALUES.split(text)
    said = (part if at % 2 else _VOWELS.sub(r"\g<0>\g<0>", part).translate(_ACCENTED) for at, part in enumerate(parts))
    return f"[{''.join(said)}]"


def catalogue_of(messages: Catalog) -> Catalog:
    """The catalogue of this language, for the same texts as another's."""
    made = Catalog(locale="en")
    for message in messages:
        if message.id:
            texts = message.id if isinstance(message.id, list | tuple) else (message.id,)
            said = tuple(pseudo(text) for text in texts)
            string = said if message.pluralizable else said[0]
            made.add(message.id, string, message.locations, flags=message.flags, context=message.context)
    return made
