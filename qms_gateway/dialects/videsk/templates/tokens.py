"""JSON web tokens that a template signs."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import jwt
from jwt.exceptions import PyJWTError

from qms.domain.templates.problem import TemplateProblem
from qms.domain.templates.rendering import Block, Rendering

ALGORITHMS = frozenset(family + size for family in ("HS", "RS", "ES") for size in ("256", "384", "512"))
_CLAIMS = {"audience": "aud", "subject": "sub", "issuer": "iss", "jwtid": "jti"}
_SPAN = re.compile(r"(\d{1,6})(s|m|h|d|w|mo|y)")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "mo": 2_592_000, "y": 31_557_600}


def block(block: Block) -> str:
    """A token of what the body says."""
    return signed(block.rendering, block.data(block.this))


def inline(rendering: Rendering, values: Sequence[Any]) -> str:
    """A token of a value."""
    return signed(rendering, values[0] if values else None)


def signed(rendering: Rendering, asked: Any) -> str:
    """A token of `payload`, signed with `privateKey` as `options` say.

    Raises:
        TemplateProblem: something of that is missing or wrong.
    """
    rendering.spend(1000)
    if not isinstance(asked, Mapping) or not isinstance(asked.get("payload"), Mapping) or not asked.get("privateKey"):
        raise TemplateProblem("a token wants a payload and a privateKey")
    options = asked.get("options")
    options = options if isinstance(options, Mapping) else {}
    algorithm = options.get("algorithm", "HS256")
    if algorithm not in ALGORITHMS:
        raise TemplateProblem("no such algorithm for a token")
    now = int(rendering.now.timestamp())
    claims = {"iat": now, **asked["payload"]} | {_CLAIMS[name]: options[name] for name in _CLAIMS if name in options}
    for name, claim in (("expiresIn", "exp"), ("notBefore", "nbf")):
        if name in options:
            claims[claim] = now + int(_span(options[name]).total_seconds())
    header = options.get("header")
    try:
        headers = dict(header) if isinstance(header, Mapping) else None
        return jwt.encode(claims, str(asked["privateKey"]), algorithm=algorithm, headers=headers)
    except (PyJWTError, ValueError, TypeError):
        raise TemplateProblem("the token cannot be signed so") from None


def _span(value: Any) -> timedelta:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**10:
        return timedelta(seconds=value)
    found = _SPAN.fullmatch(str(value))
    if found is None:
        raise TemplateProblem("expected a span such as 5s, 1m or 2mo")
    return timedelta(seconds=min(int(found[1]) * _UNITS[found[2]], 10**10))
