"""What the desk's sockets mean for presence: a session outlives the last of them by half a minute."""

import asyncio

import pytest

from desk.connections import CONNECTIONS
from qms.store.schema.work import socket as sockets
from qms.web.keys import BUS
from tests.http.desk.conftest import Desk, application_of
from tests.http.desk.line import SOON, connect, until


@pytest.fixture
def database_url(sqlite_url):
    """One kind of database: what is looked at here does not depend on it."""
    return sqlite_url


async def wait_until(desk: Desk, holds):
    """Look whenever the agent's topic is told, and twice a second."""
    with application_of(desk)[BUS].listen(f"agent:{desk.seeded.agents[desk.key]}") as heard:
        async with asyncio.timeout(SOON):
            while not await holds():
                await heard.wait(0.5)


async def left(desk: Desk):
    """The database knows that the agent's last socket has closed."""

    async def gone():
        return (await desk.get("state"))["session"]["disconnected"]

    await wait_until(desk, gone)


async def sweep(desk):
    await desk.work()
    return (await desk.get("state"))["session"]["state"]


async def test_a_session_is_lost_thirty_seconds_after_its_last_socket_closed(ana, clock):
    await ana.put("presence", {"state": "idle"})
    async with connect(ana) as ws, connect(ana) as other:
        await ws.receive_json()
        await other.receive_json()
        await ws.close()
        clock.move(minutes=5)
        with_one = await sweep(ana)
    await left(ana)
    clock.move(seconds=29)
    grace = await sweep(ana)
    clock.move(seconds=1)
    over = await sweep(ana)

    assert (with_one, grace, over) == ("idle", "idle", "offline")


async def test_a_desk_that_comes_back_in_time_keeps_its_session(ana, clock):
    await ana.put("presence", {"state": "idle"})
    async with connect(ana) as ws:
        await ws.receive_json()
    await left(ana)
    clock.move(seconds=20)

    async with connect(ana) as ws:
        back = await ws.receive_json()
        clock.move(minutes=5)
        later = await sweep(ana)

    assert back["session"]["disconnected"] is False
    assert later == "idle"


async def test_nothing_is_offered_to_a_desk_that_is_not_connected(ana):
    await ana.put("presence", {"state": "idle"})
    async with connect(ana) as ws:
        await ws.receive_json()
    await left(ana)
    await ana.visitor("tramites")

    assert await ana.work() == 0


async def test_a_session_that_begins_after_the_socket_belongs_to_it_too(ana, clock):
    async with connect(ana) as ws:
        await ws.receive_json()
        await ana.put("presence", {"state": "idle"})
        await until(ws, lambda state: state["session"]["state"] == "idle")
    await left(ana)
    clock.move(seconds=30)

    assert await sweep(ana) == "offline"


async def test_a_session_that_never_had_a_socket_lives_on(ana, clock):
    await ana.put("presence", {"state": "idle"})
    clock.move(hours=3)

    assert await sweep(ana) == "idle"


async def test_a_session_without_a_socket_ends_with_the_last_token(ana, clock, sign_in):
    await ana.put("presence", {"state": "idle"})
    clock.move(hours=12)
    await application_of(ana)[CONNECTIONS].end_outlived()

    assert (await sign_in("ana")).state["session"]["state"] == "offline"


async def test_a_socket_that_the_database_has_forgotten_is_told_again(ana, store):
    await ana.put("presence", {"state": "idle"})
    async with connect(ana) as ws:
        await ws.receive_json()

        def forget(tx):
            tx.execute(sockets.delete())

        store.write(forget)
        await application_of(ana)[CONNECTIONS].beat()

        async def known():
            return store.read(lambda tx: tx.execute(sockets.select()).first()) is not None

        await wait_until(ana, known)


async def test_the_sockets_of_a_process_that_died_are_forgotten_by_the_others(ana, store, clock):
    await ana.put("presence", {"state": "idle"})

    def opened_elsewhere(tx):
        tx.raw("UPDATE session SET had_socket = true", {})
        row = {"id": "s", "session_id": tx.raw("SELECT id FROM session", {})[0][0], "process_id": "dead"}
        tx.execute(sockets.insert(), {**row, "seen_at": tx.machine_now})

    store.write(opened_elsewhere)
    clock.move(seconds=21)
    await application_of(ana)[CONNECTIONS].beat()
    disconnected = (await ana.get("state"))["session"]["disconnected"]
    clock.move(seconds=30)
    await ana.work()

    assert disconnected is True
    assert (await ana.get("state"))["session"]["state"] == "offline"
