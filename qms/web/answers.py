"""Answers as values, so that one can be made inside a transaction, kept, and given again."""

from dataclasses import field
from typing import Any

import msgspec
from aiohttp import web

from qms.domain.value import value

JSON = "application/json; charset=utf-8"
_encoder = msgspec.json.Encoder()


@value(frozen=True, slots=True, kw_only=True)
class Answer:
    """A status, a body of bytes, and its headers."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        """The answer on its way."""
        return web.Response(status=self.status, body=self.body, headers=self.headers)


def json_answer(value: Any, status: int = 200, *, content_type: str = JSON) -> Answer:
    """A value as compact JSON, its keys in the order that they are in."""
    return Answer(status=status, body=_encoder.encode(value), headers={"Content-Type": content_type})


def empty(status: int = 204) -> Answer:
    """An answer without a body."""
    return Answer(status=status, body=b"")
