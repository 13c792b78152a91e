"""Which languages a test of pages goes through: all would take the time of seven, so each test takes three.

German is there because its words are the longest, Arabic because it runs from right to left; the third is another for
each test, so that all are met somewhere. What is cheap goes through `SHIPPED` itself.
"""

from zlib import crc32

from qms.web.pages import SHIPPED

ALWAYS = ("de", "ar")
OTHERS = tuple(language.tag for language in SHIPPED if language.tag not in ("en", *ALWAYS))


def some_languages(test: str) -> tuple[str, ...]:
    """Three languages for a test, always the same ones by its name."""
    return (*ALWAYS, OTHERS[crc32(test.encode()) % len(OTHERS)])
