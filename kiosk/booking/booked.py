"""What this browser has just booked: who then goes back to the form is shown the appointment, and books no second one.

Whoever wants a second one at the same time, for somebody else, chooses the start anew.
"""

import hashlib
import re
from datetime import datetime

from aiohttp import web
from yarl import URL

from kiosk.booking.asked import ACTION, TOKEN, Asked, path_of, written
from qms.services.booking.holds import HELD_FOR
from qms.web import cookies

COOKIE = "turnero_booked"
_KEPT = re.compile(r"([0-9a-f]{32})-([A-Za-z0-9._-]{16,2000})", re.ASCII)
"""What was booked, and the token that opens it, as the page's own address has it."""


def remember(request: web.Request, response: web.Response, asked: Asked, start: datetime) -> None:
    """Let the browser that is sent to its appointment keep what opens it, for as long as a start is held."""
    token = URL(response.headers["Location"]).query[TOKEN]
    value, seconds = f"{_what(asked, start)}-{token}", round(HELD_FOR.total_seconds())
    cookies.keep(request, response, COOKIE, value, seconds=seconds, path=path_of(asked.account))


def forget(request: web.Request, response: web.Response, asked: Asked) -> None:
    """A start is chosen anew."""
    if cookies.kept(request, COOKIE, path_of(asked.account)) is not None:
        cookies.drop(request, response, COOKIE, path_of(asked.account))


def page_of(request: web.Request, asked: Asked, start: datetime) -> str | None:
    """The address of the appointment that this browser has just made of a start."""
    found = _KEPT.fullmatch(cookies.kept(request, COOKIE, path_of(asked.account)) or "")
    if found is None or found[1] != _what(asked, start):
        return None
    return asked.anew(path_of(asked.account), **{ACTION: "modify", TOKEN: found[2]}, done="booked")


def _what(asked: Asked, start: datetime) -> str:
    return hashlib.sha256(f"{asked.path} {written(start)}".encode("utf-8", "replace")).hexdigest()[:32]
