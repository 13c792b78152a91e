"""Requests: each has an id that its answer and every line of the log about it carry, and is timed by its route.

Only the route is written down, never the address: addresses hold tokens and codes.
"""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Mapping

import structlog
from aiohttp import hdrs, web
from prometheus_client import REGISTRY, Gauge

from qms.domain.chance import random_word
from qms.store.command import TRACEPARENT
from server import logs
from server.metrics.tally import Tally

log = structlog.get_logger("request")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HEADER = "X-Request-Id"
TRACE = "traceparent"
REQUEST_ID: web.RequestKey[str] = web.RequestKey("request_id", str)
_GIVEN = re.compile(r"[\w.:-]{8,64}", re.ASCII)
_TRACE = re.compile(r"[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}")

SECONDS = Tally(
    "qms_http_request_seconds",
    "From a request's head to the end of its handler.",
    ["route", "method", "code"],
    (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
REGISTRY.register(SECONDS)
SOCKETS = Gauge("qms_ws_connections", "Open sockets, by whose they are.", ["kind"])
KINDS = {"screens": "screen", "desk": "desk", "t": "ticket", "kiosk": "kiosk", "poc": "poc", "q": "room"}

UNKNOWN = "unknown"
"""The route of what leads nowhere, and the method of what nobody knows: whoever guesses makes no new series."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
READING = frozenset({"GET", "HEAD", "OPTIONS"})
SLOW_SECONDS = 1.0


@web.middleware
async def measured(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give the request an id, time it, and write a line about it; an open socket is counted instead.

    What the log says of it need not be taken back: aiohttp answers each request in a task, so in a context, of its own.
    """
    _introduce(request)
    if request.headers.get(hdrs.UPGRADE, "").lower() == "websocket":
        with SOCKETS.labels(_kind(request)).track_inprogress():
            return await handler(request)
    begun, status = time.perf_counter(), 500
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
        _told(request, status, time.perf_counter() - begun)


def carry_id(request: web.Request, response: web.StreamResponse) -> None:
    """Put the request's id on its answer."""
    if (id := request.get(REQUEST_ID)) is not None:
        response.headers[HEADER] = id


def _introduce(request: web.Request) -> None:
    """Name the request, and the trace that it belongs to, to whatever is written down and sent because of it."""
    headers = request.headers
    id = request[REQUEST_ID] = _id_of(headers)
    trace = _TRACE.fullmatch(headers[TRACE]) if TRACE in headers else None
    if trace:
        TRACEPARENT.set(trace[0])
    logs.REQUEST.set({"request_id": id, "trace_id": trace[1]} if trace else {"request_id": id})


def _told(request: web.Request, status: int, seconds: float) -> None:
    route = route_of(request)
    method = request.method if request.method in METHODS else UNKNOWN
    SECONDS.observe((route, method, str(status)), seconds)
    wrong = status >= 500 or seconds > SLOW_SECONDS
    if not wrong and status < 400 and not logging.getLogger().isEnabledFor(logging.DEBUG):
        return
    say = log.warning if wrong else log.info if status >= 400 and method not in READING else log.debug
    say("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))


def route_of(request: web.Request) -> str:
    """The pattern that the address has matched, with names where tokens are."""
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else UNKNOWN


def _kind(request: web.Request) -> str:
    return KINDS.get(route_of(request).strip("/").partition("/")[0], "other")


def _id_of(headers: Mapping[str, str]) -> str:
    """The caller's own id where it is one, else a new one."""
    given = headers.get(HEADER)
    return given if given and _GIVEN.fullmatch(given) else f"{random_word():016x}"
