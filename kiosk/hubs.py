"""Who is told what on visitors' own devices, and how it is answered without a socket."""

from typing import Any

import msgspec
from aiohttp import web

from qms.web.answers import Answer, json_answer
from qms.web.keys import NOW
from qms.web.live import Hub, Told, message

TICKET_HUB: web.AppKey[Hub] = web.AppKey("ticket_hub", Hub)
ROOM_HUB: web.AppKey[Hub] = web.AppKey("room_hub", Hub)
POC_HUB: web.AppKey[Hub] = web.AppKey("poc_hub", Hub)


def as_told(request: web.Request, state: Told) -> dict[str, Any]:
    """A state as scripts read it."""
    plain: dict[str, Any] = msgspec.to_builtins(message(state, request.app[NOW]()))
    return plain


def told(request: web.Request, state: Told) -> Answer:
    """A state as an answer, which is nobody else's to keep."""
    answer = json_answer(message(state, request.app[NOW]()))
    answer.headers["Cache-Control"] = "no-store"
    return answer
