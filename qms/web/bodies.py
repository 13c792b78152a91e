"""Reading what a caller sends: JSON of a declared shape, strictly; or the texts of a form."""

import zlib
from collections.abc import Iterable
from typing import TypeVar

import msgspec
from aiohttp import hdrs, web

T = TypeVar("T")
_decoders: dict[type, msgspec.json.Decoder[object]] = {}

DEEPEST = 100
"""Arrays and objects may be nested so deep: what is taken in must be read again later, wherever that is."""

WHOLE: web.RequestKey[bytes] = web.RequestKey("whole_body", bytes)

PACKINGS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""How a body may be packed, with zlib's word for it. We unpack: aiohttp's parser refuses in words of its own."""


async def read(request: web.Request, shape: type[T]) -> T:
    """The request's JSON body as a value of the shape; an empty body is an empty object.

    Raises:
        msgspec.DecodeError: not JSON in UTF-8, or too deep. msgspec.ValidationError: not of the shape.
    """
    decoder = _decoders.get(shape)
    if decoder is None:
        decoder = _decoders[shape] = msgspec.json.Decoder(shape)
    try:
        body = unpacked(request, await whole(request)) or b"{}"
        value = decoder.decode(body)
    except UnicodeDecodeError:
        raise msgspec.DecodeError("the text is not UTF-8") from None
    except RecursionError:
        raise msgspec.DecodeError("nested too deep") from None
    if body.count(b"[") + body.count(b"{") > DEEPEST and _too_deep(value):
        raise msgspec.DecodeError("nested too deep")
    return value  # type: ignore[return-value]


async def whole(request: web.Request) -> bytes:
    """The body as it came, as often as it is asked for; most have come with their request's head, and take no waiting.

    It is taken from the request: whoever asks that for its `read()` or `post()` afterwards finds nothing.

    Raises:
        HTTPRequestEntityTooLarge: too much.
    """
    content = request.content
    if content.is_eof() and not content.at_eof():  # all of it is there, and nobody has asked yet
        request[WHOLE] = content.read_nowait()
    body: bytes | None = request.get(WHOLE)
    if body is None:
        return await request.read()
    if len(body) > request.client_max_size > 0:
        raise web.HTTPRequestEntityTooLarge(max_size=request.client_max_size, actual_size=len(body))
    return body


async def read_form(request: web.Request) -> dict[str, list[str]]:
    """The texts of a form that was sent, by field; files are left out."""
    posted = await request.post()
    return {name: [text for text in posted.getall(name) if isinstance(text, str)] for name in posted}


def unpacked(request: web.Request, body: bytes) -> bytes:
    """The body as it was before it was packed, as Content-Encoding says.

    Raises:
        msgspec.DecodeError: it is packed in no way that we know, or wrongly. HTTPRequestEntityTooLarge: too much.
    """
    packing = request.headers.get(hdrs.CONTENT_ENCODING)
    if packing is None or not body:
        return body
    packing = packing.strip().lower()
    if packing == "identity":
        return body
    if packing not in PACKINGS:
        raise msgspec.DecodeError("it is not packed as gzip or deflate")
    unpacking = zlib.decompressobj(PACKINGS[packing])
    try:
        plain = unpacking.decompress(body, request.client_max_size + 1)
    except zlib.error:
        raise msgspec.DecodeError("it cannot be unpacked") from None
    if len(plain) > request.client_max_size:
        raise web.HTTPRequestEntityTooLarge(max_size=request.client_max_size, actual_size=len(plain))
    if not unpacking.eof:
        raise msgspec.DecodeError("it cannot be unpacked to its end")
    return plain


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
