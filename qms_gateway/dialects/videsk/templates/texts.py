"""Functions of texts."""

import base64
import hashlib
import hmac as mac
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

from qms.domain.templates.places import Raw, json_of, text_of
from qms.domain.templates.problem import TemplateProblem
from qms.domain.templates.rendering import Block, Inline, Rendering
from qms_gateway.dialects.videsk.templates.patterns import replaced

ALGORITHMS = ("sha256", "sha1", "sha384", "sha512")


def parser(rendering: Rendering, values: Sequence[Any]) -> Raw:
    """A value as JSON."""
    said = values[0] if values else None
    done = said if isinstance(said, Raw) else Raw(json_of(said))
    rendering.spend(len(done) // 100)
    return done


def parser_block(block: Block) -> Raw:
    """The argument as JSON; without one, what the body comes to."""
    return parser(block.rendering, block.arguments or [block.text(block.this)])


def lower_case(rendering: Rendering, values: Sequence[Any]) -> str:
    """A text in small letters."""
    return _text(rendering, values).lower()


def upper_case(rendering: Rendering, values: Sequence[Any]) -> str:
    """A text in capitals."""
    return _text(rendering, values).upper()


def replace_all(rendering: Rendering, values: Sequence[Any]) -> str:
    """A text with another in place of what is searched for: a text, or with flags a pattern."""
    text, search, replacement, flags = ([text_of(value) for value in values] + [""] * 4)[:4]
    if not values or values[0] is None:
        raise TemplateProblem("Error: Input string is required")
    if not search:
        raise TemplateProblem("Error: Search value is required")
    rendering.spend(len(text) // 100)
    if flags:
        rendering.spend(100)
        done = replaced(text, search, replacement, flags)
    else:
        if len(text) * max(1, len(replacement)) > 2_000_000:
            raise TemplateProblem("a replacement that is too long")
        done = text.replace(search, replacement)
    rendering.spend(len(done) // 100)
    return done


def encode(rendering: Rendering, values: Sequence[Any]) -> Raw:
    """A text as it stands in an address."""
    return Raw(quote(text_of(values[0] if values else None), safe=""))


def hmac(rendering: Rendering, values: Sequence[Any]) -> str:
    """A text signed with a secret."""
    data, secret, algorithm, encoding = (*[text_of(value) for value in values], "", "", "", "")[:4]
    if not data:
        raise TemplateProblem("Error: Data to sign is required")
    if not secret:
        raise TemplateProblem("Error: Secret key is required")
    if (algorithm or "sha256") not in ALGORITHMS:
        raise TemplateProblem("Failed to generate HMAC: no such algorithm")
    rendering.spend(10 + len(data) // 100)
    digest = mac.new(secret.encode(), data.encode(), getattr(hashlib, algorithm or "sha256")).digest()
    return _encoded(digest, encoding or "hex")


def phone_number(rendering: Rendering, values: Sequence[Any]) -> str:
    """A telephone number of a country: international, national, or its country's code."""
    import phonenumbers  # loads slowly, and most processes never need it

    text, country, form = (*[text_of(value) for value in values], "", "", "")[:3]
    rendering.spend(100)
    try:
        number = phonenumbers.parse(text[:50], country[:2].upper() or None)
    except phonenumbers.NumberParseException:
        raise TemplateProblem("a telephone number that is none") from None
    national = phonenumbers.national_significant_number(number)
    forms = {"national": national, "code": str(number.country_code), "code-plus": f"+{number.country_code}"}
    return forms.get(form, f"+{number.country_code}{national}")


def url_param(block: Block) -> str:
    """A parameter of an address."""
    try:
        found = dict(parse_qsl(urlsplit(text_of(block.first)[:8000]).query, max_num_fields=200))
    except ValueError:
        return ""
    return block.text(found)


def _text(rendering: Rendering, values: Sequence[Any]) -> str:
    if not values or not isinstance(values[0], str):
        raise TemplateProblem("expected a text")
    rendering.spend(len(values[0]) // 100)
    return str(values[0])


def _encoded(digest: bytes, encoding: str) -> str:
    match encoding:
        case "hex":
            return digest.hex()
        case "base64":
            return base64.b64encode(digest).decode()
        case "base64url":
            return base64.urlsafe_b64encode(digest).decode().rstrip("=")
        case "latin1" | "binary":
            return digest.decode("latin-1")
        case _:
            raise TemplateProblem(f"Error: Invalid encoding: {encoding[:20]}")


INLINE: Mapping[str, Inline] = {
    "parser": parser,
    "toLowerCase": lower_case,
    "toUpperCase": upper_case,
    "replaceAll": replace_all,
    "encode": encode,
    "urlEncode": encode,
    "hmac": hmac,
    "phone-number": phone_number,
}
BLOCKS: Mapping[str, Callable[[Block], Any]] = {"parser": parser_block, "url-param": url_param}
