"""The desk's socket: who may open one, what it says, and what it means for presence."""

import asyncio
import json
import time

import aiohttp
import pytest
import websockets
from aiohttp import WSMsgType

from desk.connections import CONNECTIONS
from qms.services import presence
from qms.store.schema.work import socket as sockets
from qms.web.keys import BUS, STOPPING
from qms.web.live import hub
from qms.web.live.audience import HEARTBEAT_SECONDS
from tests.http.desk.conftest import Desk, application_of

SOON = 20.0


@pytest.fixture
def database_url(sqlite_url):
    """One kind of database: what is looked at here does not depend on it."""
    return sqlite_url


def connect(desk, **how):
    how = how or {"headers": desk.headers}
    return desk.client.ws_connect("/desk/socket", **how)


async def until(ws, wanted):
    """The first message for which something holds."""
    async with asyncio.timeout(SOON):
        while True:
            state = await ws.receive_json()
            if wanted(state):
                return state


async def close_code(ws):
    async with asyncio.timeout(SOON):
        while True:
            said = await ws.receive()
            if said.type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING):
                return ws.close_code


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


async def test_a_socket_tells_the_state_and_every_change_at_once(ana):
    async with connect(ana) as ws:
        first = await ws.receive_json()
        await ana.put("presence", {"state": "idle", "poc": "c1"})
        second = await until(ws, lambda state: state["session"]["state"] == "idle")

    assert (first["session"]["state"], first["agent"]["id"]) == ("offline", ana.seeded.agents["ana"])
    assert second["session"]["poc"]["key"] == "c1"
    assert second["seq"] > first["seq"]


async def test_a_new_ticket_and_an_offer_are_told_at_once(ana):
    await ana.put("presence", {"state": "idle"})
    async with connect(ana) as ws:
        await ws.receive_json()
        ticket = await ana.visitor("tramites")
        waiting = await until(ws, lambda state: state["queues"][0]["waiting"] == 1)
        await ana.work()
        ringing = await until(ws, lambda state: state["offer"])

    assert waiting["offer"] is None
    assert ringing["offer"]["ticket"]["number"] == ticket.number


async def test_nothing_is_said_twice_but_as_a_heartbeat(ana):
    async with connect(ana) as ws:
        first = await ws.receive_json()
        began = time.monotonic()
        again = await ws.receive_json(timeout=SOON)
        waited = time.monotonic() - began

    assert waited > 2.5
    assert HEARTBEAT_SECONDS + hub.TICK_SECONDS < 5
    assert "now" in again
    assert {**again, "seq": 0} == {**first, "seq": 0}


async def test_a_burst_of_changes_is_told_in_few_messages(ana):
    async with connect(ana) as ws:
        await ws.receive_json()
        began = time.monotonic()
        await asyncio.gather(*(ana.visitor("caja") for _ in range(40)))
        messages = 0
        while (await ws.receive_json(timeout=SOON))["queues"][-1]["waiting"] < 40:
            messages += 1
        took = time.monotonic() - began

    assert messages <= 20 * took + 1


async def test_what_another_process_changes_is_noticed_within_a_second_or_so(ana, store, seeded):
    async with connect(ana) as ws:
        await ws.receive_json()
        away = {"account": seeded.account, "agent": seeded.agents["ana"], "state": "away"}
        store.write(presence.set_presence, domain=seeded.domain, **away)
        await until(ws, lambda state: state["session"]["state"] == "away")

    assert hub.TICK_SECONDS <= 1


@pytest.mark.parametrize("way", ["header", "protocol", "message"])
async def test_a_program_may_say_its_token_in_three_ways(ana, way):
    how = {
        "header": {"headers": ana.headers},
        "protocol": {"protocols": ("bearer", ana.token)},
        "message": {"headers": {}},
    }[way]
    async with connect(ana, **how) as ws:
        if way == "message":
            await ws.send_json({"token": ana.token})
        state = await ws.receive_json(timeout=SOON)

    assert state["agent"]["name"] == "Ana Pérez"


async def test_an_independent_client_agrees(ana):
    address = str(ana.client.make_url("/desk/socket")).replace("http", "ws", 1)

    async with websockets.connect(address, subprotocols=["bearer", ana.token]) as ws:  # type: ignore[list-item]
        state = json.loads(await ws.recv())

    assert ws.subprotocol == "bearer"
    assert state["agent"]["name"] == "Ana Pérez"


@pytest.mark.parametrize("how", [{"headers": {"Authorization": "Bearer x"}}, {"protocols": ("bearer", "x")}], ids=str)
async def test_a_wrong_token_is_told_by_the_close_code(ana, how):
    async with connect(ana, **how) as ws:
        assert await close_code(ws) == 4401


@pytest.mark.parametrize("said", ["{}", "x", '{"token": 7}', '{"token": "x"}'])
async def test_a_first_message_without_a_good_token_ends_the_socket(ana, said):
    async with connect(ana, headers={"X": "y"}) as ws:
        await ws.send_str(said)

        assert await close_code(ws) == 4401


async def test_only_our_own_pages_may_use_the_cookie(ana):
    cookie = {"Cookie": f"turnero_desk={ana.token}"}

    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await connect(ana, headers={**cookie, "Origin": "https://evil.example"})
    async with connect(ana, headers={**cookie, "Origin": "http://turnero.example"}) as ws:
        state = await ws.receive_json()

    assert refused.value.status == 403
    assert state["agent"]["name"] == "Ana Pérez"


async def test_signing_out_ends_the_socket_of_that_login_only(ana, sign_in):
    other = await sign_in("ana")
    async with connect(ana) as ws, connect(other) as stays:
        await ws.receive_json()
        await ana.ask("DELETE", "session")

        assert await close_code(ws) == 4401
        assert (await stays.receive_json())["agent"]["name"] == "Ana Pérez"


async def test_a_login_that_is_over_ends_the_socket(ana, clock):
    async with connect(ana) as ws:
        await ws.receive_json()
        clock.move(hours=13)

        assert await close_code(ws) == 4401


async def test_a_server_that_stops_says_so(ana):
    stopping = application_of(ana)[STOPPING]
    async with connect(ana) as ws:
        await ws.receive_json()
        stopping.begin()
        code = await close_code(ws)

    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await connect(ana)
    assert code == 1012
    assert refused.value.status == 503


async def test_a_desk_that_talks_too_much_is_cut_off(ana):
    async with connect(ana) as ws:
        await ws.receive_json()
        await ws.send_str("x" * 5000)

        assert await close_code(ws) == 1009


async def test_a_desk_that_talks_too_often_is_cut_off(ana):
    async with connect(ana) as ws:
        await ws.receive_json()
        for _ in range(21):
            await ws.send_str("again")

        assert await close_code(ws) == 1008


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
