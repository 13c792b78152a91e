"""Requests: each has an id that its answer and every line of the log about it carry, and is timed by its route.

Only the route is written down, never the address: addresses hold tokens and codes.
"""

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web
from prometheus_client import Gauge, Histogram

log = structlog.get_logger("request")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADER = "X-Request-Id"
REQUEST_ID: web.RequestKey[str] = web.RequestKey("request_id", str)
_GIVEN = re.compile(r"[\w.:-]{8,64}", re.ASCII)
_TRACE = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")

SECONDS = Histogram(
    "qms_http_request_seconds",
    "From a request's head to the end of its handler.",
    ["route", "method", "code"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
SOCKETS = Gauge("qms_ws_connections", "Open sockets, by whose they are.", ["kind"])
KINDS = {"screens": "screen", "desk": "desk", "t": "ticket", "kiosk": "kiosk", "poc": "poc", "q": "room"}

UNKNOWN = "unknown"
"""The route of what leads nowhere, and the method of what nobody knows: whoever guesses makes no new series."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
SLOW_SECONDS = 1.0


@web.middleware
async def measured(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request an id, time it, and write a line about it; an open socket is counted instead."""
    id = _id_of(request)
    request[REQUEST_ID] = id
    trace = _TRACE.fullmatch(request.headers.get("traceparent", ""))
    said = {"request_id": id} | ({"trace_id": trace[1]} if trace is not None else {})
    with structlog.contextvars.bound_contextvars(**said):
        if request.headers.get("Upgrade", "").lower() == "websocket":
            with SOCKETS.labels(_kind(request)).track_inprogress():
                return await handler(request)
        return await _timed(request, handler)


async def carry_id(request: web.Request, response: web.StreamResponse) -> None:
    """Put the request's id on its answer."""
    if (id := request.get(REQUEST_ID)) is not None:
        response.headers[HEADER] = id


async def _timed(request: web.Request, handler: Handler) -> web.StreamResponse:
    loop = asyncio.get_running_loop()
    begun, status = loop.time(), 500
    try:
        response = await handler(request)
        status = response.status
        return response
    except web.HTTPException as answer:
        status = answer.status
        raise
    except asyncio.CancelledError:
        status = 499
        raise
    finally:
        _told(request, status, loop.time() - begun)


def _told(request: web.Request, status: int, seconds: float) -> None:
    route = route_of(request)
    method = request.method if request.method in METHODS else UNKNOWN
    SECONDS.labels(route, method, str(status)).observe(seconds)
    say = log.warning if status >= 500 or seconds > SLOW_SECONDS else log.info if _changes(request) else log.debug
    say("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))


def _changes(request: web.Request) -> bool:
    return request.method not in ("GET", "HEAD", "OPTIONS")


def route_of(request: web.Request) -> str:
    """The pattern that the address has matched, with names where tokens are."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else UNKNOWN


def _kind(request: web.Request) -> str:
    return KINDS.get(route_of(request).strip("/").partition("/")[0], "other")


def _id_of(request: web.Request) -> str:
    """The caller's own id where it is one, else a new one."""
    given = request.headers.get(HEADER, "")
    return given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
