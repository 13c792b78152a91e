"""What a spreadsheet makes of a text: one that begins like a formula is one, unless it is defused."""

STARTERS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""With these a formula begins, in one program or another; the last four are their full-width forms."""


def defused(text: str) -> str:
    """A text that stays one: an apostrophe before what would be read as a formula.

    Source: OWASP, "CSV Injection".
    """
    return f"'{text}" if text[:1] and text[0] in STARTERS else text
