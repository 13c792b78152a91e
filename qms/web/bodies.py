"""Reading what a caller sends: JSON of a declared shape, strictly."""

from collections.abc import Iterable
from typing import TypeVar

import msgspec
from aiohttp import web

T = TypeVar("T")
_decoders: dict[type, msgspec.json.Decoder[object]] = {}

DEEPEST = 100
"""Arrays and objects may be nested so deep: what is taken in must be read again later, wherever that is."""


async def read(request: web.Request, shape: type[T]) -> T:
    """The request's JSON body as a value of the shape; an empty body is an empty object.

    Raises:
        msgspec.DecodeError: not JSON in UTF-8, or too deep. msgspec.ValidationError: not of the shape.
    """
    decoder = _decoders.get(shape)
    if decoder is None:
        decoder = _decoders[shape] = msgspec.json.Decoder(shape)
    try:
        body = await request.read() or b"{}"
        value = decoder.decode(body)
    except web.RequestPayloadError:
        raise msgspec.DecodeError("it cannot be unpacked") from None
    except UnicodeDecodeError:
        raise msgspec.DecodeError("the text is not UTF-8") from None
    except RecursionError:
        raise msgspec.DecodeError("nested too deep") from None
    if body.count(b"[") + body.count(b"{") > DEEPEST and _too_deep(value):
        raise msgspec.DecodeError("nested too deep")
    return value  # type: ignore[return-value]


def _too_deep(value: object) -> bool:
    layer: list[object] = [value]
    for _ in range(DEEPEST):
        layer = [part for whole in layer for part in _parts(whole) if isinstance(part, list | dict | msgspec.Struct)]
        if not layer:
            return False
    return True


def _parts(whole: object) -> Iterable[object]:
    if isinstance(whole, msgspec.Struct):
        return msgspec.structs.astuple(whole)
    return whole.values() if isinstance(whole, dict) else whole if isinstance(whole, list) else ()
