"""Marks on texts that people are shown, where they are written down and the reader's language is not known yet."""


def N_(message: str) -> str:
    """Mark a message for translation."""
    return message
