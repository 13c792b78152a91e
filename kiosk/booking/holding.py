"""The start that a browser keeps while its visitor fills in the form: the token of the hold is its cookie."""

import asyncio
import re
from datetime import datetime, timedelta

from aiohttp import web

from kiosk.booking.asked import path_of
from qms.domain.appointment import Appointment
from qms.domain.errors import TooManyAttempts
from qms.services.booking.holds import HELD_FOR, Held
from qms.web import cookies
from qms.web.counting import counted
from qms.web.keys import SITE
from qms.web.rate_limit import SlidingWindow, client_address

COOKIE = "turnero_hold"
BUSY = 429
"""The status of a form where one address holds or books too often."""
MOST, WITHIN_SECONDS = 20, 60
"""So many times an address may hold or book within so many seconds: nobody can keep all there is for himself."""

TOKEN = re.compile(r"[0-9a-f]{24}\.[A-Za-z0-9_-]{16,64}", re.ASCII)

WINDOW: web.AppKey[SlidingWindow] = web.AppKey("booking_window", SlidingWindow)


async def start(app: web.Application) -> None:
    """Begin to count; an installation without a limit has none here."""
    limited = app[SITE].rate_limit > 0
    window = SlidingWindow(MOST / WITHIN_SECONDS if limited else 0, most=MOST)
    app[WINDOW] = counted(app, "bookings", window)


def is_too_much(request: web.Request) -> bool:
    """Count an attempt to hold or book; whether it is one too many."""
    address = client_address(request, request.app[SITE].trusted_proxies)
    try:
        request.app[WINDOW].check(address, asyncio.get_running_loop().time())
    except TooManyAttempts:
        return True
    return False


def token_of(request: web.Request) -> str | None:
    """The token of what this browser holds."""
    token = cookies.kept(request, COOKIE, _path(request)) or ""
    return token if TOKEN.fullmatch(token) else None


def remember(request: web.Request, response: web.Response, held: Held) -> None:
    """Let the browser keep the token of a hold."""
    remember_token(request, response, held.token, HELD_FOR)


def remember_token(request: web.Request, response: web.Response, token: str, lasting: timedelta) -> None:
    """Let the browser keep a token for so long, for this account's pages only."""
    seconds = round(lasting.total_seconds())
    cookies.keep(request, response, COOKIE, token, seconds=seconds, path=_path(request))


def forget(request: web.Request, response: web.Response) -> None:
    """Take the token away."""
    cookies.drop(request, response, COOKIE, _path(request))


def _path(request: web.Request) -> str:
    return path_of(request.match_info["account"])


def is_for(held: Appointment | None, start: datetime | None, service: str, agent: str | None) -> bool:
    """Whether what is held is what is wanted: the start of the service, with the agent where one is chosen."""
    if held is None or start is None:
        return False
    return held.starts_at == start and held.service_id == service and agent in (None, held.agent_id)
