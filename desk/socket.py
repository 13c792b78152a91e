"""The desk's socket: who may open one, and how it ends."""

import asyncio
from collections.abc import Callable

import msgspec
import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from desk import identity
from desk.watch import Watch
from qms.domain.errors import NotAuthenticated, Unavailable
from qms.services import logins
from qms.web.keys import STOPPING, STORE

NOT_ANY_MORE = 4401
"""Closed because nobody is signed in with this token, or not any more."""

LONGEST_MESSAGE = 4096
PING_SECONDS = 10.0
CLOSING_SECONDS = 2.0
TOKEN_SECONDS = 5.0
"""How long a socket without a token may take to say one."""

BEARER = "bearer"
log = structlog.get_logger(__name__)


class FirstMessage(msgspec.Struct):
    """What a socket says that could carry its token nowhere else."""

    token: str


async def socket(request: web.Request) -> web.WebSocketResponse:
    """Let somebody who is signed in watch his desk.

    Raises:
        Forbidden: another site's page uses the cookie. HTTPServiceUnavailable: the server is stopping.
    """
    token = _offered(request)
    if token is None and (found := identity.presented(request)) is not None:
        if found.by == "cookie":
            identity.require_own_page(request)
        token = found.token
    if request.app[STOPPING].begun:
        raise web.HTTPServiceUnavailable(headers={"Retry-After": "1"})
    ws = web.WebSocketResponse(
        protocols=(BEARER,),
        compress=False,
        max_msg_size=LONGEST_MESSAGE,
        heartbeat=PING_SECONDS,
        timeout=CLOSING_SECONDS,
    )
    await ws.prepare(request)
    close = _closes(ws)
    take_back = request.app[STOPPING].subscribe(close)
    try:
        if request.app[STOPPING].begun:
            close()
        await _attend(request, ws, token)
    except NotAuthenticated:
        await ws.close(code=NOT_ANY_MORE, message=b"not signed in")
    except Unavailable:
        await ws.close(code=WSCloseCode.TRY_AGAIN_LATER, message=b"the database cannot answer")
    except Exception:
        log.exception("bug", path=request.path)
        await ws.close(code=WSCloseCode.INTERNAL_ERROR)
    finally:
        take_back()
    return ws


def _offered(request: web.Request) -> str | None:
    """The token of `Sec-WebSocket-Protocol: bearer, <token>`: browsers can send no other header."""
    words = [word.strip() for word in request.headers.get("Sec-WebSocket-Protocol", "").split(",")]
    return words[1] if len(words) == 2 and words[0] == BEARER else None


def _closes(ws: web.WebSocketResponse) -> Callable[[], None]:
    tasks: set[asyncio.Task[bool]] = set()

    def close() -> None:
        tasks.add(asyncio.create_task(ws.close(code=WSCloseCode.SERVICE_RESTART, message=b"restarting", drain=False)))

    return close


async def _attend(request: web.Request, ws: web.WebSocketResponse, token: str | None) -> None:
    token_hash = logins.hash_of(token if token is not None else await _first_message(ws))
    login = await request.app[STORE].read(logins.holder, kind=identity.KIND, token_hash=token_hash)
    watch = Watch(request, ws, token_hash, login)
    reading = asyncio.create_task(_listen(ws, watch.wake))
    try:
        await watch.run()
    finally:
        reading.cancel()
        await asyncio.shield(watch.leave())


async def _first_message(ws: web.WebSocketResponse) -> str:
    try:
        said = await ws.receive(timeout=TOKEN_SECONDS)
        if said.type is not WSMsgType.TEXT:
            raise NotAuthenticated("no token")
        return msgspec.json.decode(said.data, type=FirstMessage).token
    except (TimeoutError, msgspec.DecodeError):
        raise NotAuthenticated("no token") from None


async def _listen(ws: web.WebSocketResponse, wake: Callable[[], None]) -> None:
    """Read until the end: a desk says nothing, but this is how a close is noticed."""
    try:
        async for _ in ws:
            pass
    finally:
        wake()
