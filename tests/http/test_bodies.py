"""A body is the same however it comes, and however often it is asked for."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from qms.web.bodies import whole

MOST = 1000


async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
    for at in range(0, len(body), 100):
        yield body[at : at + 100]
        await asyncio.sleep(0)


@pytest.fixture
async def asked():
    """`asked(body)`: what a handler finds who asks three times: its length, or the status of the refusal."""

    async def thrice(request: web.Request) -> web.Response:
        found: list[int] = []
        for _ in range(3):
            try:
                found.append(len(await whole(request)))
            except web.HTTPRequestEntityTooLarge as refusal:
                found.append(-refusal.status)
        return web.json_response(found)

    async def asked(body: bytes | AsyncIterator[bytes], **headers: str) -> list[int]:
        async with client.post("/", data=body, headers=headers) as answer:
            found: list[int] = await answer.json()
            return found

    app = web.Application(client_max_size=MOST)
    app.router.add_post("/", thrice)
    async with TestClient(TestServer(app)) as client:
        yield asked


@pytest.mark.parametrize("size", [0, 1, MOST])
async def test_it_is_the_same_each_time(asked, size):
    assert await asked(b"x" * size) == [size] * 3
    assert await asked(in_pieces(b"x" * size)) == [size] * 3
    assert await asked(b"x" * size, Expect="100-continue") == [size] * 3


async def test_too_much_is_refused_each_time(asked):
    assert await asked(b"x" * (MOST + 1)) == [-413] * 3
