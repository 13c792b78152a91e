"""What is no HTTP is refused as everything else is."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from server.reception import Runner


@pytest.fixture
async def port() -> AsyncIterator[int]:
    async def here(request: web.Request) -> web.Response:
        return web.Response(text=await request.text())

    app = web.Application()
    app.router.add_route("*", "/", here)
    runner = Runner(app, access_log=None, handle_signals=False)
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
