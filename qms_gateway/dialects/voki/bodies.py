"""Reading bodies: JSON objects, their contents under the resource's name."""

from collections.abc import Mapping
from typing import Any

import msgspec
from aiohttp import web

from qms.web import bodies
from qms_gateway.dialects.voki.casting import BLANK, INVALID, Unusable
from qms_gateway.dialects.voki.errors import Refusal

Body = Mapping[str, Any]


async def read(request: web.Request) -> Body:
    """The body, an empty one as an empty object; without a Content-Type it is JSON all the same.

    Raises:
        Refusal: another media type, or no object. msgspec.DecodeError: not JSON.
    """
    declared = request.headers.get("Content-Type", "application/json")
    kind = declared.partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json") and await bodies.whole(request):
        raise Refusal(415, "Unsupported Media Type")
    try:
        return await bodies.read(request, dict[str, Any])
    except msgspec.ValidationError:
        raise Refusal(422, "The body must be a JSON object") from None


async def wrapped(request: web.Request, resource: str, *, bare: bool = False) -> Body:
    """What the body says of a resource; without the resource's name around it only where `bare` (K-4).

    Raises:
        Unusable: it says nothing of it, or that is no object.
    """
    body = await read(request)
    if resource not in body and bare:
        return body
    value = body.get(resource)
    if not isinstance(value, dict):
        raise Unusable({resource: [BLANK if value is None else INVALID]})
    return value
