"""Where an offer rings, when the desk is open in several browsers, at several processes."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from desk.face import routes

SOON = 20.0


@pytest.fixture
async def elsewhere(serve, ana):
    """Another process of the same installation."""
    return await serve(routes)


@asynccontextmanager
async def browser(client, desk, **said):
    """The desk in a browser at a process, which says something of itself once it has heard the state."""
    async with client.ws_connect("/desk/socket", headers=desk.headers) as socket:
        await socket.receive_json(timeout=SOON)
        await say(socket, **said)
        yield socket


async def say(socket, bell=None, *, sound=True, idle=0.0, **more):
    if bell is not None:
        await socket.send_json({"bell": bell, "sound": sound, "idle_seconds": idle, **more})


async def until(socket, name, *, heard=False):
    """An offer rings, and this is the bell."""
    async with asyncio.timeout(SOON):
        while True:
            state = await socket.receive_json()
            if state["offer"] and state["bell"] == (name and {"name": name, "heard": heard}):
                return state["offer"]["id"]


async def ring(desk):
    await desk.visitor("tramites")
    await desk.work()


async def test_it_rings_where_the_agent_last_did_something_and_elsewhere_once_that_is_gone(ana, elsewhere):
    await ana.put("presence", {"state": "idle"})
    async with browser(ana.client, ana, bell="laptop", idle=60) as laptop:
        async with browser(elsewhere, ana, bell="tablet", idle=5) as tablet:
            await ring(ana)
            offer = await until(laptop, "tablet")
            await say(tablet, "tablet", idle=7, rang=offer)
            await until(laptop, "tablet", heard=True)
            await say(laptop, "laptop")
            await until(tablet, "laptop", heard=True)
            await say(laptop, "laptop", sound=False)
            await until(laptop, "tablet", heard=True)

        await until(laptop, "laptop")


async def test_a_session_that_begins_later_knows_what_was_said_before(ana):
    async with browser(ana.client, ana, bell="laptop") as laptop:
        await ana.put("presence", {"state": "idle"})
        await ring(ana)

        await until(laptop, "laptop")


async def test_programs_that_say_nothing_or_nonsense_let_everybody_ring(ana):
    await ana.put("presence", {"state": "idle"})
    async with browser(ana.client, ana) as program:
        for said in ("", "x", "[]", '{"bell": 7}', '{"bell": "a b", "sound": true, "idle_seconds": 1}', "[" * 3000):
            await program.send_str(said)
        await say(program, "laptop", idle=-1)
        await say(program, "laptop", idle=1e400)
        await ring(ana)

        await until(program, None)
