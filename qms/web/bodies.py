"""Reading what a caller sends: JSON of a declared shape, strictly."""

from typing import TypeVar

import msgspec
from aiohttp import web

T = TypeVar("T")
_decoders: dict[type, msgspec.json.Decoder[object]] = {}


async def read(request: web.Request, shape: type[T]) -> T:
    """The request's JSON body as a value of the shape; an empty body is an empty object.

    Raises:
        msgspec.DecodeError: not JSON. msgspec.ValidationError: not of the shape.
    """
    decoder = _decoders.get(shape)
    if decoder is None:
        decoder = _decoders[shape] = msgspec.json.Decoder(shape)
    return decoder.decode(await request.read() or b"{}")  # type: ignore[return-value]
