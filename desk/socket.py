"""The desk's socket: who may open one, and how it ends."""

import asyncio

import msgspec
import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from desk.connections import CONNECTIONS, Connection
from desk.hub import HUB
from qms.domain.errors import NotAuthenticated, Refused, Unavailable
from qms.services import desk_watch, logins
from qms.web import people
from qms.web.access import allows
from qms.web.keys import STOPPING, STORE
from qms.web.live import listen
from qms.web.live.asked import require_upgrade
from qms.web.live.seat import Seat
from qms.web.origin import require_own_origin

NOT_ANY_MORE = 4401
"""Closed because nobody is signed in with this token, or not any more."""

LONGEST_MESSAGE = 4096
"""Bytes that a desk may say at once; more ends the socket with 1009."""

PING_SECONDS = 10.0
"""A socket that does not answer a ping for half as long is taken for dead, and its agent for absent."""

CLOSING_SECONDS = 2.0
"""How long a page may take to answer a close."""

TOKEN_SECONDS = 5.0
"""How long a socket without a token may take to say one."""

BEARER = "bearer"
log = structlog.get_logger(__name__)


class FirstMessage(msgspec.Struct):
    """What a socket says that could carry its token nowhere else."""

    token: str


class DeskSeat(Seat):
    """A seat at one's own desk: whose login has ended is told so."""

    def end(self, code: int, reason: str = "") -> None:
        """Close the socket; what is not there any more is the login."""
        super().end(code if code == WSCloseCode.SERVICE_RESTART else NOT_ANY_MORE, reason)


@allows("desk.work", by_itself=True)
async def socket(request: web.Request) -> web.WebSocketResponse:
    """Let somebody who is signed in watch his desk.

    Raises:
        Forbidden: another site's page uses the cookie. HTTPUpgradeRequired: no WebSocket is asked for.
        HTTPServiceUnavailable: the server is stopping.
    """
    token = _token(request)
    require_upgrade(request)
    stopping = request.app[STOPPING]
    if stopping.begun:
        raise web.HTTPServiceUnavailable(headers={"Retry-After": "1"})
    ws = web.WebSocketResponse(
        protocols=(BEARER,),
        compress=False,
        max_msg_size=LONGEST_MESSAGE,
        heartbeat=PING_SECONDS,
        timeout=CLOSING_SECONDS,
    )
    seat = DeskSeat(request, ws, await ws.prepare(request))
    take_back = stopping.subscribe(lambda: seat.end(WSCloseCode.SERVICE_RESTART, "restarting"))
    try:
        await _attend(request, ws, seat, token)
    except NotAuthenticated:
        await ws.close(code=NOT_ANY_MORE, message=b"not signed in")
    except Unavailable:
        await ws.close(code=WSCloseCode.TRY_AGAIN_LATER, message=b"the database cannot answer")
    except Exception:
        log.exception("bug", path=request.path)
        await ws.close(code=WSCloseCode.INTERNAL_ERROR)
    finally:
        take_back()
        await seat.leave()
    return ws


def _token(request: web.Request) -> str | None:
    """The token that comes with the request, where there is one.

    Browsers can send no header of ours but `Sec-WebSocket-Protocol: bearer, <token>`.
    """
    words = [word.strip() for word in request.headers.get("Sec-WebSocket-Protocol", "").split(",")]
    if len(words) == 2 and words[0] == BEARER:
        return words[1]
    found = people.presented(request)
    if found is not None and found.by == "cookie":
        require_own_origin(request, "act")
    return found.token if found is not None else None


async def _attend(request: web.Request, ws: web.WebSocketResponse, seat: Seat, token: str | None) -> None:
    token_hash = logins.hash_of(token if token is not None else await _first_message(ws))
    watched = await request.app[STORE].read(desk_watch.begin, token_hash=token_hash)
    connections = request.app[CONNECTIONS]
    connection = connections.join(watched.login.agent.id, token_hash)
    try:
        await connections.follow({token_hash: watched.desk})
        with request.app[HUB].watching(watched.topic, token_hash, seat):
            await listen(ws, connections.ear(connection))
    finally:
        await asyncio.shield(_leave(request.app, connection))


async def _leave(app: web.Application, connection: Connection) -> None:
    try:
        await app[CONNECTIONS].leave(connection)
    except Refused as outage:  # the heartbeats that do not come say the same
        log.warning("desk_left_unsaid", error=str(outage))


async def _first_message(ws: web.WebSocketResponse) -> str:
    try:
        said = await ws.receive(timeout=TOKEN_SECONDS)
        if said.type is not WSMsgType.TEXT:
            raise NotAuthenticated("no token")
        return msgspec.json.decode(said.data, type=FirstMessage).token
    except (TimeoutError, msgspec.DecodeError):
        raise NotAuthenticated("no token") from None
