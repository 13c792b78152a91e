"""What keeps a text from being TOML, in words of our own: the standard library's parser says it in English alone."""

import re
from ast import literal_eval
from collections.abc import Mapping

from qms.domain.complaint import Complaint, complaint

_UNCLOSED_TEXT = complaint("a text in quotes is not closed")
_NOT_ON_ITS_LINE = complaint("a text in quotes is not closed on its line")
_UNSEEN = complaint("a character that may not stand here: %(named)s")
_COMPLETE = complaint("%(named)s is complete already: nothing can be added to it here")
_TWICE = complaint("%(named)s is there twice")
_NO_CHARACTER = complaint("no character has the number that stands after the backslash")

_BY_BEGINNING: Mapping[str, Complaint] = {
    "Invalid statement": complaint("expected a key, a [table] or a comment"),
    "Invalid initial character": complaint("expected a key: letters, digits, - and _, or anything in quotes"),
    "Invalid value": complaint("expected a value: a text in quotes, a number, true, false, a date, a list or a table"),
    "Invalid date": complaint("there is no such date or time"),
    "Invalid hex": _NO_CHARACTER,
    "Escaped character": _NO_CHARACTER,
    "Expected newline": complaint("expected the end of the line"),
    "Expected '='": complaint("expected = after the key"),
    "Expected ']]'": complaint("expected ]] after the name of the table"),
    "Expected ']'": complaint("expected ] after the name of the table"),
    "Expected": _UNCLOSED_TEXT,
    "Unterminated string": _UNCLOSED_TEXT,
    "Illegal character '\\n'": _NOT_ON_ITS_LINE,
    "Found invalid character '\\n'": _NOT_ON_ITS_LINE,
    "Illegal character": _UNSEEN,
    "Found invalid character": _UNSEEN,
    "Unescaped": complaint("a backslash that begins nothing known: write two, or put the text in single quotes"),
    "Unclosed array": complaint("a list is not closed: expected a comma or ]"),
    "Unclosed inline table": complaint("a table in braces is not closed: expected a comma or }"),
    "Cannot declare": _TWICE,
    "Duplicate inline table key": _TWICE,
    "Cannot overwrite": complaint("what stands here has a value already"),
    "Cannot mutate": _COMPLETE,
    "Cannot redefine": _COMPLETE,
    "Exceeds the limit": complaint("a number with too many digits"),
}
"""How the parser's complaint begins → ours; the first that fits, so that what is said more exactly comes first."""

_OTHERWISE = complaint("what stands here cannot be read")
_NAMED = re.compile(r"\(.*\)|'.*'|\".*\"", re.DOTALL)


def reason_of(said: str) -> Complaint:
    """What is wrong, by what the parser says of it; a parser that says it otherwise is not repeated."""
    found = next((ours for begins, ours in _BY_BEGINNING.items() if said.startswith(begins)), _OTHERWISE)
    return found.about(named=_named(said)) if "%(named)s" in found.template else found


def _named(said: str) -> str:
    """What the parser names, which it writes as Python does: keys in a row, one of them, or a character."""
    place = _NAMED.search(said)
    try:
        value = literal_eval(place[0]) if place is not None else ""
    except (ValueError, SyntaxError):
        return ""
    keys = value if isinstance(value, tuple) else (value,)
    return ".".join("".join(one if one.isprintable() else f"U+{ord(one):04X}" for one in str(key)) for key in keys)
