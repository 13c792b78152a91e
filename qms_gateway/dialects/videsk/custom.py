"""Videsk's custom webhooks: a request made of templates, or why there is none."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, urlsplit

from yarl import URL

from qms.domain.delivery import Rendered
from qms.domain.network import Custom
from qms.domain.templates import Rendering, Template, TemplateProblem, parse
from qms.domain.templates.places import Address, Cells, Data, Header, Markup, Plain
from qms_gateway.dialects.videsk.templates import FUNCTIONS

LONGEST_ADDRESS = 8000
MASK = "******"

_understood = lru_cache(maxsize=512)(parse)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The templates of a request."""

    url: str
    custom: Custom
    headers: Mapping[str, str] = field(default_factory=dict)


def compose(request: Request, data: Mapping[str, Any], *, default: Rendered, now: datetime) -> Rendered:
    """The request that templates make of an event's data; `default` is what the dialect would send.

    Raises:
        TemplateProblem: it cannot be made, or would not be what its place or its content type wants.
    """
    rendering, custom = Rendering(data, FUNCTIONS, now), request.custom
    if custom.condition is not None and rendering.render(_template(custom.condition), Plain()).strip() != "true":
        return Rendered(body=b"", withheld=True)
    headers = {name: rendering.render(_template(value), Header()) for name, value in request.headers.items()}
    by_name = {name.lower(): value for name, value in headers.items()}
    kind = by_name.get("content-type", "application/json")
    return Rendered(
        body=_body(rendering, custom, kind, default),
        headers={**default.headers, "Content-Type": kind, **headers},
        method=custom.method,
        url=_address(rendering, request),
        verify_tls=custom.verify_tls,
    )


def masked(text: str, secrets: Mapping[str, str]) -> str:
    """A text without secrets in it."""
    for secret in sorted(secrets.values(), key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text


def _template(text: str) -> Template:
    return _understood(text)


def _address(rendering: Rendering, request: Request) -> str:
    url = rendering.render(_template(request.url), Address())
    if any(unquote(step) in (".", "..") for step in urlsplit(url).path.split("/")):
        raise TemplateProblem("a step of the address leads up")
    parameters = request.custom.parameters.items()
    given = {name: rendering.render(_template(value), Plain()) for name, value in parameters}
    try:
        whole = URL(url, encoded=True).extend_query(given) if given else URL(url, encoded=True)
    except ValueError:
        raise TemplateProblem("no address comes of it") from None
    if len(str(whole)) > LONGEST_ADDRESS:
        raise TemplateProblem(f"an address longer than {LONGEST_ADDRESS} characters")
    return str(whole)


def _body(rendering: Rendering, custom: Custom, kind: str, default: Rendered) -> bytes:
    if custom.method in ("GET", "HEAD"):
        return b""
    if custom.body is None:
        return default.body
    text = rendering.render(_template(custom.body), _place(kind))
    if "json" in kind:
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            raise TemplateProblem("the body is not the JSON that its content type promises") from None
    return text.encode("utf-8", "replace")


def _place(kind: str) -> Plain:
    if "json" in kind or "yaml" in kind:
        return Data()
    if "xml" in kind or "html" in kind:
        return Markup()
    if "x-www-form-urlencoded" in kind:
        return Address()
    return Cells() if "csv" in kind else Plain()
