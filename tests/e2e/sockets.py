"""What a lobby's socket says, and how one ends."""

import asyncio
import json
from typing import Any

import websockets


async def shown(screen: websockets.ClientConnection, number: str) -> dict[str, Any]:
    """The call of a number, as soon as the screen is told of it."""
    async with asyncio.timeout(10):
        while True:
            calls = json.loads(await screen.recv())["calls"]
            for call in calls:
                if call["number"] == number:
                    found: dict[str, Any] = call
                    return found


async def closed(socket: websockets.ClientConnection) -> int | None:
    """The code that a socket was closed with."""
    try:
        while True:
            await socket.recv()
    except websockets.ConnectionClosed:
        return socket.close_code
