"""How long a ticket takes from the POST to the number on a lobby screen's socket.

`python -m tests.bench.screen PORT TOKEN PER_SECOND SECONDS PATH` prints `{"p50_ms", "p99_ms", "seen"}`.
"""

import asyncio
import json
import os
import sys
import time

import aiohttp
import websockets


async def run(port: int, token: str, per_second: float, seconds: float, path: str) -> dict[str, float]:
    """Post at an even pace and watch the screen."""
    posted: dict[str, float] = {}
    latencies: list[float] = []
    count = int(per_second * seconds)
    async with (
        websockets.connect(
            f"ws://127.0.0.1:{port}/screens/bench-lobby-screen/socket", compression=None, max_size=None
        ) as screen,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}", headers={"Authorization": f"Bearer {token}"}) as http,
    ):
        posts = asyncio.create_task(_post(http, path, posted, count, per_second))
        async with asyncio.timeout(seconds + 20):
            while len(latencies) < count:
                state = json.loads(await screen.recv())
                at = time.perf_counter()
                for waiting in state["waiting"]:
                    if (sent := posted.pop(waiting["number"], None)) is not None:
                        latencies.append(at - sent)
        await posts
    latencies.sort()
    p50, p99 = latencies[len(latencies) // 2], latencies[int(len(latencies) * 0.99)]
    return {"p50_ms": 1000 * p50, "p99_ms": 1000 * p99, "seen": len(latencies)}


async def _post(http: aiohttp.ClientSession, path: str, posted: dict[str, float], count: int, rate: float) -> None:
    start = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for n in range(count):
            await asyncio.sleep(max(0, start + n / rate - time.perf_counter()))
            number = f"S{n:05d}"
            posted[number] = time.perf_counter()
            group.create_task(_send(http, path, number))


async def _send(http: aiohttp.ClientSession, path: str, number: str) -> None:
    async with http.post(path, json={"ticketId": number}) as answer:
        if answer.status != 201:
            raise SystemExit(f"{answer.status}: {await answer.text()}")


if __name__ == "__main__":
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    port, token, per_second, seconds, path = sys.argv[1:]
    print(json.dumps(asyncio.run(run(int(port), token, float(per_second), float(seconds), path))))
