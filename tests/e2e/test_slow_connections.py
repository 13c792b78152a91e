"""Five hundred callers who send a byte now and then: the kiosk goes on, and the crowd is thinned out."""

import asyncio
import json
import time
from collections.abc import Iterator, Sequence

import aiohttp
import pytest

from server.patience import MOST_STRANGERS
from tests.e2e.networks import bank
from tests.e2e.turnero import Turnero, serving

CALLERS = 500
HALF_HEAD = b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "
HALF_BODY = b"POST /kiosk/kiosk-secret/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"


@pytest.fixture
def turnero(tmp_path) -> Iterator[Turnero]:
    """A server as it is served, with nothing in front."""
    with serving(tmp_path, bank()) as running:
        yield running


@pytest.mark.campaign
@pytest.mark.parametrize("words", [HALF_HEAD, HALF_BODY], ids=["head", "body"])
async def test_500_slow_connections_leave_the_kiosk_under_a_second(turnero, words):
    lines = [await asyncio.open_connection("127.0.0.1", turnero.port) for _ in range(CALLERS)]
    for _, writer in lines:
        writer.write(words)

    slowest = 0.0
    async with aiohttp.ClientSession(turnero.url) as kiosk:
        for _ in range(10):
            begun = time.monotonic()
            async with kiosk.post("/kiosk/kiosk-secret/tickets", json={"queue": "pull"}) as answer:
                taken = answer.status
            slowest = max(slowest, time.monotonic() - begun)
            assert taken == 201
            await drip(lines)
    async with asyncio.timeout(30):
        while words is HALF_HEAD and left(lines) > MOST_STRANGERS:
            await drip(lines)
    still = left(lines)
    for _, writer in lines:
        writer.close()

    print(json.dumps({"slow": CALLERS, "still_open": still, "slowest_ticket_seconds": round(slowest, 3)}))
    assert slowest < 1.0
    assert still == (MOST_STRANGERS if words is HALF_HEAD else CALLERS)


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


def left(lines: Sequence[Line]) -> int:
    """How many are open still."""
    return sum(not reader.at_eof() for reader, _ in lines)


async def drip(lines: Sequence[Line]) -> None:
    """A byte from each, and some time."""
    for reader, writer in lines:
        if not reader.at_eof():
            writer.write(b"x")
    await asyncio.sleep(0.3)
