"""The desk's socket: who may open one, what it says, and when it is ended."""

import asyncio
import json
import time

import aiohttp
import pytest
import websockets

from qms.services import presence
from qms.web.keys import STOPPING
from qms.web.live import hub
from qms.web.live.audience import HEARTBEAT_SECONDS
from tests.http.desk.conftest import application_of
from tests.http.desk.line import SOON, close_code, connect, until


@pytest.fixture
def database_url(sqlite_url):
    """One kind of database: what is looked at here does not depend on it."""
    return sqlite_url


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


async def test_a_plain_get_of_the_socket_is_told_what_is_expected(ana):
    response = await ana.client.get("/desk/socket", headers={"Authorization": f"Bearer {ana.token}"})

    assert (response.status, response.headers["Upgrade"]) == (426, "websocket")
    assert (await response.json())["title"] == "A WebSocket is expected"


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
