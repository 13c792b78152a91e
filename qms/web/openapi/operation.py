"""What a face declares of itself: operations, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

JSON = "application/json"
PROBLEM = "application/problem+json"
HTML = "text/html"
SOCKET = "none"
"""In place of a media type: the connection is not HTTP any more."""

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One answer: what it means, and the type of its body (None: it has none that is described).

    `page`: whoever would rather have a page (by `Accept`) is given one.
    """

    meaning: str
    shape: Any = None
    content_type: str = JSON
    page: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """Something that a request says outside its body."""

    name: str
    where: Literal["path", "query", "header"]
    meaning: str
    schema: Schema = field(default_factory=lambda: {"type": "string"})
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """A route: `path` as the router has it, with names in braces. `schemes` are ways to say who is asking: any one.

    `body` is the type of the JSON that goes in; it may be left out where `body_optional`.
    """

    id: str
    method: Literal["get", "post", "put", "delete"]
    path: str
    summary: str
    replies: Mapping[int, Reply]
    body: Any = None
    body_optional: bool = False
    parameters: tuple[Parameter, ...] = ()
    schemes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A way to say who is asking."""

    name: str
    schema: Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """What we send to others: the event's name and the type of the body."""

    event: str
    summary: str
    body: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """All that a face declares. `name` stands before its types' names, so that faces may use the same words."""

    name: str
    about: str
    operations: tuple[Operation, ...]
    schemes: tuple[Scheme, ...] = ()
    webhooks: tuple[Webhook, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    """The path parameters of its operations, each declared once."""


IDEMPOTENCY_KEY = Parameter(
    name="Idempotency-Key",
    where="header",
    meaning="The same key with the same request is given the first answer again.",
    schema={"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[!#-~][ -~]*[!-~]$|^[!#-~]$"},
)
"""Printable ASCII; a key in quotation marks is the same as without."""

LANGUAGE = Parameter(
    name="lang",
    where="query",
    meaning="The language of the page, as a tag such as es or pt-BR; one that is not shipped is passed over.",
)
