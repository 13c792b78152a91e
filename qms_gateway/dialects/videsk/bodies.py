"""Reading a body in this dialect: JSON of a shape, whatever else it claims to be is refused (D-4)."""

from typing import TypeVar

from aiohttp import hdrs, web

from qms.web import bodies
from qms_gateway.dialects.videsk.errors import BAD_REQUEST, Refusal

T = TypeVar("T")


async def read(request: web.Request, shape: type[T]) -> T:
    """The body as a value of the shape; without a Content-Type it is JSON all the same, and nothing is nothing.

    Raises:
        Refusal: another media type. msgspec.DecodeError: not JSON, or not of the shape.
    """
    declared = request.headers.get(hdrs.CONTENT_TYPE, "application/json")
    if declared != "application/json":
        kind = declared.partition(";")[0].strip().lower()
        if kind != "application/json" and not kind.endswith("+json") and await bodies.whole(request):
            raise Refusal(BAD_REQUEST, "The Content-Type must be application/json.")
    return await bodies.read(request, shape)
