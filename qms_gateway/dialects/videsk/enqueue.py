"""What a vendor may say about a ticket: its number, data of its own, and the form that was filled in (D-9, D-10)."""

import msgspec

from qms.domain.errors import SubmissionUnusable
from qms.domain.ids import is_id
from qms_gateway.dialects.videsk.casting import as_text, too_long, too_short, uncastable
from qms_gateway.dialects.videsk.errors import BAD_REQUEST, Refusal

LONGEST_NUMBER = 50
_encode = msgspec.json.Encoder().encode


def number_of(value: object) -> str | None:
    """The ticket's number as text; None where we give one. Numbers and booleans are taken for their text.

    Raises:
        Refusal: no text, empty, or too long.
    """
    if value is None:
        return None
    text = as_text(value)
    if text is None:
        raise uncastable("ticketId", "...", "Array" if isinstance(value, list) else "Object")
    if not text:
        raise too_short("ticketId", 1)
    if len(text) > LONGEST_NUMBER:
        raise too_long("ticketId", LONGEST_NUMBER)
    if "\0" in text:
        raise uncastable("ticketId", "...", "String")
    return text


def data_of(value: object, limit: int) -> str | None:
    """The vendor's own data as compact JSON text, kept for its webhooks; null is none.

    Raises:
        Refusal: larger than the limit, in bytes.
    """
    if value is None:
        return None
    encoded = _encode(value)
    if len(encoded) > limit:
        text = f'The "integrationData" exceeds the limit of {limit / 1024:g} Kb.'
        raise Refusal(BAD_REQUEST, text, "integrationData")
    return encoded.decode()


def submission_of(value: object) -> str | None:
    """The id of the form's submission; an empty text is none.

    Raises:
        SubmissionUnusable: it cannot be an id.
    """
    if value is None or value == "":
        return None
    if not is_id(value):
        raise SubmissionUnusable(str(value)[:50])
    return str(value)
