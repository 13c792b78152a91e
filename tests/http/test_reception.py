"""What is no HTTP is refused as everything else is."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from server.reception import Runner

SMALL = 1024
"""So much is read ahead here, so that a connection is soon paused."""


@pytest.fixture
def begun() -> "asyncio.Queue[str]":
    """The requests of which the head is there, by method."""
    return asyncio.Queue()


@pytest.fixture
async def port(begun: "asyncio.Queue[str]") -> AsyncIterator[int]:
    async def here(request: web.Request) -> web.Response:
        begun.put_nowait(request.method)
        return web.Response(text=await request.text())

    app = web.Application()
    app.router.add_route("*", "/", here)
    runner = Runner(app, access_log=None, handle_signals=False, read_bufsize=SMALL)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield int(runner.addresses[0][1])
    await runner.cleanup()


async def told(port: int, sent: bytes) -> tuple[bytes, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    writer.close()
    return head, body


@pytest.mark.parametrize(
    "sent",
    [
        b"SECRET\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nCookie: SECRET" + b"x" * 9000 + b"\r\n\r\n",
        b"GET /SECRET" + b"x" * 9000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: SECRET\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nSECRET Header: x\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: SECRET\r\n\r\n",
    ],
)
async def test_what_is_no_http_is_a_problem_document_that_repeats_nothing(port, sent):
    head, body = await told(port, sent)

    assert head.split(b"\r\n")[0].endswith(b" 400 Bad Request")
    assert b"content-type: application/problem+json" in head.lower()
    assert (json.loads(body)["status"], json.loads(body)["title"]) == (400, "Bad Request")
    assert b"SECRET" not in body


async def test_what_is_http_is_answered(port):
    head, body = await told(port, b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi")

    assert (head.split(b"\r\n")[0], body) == (b"HTTP/1.1 200 OK", b"hi")


IN_PARTS = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
BRIEF = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"


async def answered(reader: asyncio.StreamReader) -> bytes:
    """The body of the next answer on a connection."""
    async with asyncio.timeout(10):
        head = await reader.readuntil(b"\r\n\r\n")
        (length,) = (line.split()[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        return await reader.readexactly(int(length))


@pytest.mark.parametrize("parts", [1, 10, *range(60, 70), 300])
async def test_a_body_in_many_parts_holds_up_neither_itself_nor_who_comes_after_it(port, begun, parts):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    some = b"1\r\nx\r\n" * parts

    writer.write(IN_PARTS + some + b"0\r\n\r\n")
    assert await answered(reader) == b"x" * parts
    writer.write(BRIEF)
    assert await answered(reader) == b"hi"
    assert [await begun.get(), await begun.get()] == ["POST", "POST"]

    writer.write(IN_PARTS + some)
    await begun.get()
    writer.write(b"1\r\ny\r\n0\r\n\r\n" + BRIEF)
    assert await answered(reader) == b"x" * parts + b"y"
    assert await answered(reader) == b"hi"
    writer.close()


@pytest.mark.parametrize("size", [SMALL, 2 * SMALL, 2 * SMALL + 1, 100 * SMALL])
async def test_a_body_larger_than_what_is_read_ahead_arrives_whole(port, size):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)

    writer.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % size + b"x" * size + BRIEF)

    assert await answered(reader) == b"x" * size
    assert await answered(reader) == b"hi"
    writer.close()
