"""How somebody can be reached, and when two spellings mean the same."""

import re
from collections.abc import Mapping
from typing import Any, Literal

from qms.domain.errors import Invalid

Channel = Literal["EMAIL", "SMS"]

_EMAIL = re.compile(r"[^\s@<>,;\x00-\x1f]{1,64}@[^\s@<>,;\x00-\x1f]{1,255}")
_PHONE = re.compile(r"\+?(?:[ ()./-]{0,2}[0-9]){5,20}")


def is_email(text: str) -> bool:
    """Whether it looks like an e-mail address; whether there is such a box, only a message can tell."""
    return len(text) <= 320 and _EMAIL.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Whether it looks like a telephone number, spelled as people do."""
    return len(text) <= 40 and _PHONE.fullmatch(text) is not None


def normal(contact: str) -> str:
    """What all spellings of an address or a number have in common: to compare, not to write to."""
    text = contact.strip()
    if "@" in text:
        return text.casefold()
    return re.sub(r"[^0-9]", "", text).removeprefix("00")


def known_by(customer: Mapping[str, Any] | None, what: Literal["email", "phone"]) -> str | None:
    """By what the tickets of one customer are found: his address or his number, spelled as they are compared."""
    said = (customer or {}).get(what)
    is_one = is_email if what == "email" else is_phone
    return normal(said) if isinstance(said, str) and is_one(said.strip()) else None


def checked(contact: str, channel: Channel, field: str) -> str:
    """A contact that a channel can reach.

    Raises:
        Invalid: the channel cannot reach that.
    """
    text = contact.strip()
    if channel == "EMAIL" and not is_email(text):
        raise Invalid(field, "an e-mail address")
    if channel == "SMS" and not is_phone(text):
        raise Invalid(field, "a telephone number")
    return text
