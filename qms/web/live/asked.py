"""Asking for a socket: what a request must say, and what is answered to one that does not."""

from aiohttp import web

from qms.web.problems import problem

VERSIONS = frozenset({"13", "8", "7"})
"""The versions of the protocol that are spoken; the first is the standard, the others are its last drafts."""

DETAIL = (
    "A WebSocket is expected at this address: Upgrade: websocket, Connection: Upgrade and Sec-WebSocket-Version: 13. "
    "A proxy on the way must pass these headers on."
)


def require_upgrade(request: web.Request) -> None:
    """Insist that a WebSocket is asked for.

    Raises:
        HTTPUpgradeRequired: it is not; the answer says what to ask for. Source: RFC 9110, 15.5.22; RFC 6455, 4.2.2.
    """
    asked = request.headers
    upgrade = asked.get("Upgrade", "").strip().lower() == "websocket"
    connection = "upgrade" in {word.strip().lower() for word in asked.get("Connection", "").split(",")}
    if upgrade and connection and asked.get("Sec-WebSocket-Version") in VERSIONS:
        return
    answer = problem(426, "A WebSocket is expected", DETAIL)
    wanted = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    raise web.HTTPUpgradeRequired(headers={**answer.headers, **wanted}, text=answer.body.decode())
