"""What a vendor may say about a ticket: its number, data of its own, and the form that was filled in (D-9, D-10)."""

import msgspec

from qms.domain.errors import SubmissionUnusable
from qms.domain.ids import is_id
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
    text = value if isinstance(value, str) else _cast(value)
    if not text:
        raise _wrong_length("shorter than the minimum", 1)
    if len(text) > LONGEST_NUMBER:
        raise _wrong_length("longer than the maximum", LONGEST_NUMBER)
    if "\0" in text:
        raise _uncastable("String")
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


def _cast(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else repr(value)
    raise _uncastable("Array" if isinstance(value, list) else "Object")


def _uncastable(kind: str) -> Refusal:
    return Refusal(BAD_REQUEST, f'Cast to string failed for value "..." (type {kind}) at path "ticketId"')


def _wrong_length(how: str, limit: int) -> Refusal:
    text = f"Validation failed: ticketId: Path `ticketId` (`...`) is {how} allowed length ({limit})."
    return Refusal(BAD_REQUEST, text)
