"""How long a ticket takes from the POST to the last of many lobby screens on one process.

`python -m tests.bench.hall PORT TOKEN SCREENS TICKETS PATH` prints `{"screens", "p50_ms", "p99_ms", "worst_ms"}` over
everything that every screen was told.
"""

import asyncio
import json
import os
import sys
import time

import aiohttp

PAUSE_SECONDS = 0.5
"""Between two tickets, so that each is a message of its own."""

AT_ONCE = 50
"""So many screens are switched on at the same time."""


async def run(port: int, token: str, screens: int, tickets: int, path: str) -> dict[str, float]:
    """Switch the screens on, post tickets one after the other, and await each on every screen."""
    headers = {"Authorization": f"Bearer {token}"}
    unlimited = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers=headers, connector=unlimited) as http:
        hall = [screen for n in range(0, screens, AT_ONCE) for screen in await _on(http, min(AT_ONCE, screens - n))]
        latencies: list[float] = []
        for n in range(tickets):
            latencies += await _told(http, hall, path, f"H{n:05d}")
            await asyncio.sleep(PAUSE_SECONDS)
        await asyncio.gather(*(screen.close() for screen in hall))
    latencies.sort()
    p50, p99 = latencies[len(latencies) // 2], latencies[int(len(latencies) * 0.99)]
    return {"screens": screens, "p50_ms": 1000 * p50, "p99_ms": 1000 * p99, "worst_ms": 1000 * latencies[-1]}


async def _on(http: aiohttp.ClientSession, screens: int) -> list[aiohttp.ClientWebSocketResponse]:
    switched = (http.ws_connect("/screens/bench-lobby-screen/socket", max_msg_size=0) for _ in range(screens))
    return list(await asyncio.gather(*switched))


async def _told(
    http: aiohttp.ClientSession, hall: list[aiohttp.ClientWebSocketResponse], path: str, number: str
) -> list[float]:
    """How long after the POST each screen knew of a ticket."""
    waiting = [asyncio.create_task(_sees(screen, number)) for screen in hall]
    posted = time.perf_counter()
    async with http.post(path, json={"ticketId": number}) as answer:
        if answer.status != 201:
            raise SystemExit(f"{answer.status}: {await answer.text()}")
    async with asyncio.timeout(30):
        return [at - posted for at in await asyncio.gather(*waiting)]


async def _sees(screen: aiohttp.ClientWebSocketResponse, number: str) -> float:
    while number not in await screen.receive_str():
        pass
    return time.perf_counter()


if __name__ == "__main__":
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    port, token, screens, tickets, path = sys.argv[1:]
    print(json.dumps(asyncio.run(run(int(port), token, int(screens), int(tickets), path))))
