"""The load generator, a process of its own: keeps connections busy with one request and counts the answers.

`python -m tests.bench.load HOST PORT CONNECTIONS SECONDS PATH TOKEN` prints `{"per_second", "p50_ms", "p99_ms"}`.
"""

import asyncio
import json
import os
import sys
import time

BODY = b'{"ticketId":"A042","integrationData":{"visit":12345}}'


class Client(asyncio.Protocol):
    """One connection that sends the same POST again as soon as it has been answered."""

    def __init__(self, request: bytes, latencies: list[float], wrong: list[bytes]) -> None:
        self._request = request
        self._latencies = latencies
        self._wrong = wrong
        self._buffer = b""
        self._sent = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: asyncio.Transport = transport  # type: ignore[assignment]
        self._send()

    def _send(self) -> None:
        self._sent = time.perf_counter()
        self._transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        if len(rest) < length:
            return
        if not head.startswith(b"HTTP/1.1 201"):
            self._wrong.append(self._buffer[:300])
        self._buffer = rest[length:]
        self._latencies.append(time.perf_counter() - self._sent)
        self._send()


async def run(host: str, port: int, connections: int, seconds: float, path: str, token: str) -> dict[str, float]:
    """Keep the connections busy for some seconds, after a warm-up of a fifth of it."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
    )
    request = head.encode() + f"Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY
    latencies: list[float] = []
    wrong: list[bytes] = []
    loop = asyncio.get_running_loop()
    transports = [
        (await loop.create_connection(lambda: Client(request, latencies, wrong), host, port))[0]
        for _ in range(connections)
    ]
    await asyncio.sleep(seconds / 5)
    latencies.clear()
    start = time.perf_counter()
    await asyncio.sleep(seconds)
    took, found = time.perf_counter() - start, sorted(latencies)
    for transport in transports:
        transport.close()
    if wrong:
        raise SystemExit(f"{len(wrong)} wrong answers, the first: {wrong[0]!r}")
    return {
        "per_second": len(found) / took,
        "p50_ms": 1000 * found[len(found) // 2],
        "p99_ms": 1000 * found[int(len(found) * 0.99)],
    }


if __name__ == "__main__":
    cpus = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cpus[-1]})
    host, port, connections, seconds, path, token = sys.argv[1:]
    print(json.dumps(asyncio.run(run(host, int(port), int(connections), float(seconds), path, token))))
