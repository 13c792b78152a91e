"""The desk's socket as a program has it: opened, and listened to until something is said."""

import asyncio

from aiohttp import WSMsgType

SOON = 20.0
"""Seconds after which a test gives up waiting for what is said at once."""


def connect(desk, **how):
    """A desk's socket, to be entered with `async with`; `how`: otherwise than with its token in a header."""
    how = how or {"headers": desk.headers}
    return desk.client.ws_connect("/desk/socket", **how)


async def until(ws, wanted):
    """The first message for which something holds."""
    async with asyncio.timeout(SOON):
        while True:
            state = await ws.receive_json()
            if wanted(state):
                return state


async def close_code(ws):
    """The code with which the server ends a socket."""
    async with asyncio.timeout(SOON):
        while True:
            said = await ws.receive()
            if said.type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING):
                return ws.close_code
