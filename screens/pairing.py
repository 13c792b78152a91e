"""Pairing a blank screen: it shows a code, asks what it has become, and goes there."""

import asyncio
from datetime import datetime

from aiohttp import web
from msgspec import Struct

from qms.services import pairing
from qms.services.pairing import Paired
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.counting import counted
from qms.web.keys import SITE, STORE
from qms.web.pages import render
from qms.web.rate_limit import SlidingWindow, client_address

BLANK = "/screens/"
PAIRINGS = "/screens/pairings"
BEGUN: web.AppKey[SlidingWindow] = web.AppKey("pairings_begun", SlidingWindow)
MOST_A_MINUTE = 12
"""Codes that one address may have in a minute: there are few, and every blank screen of a house asks for one."""


class CodeShape(Struct, kw_only=True):
    """A code to be typed by whoever looks after devices, and the secret that the device asks with."""

    code: str
    secret: str
    expires_at: datetime


class OutcomeShape(Struct, kw_only=True):
    """The address that a device has been given; null while nobody has typed its code."""

    path: str | None


def routes(app: web.Application) -> None:
    """Serve pairing from this application."""
    app.router.add_get(BLANK, page)
    app.router.add_get("/screens", away)
    app.router.add_post(PAIRINGS, begin)
    app.router.add_get(PAIRINGS + "/{secret:[A-Za-z0-9_-]{32}}", outcome)
    app.on_startup.append(_begin_to_count)


async def _begin_to_count(app: web.Application) -> None:
    window = SlidingWindow(MOST_A_MINUTE / 60 if app[SITE].rate_limit else 0, most=MOST_A_MINUTE)
    app[BEGUN] = counted(app, "pairings", window)


@allows("site.sign_in")
async def page(request: web.Request) -> web.Response:
    """The page of a screen that is nobody's yet."""
    return render(request, "screens/pairing.html.j2", {"page": {"pairings": PAIRINGS}})


@allows("site.sign_in")
async def away(request: web.Request) -> web.Response:
    """The same, as people type it."""
    raise web.HTTPFound(request.rel_url.with_path(BLANK).with_query(request.query))


@allows("site.sign_in")
async def begin(request: web.Request) -> web.Response:
    """A code for a device.

    Raises:
        TooManyAttempts: the address has had as many as it may.
    """
    address = client_address(request, request.app[SITE].trusted_proxies)
    request.app[BEGUN].check(address, asyncio.get_running_loop().time())
    begun = await request.app[STORE].write(pairing.begin)
    return json_answer(CodeShape(code=begun.code, secret=begun.secret, expires_at=begun.expires_at), 201).response()


@allows("site.sign_in")
async def outcome(request: web.Request) -> web.Response:
    """What a device has become."""
    found = await request.app[STORE].read(pairing.outcome, secret=request.match_info["secret"])
    answer = json_answer(OutcomeShape(path=path_of(found) if found is not None else None))
    answer.headers["Cache-Control"] = "no-store"
    return answer.response()


def path_of(found: Paired) -> str:
    """Where a device is at home."""
    return f"/{'screens' if found.kind == 'screen' else 'kiosk'}/{found.token}"
