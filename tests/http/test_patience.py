"""Callers who send slowly, or nothing: they are answered in time, and do not crowd out the others."""

import asyncio
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

import desk.face
import kiosk.face
from qms.web.pages import setup_pages
from qms_gateway.face import routes as gateway_routes
from server import patience
from server.patience import DOORKEEPER, Doorkeeper, punctual
from tests.http.conftest import Keys, Serve
from tests.http.seed import Seeded

ENQUEUE = "/public/video-contact-center/branches/main/queues/tramites"


@pytest.fixture(params=["sqlite"])
def database_url(sqlite_url: str) -> str:
    """The database has no part in this: one will do."""
    return sqlite_url


@pytest.fixture
async def house(serve: Serve, seeded: Seeded, monkeypatch: pytest.MonkeyPatch) -> TestClient[Any, Any]:
    """The faces that take bodies, with little patience."""
    monkeypatch.setattr(patience, "BODY_SECONDS", 0.3)
    monkeypatch.setattr(patience, "SLOWEST", 10**9)

    def everything(app: Any) -> None:
        app[DOORKEEPER] = Doorkeeper()
        app.middlewares.insert(0, punctual)
        setup_pages(app, "kiosk", "desk")
        for routes in (gateway_routes, kiosk.face.routes, desk.face.routes):
            routes(app)

    return await serve(everything)


async def opened(house: TestClient[Any, Any], words: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection on which something has been said."""
    reader, writer = await asyncio.open_connection(house.host, house.port)
    writer.write(words.encode())
    await writer.drain()
    return reader, writer


@pytest.mark.parametrize("framing", ["Content-Length: 100", "Transfer-Encoding: chunked"])
@pytest.mark.parametrize("path", [ENQUEUE, "/kiosk/kiosk-acme/tickets", "/desk/api/session"])
async def test_a_body_that_does_not_come_in_time_is_refused_and_the_line_closed(
    house, seeded, keys: Keys, path, framing
):
    path = path.replace("kiosk-acme", seeded.tokens["kiosk"])
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {keys()['Authorization']}\r\n{framing}\r\n\r\n"

    reader, writer = await opened(house, head + '4\r\n{"ti\r\n')
    async with asyncio.timeout(20):
        answer = await reader.read()
    writer.close()

    assert answer.startswith(b"HTTP/1.1 408")
    assert b"Traceback" not in answer


async def test_of_strangers_from_one_address_the_oldest_go_and_whoever_has_asked_before_stays(house, monkeypatch):
    monkeypatch.setattr(patience, "MOST_STRANGERS", 3)
    server, keeper = house.server.runner.server, house.app[DOORKEEPER]
    known = await opened(house, "GET /t/0000000000000000/state HTTP/1.1\r\nHost: x\r\n\r\n")
    await known[0].readuntil(b"\r\n\r\n")

    slow = [await opened(house, "GET / HT") for _ in range(8)]
    assert (await house.get("/t/0000000000000000/state")).status == 404  # by now, the others have been let in
    closed = [keeper.sweep(server) for _ in range(patience.NEWCOMER_SWEEPS + 1)]
    gone = [await asyncio.wait_for(reader.read(), 20) for reader, _ in slow[:5]]
    known[1].write(b"GET /t/0000000000000000/state HTTP/1.1\r\nHost: x\r\n\r\n")

    assert (closed, keeper.sweep(server)) == ([0] * patience.NEWCOMER_SWEEPS + [5], 0)
    assert gone == [b""] * 5
    assert b"HTTP/1.1 404" in await asyncio.wait_for(known[0].readuntil(b"\r\n\r\n"), 20)
    for _, writer in [*slow, known]:
        writer.close()
