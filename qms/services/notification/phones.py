"""Telephone numbers as providers want them."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def e164(text: str, country: str | None) -> str | None:
    """A number as E.164 has it, `+56912345678`; None where it is none that can be called.

    `country`: of numbers that name none.
    """
    import phonenumbers  # loads slowly, and most processes never need it

    try:
        number = phonenumbers.parse("+" + text[2:] if text.startswith("00") else text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
