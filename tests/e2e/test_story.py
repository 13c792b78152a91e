"""The main job, end to end: a vendor's ticket reaches agent, point of contact, lobby and the vendor's webhook."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import websockets
from standardwebhooks import Webhook

from tests.e2e.networks import SECRET, VIDESK, Agent, bank
from tests.e2e.sockets import closed, shown
from tests.e2e.turnero import Turnero, serving
from tests.faults.site import Site, lone, many
from tests.pooler import pooler
from tests.receiver import Receiver


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


POOLED = "seven processes behind PgBouncer"


@pytest.fixture(params=["one process", "seven processes", pytest.param(POOLED, marks=pytest.mark.campaign)])
def shape(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@contextmanager
def opened(folder: Path, hook: Receiver, shape: str, request: pytest.FixtureRequest) -> Iterator[Site]:
    """The installation in its shape, at work."""
    with ExitStack() as stack:
        if shape == "one process":
            site = stack.enter_context(lone(folder, hook))
        else:
            postgres, redis = (request.getfixturevalue(name) for name in ("postgres", "redis_server"))
            port = stack.enter_context(pooler(postgres, servers=4)) if shape == POOLED else None
            site = stack.enter_context(many(folder, hook, postgres, redis, pooler=port))
        site.start()
        yield site


async def test_a_vendors_ticket_reaches_agent_poc_lobby_and_webhook(
    http: aiohttp.ClientSession, tmp_path: Path, shape: str, request: pytest.FixtureRequest
) -> None:
    async with Receiver() as vendor:
        with ExitStack() as stack:
            making = opened(tmp_path, vendor, shape, request)
            site = await asyncio.to_thread(stack.enter_context, making)
            issued = json.loads(site.any.run("token", "--account", "acme", "--kind", "backend", "--json"))
            agent = Agent(http, site.front.url)
            await agent.sign_in()
            lobby = site.lobby.url.replace("http", "ws") + "/screens/lobby-screen-secret/socket"
            async with websockets.connect(lobby) as screen:
                posted = await http.post(
                    f"{site.front.url}{VIDESK}/main/queues/booth",
                    json={"ticketId": "A042", "integrationData": {"visit": 7}},
                    headers={"Authorization": f"Bearer {issued['token']}"},
                )
                ticket = await posted.json()
                offer = await agent.offered()
                answered = await agent.do(f"offers/{offer['id']}/answer")
                call = await shown(screen, "A042")
            (hook,) = await vendor.wait(1)
            renamed = bank(vendor.url).replace("Trámites ABC", "Otros trámites")
            await asyncio.to_thread(site.any.apply, renamed)
            menus = [await showing(http, url, "Otros trámites") for url in site.urls("kiosk")]

    assert posted.status == 201
    assert list(ticket) == ["id", "segment"]
    assert ticket["segment"] == "Trámites ABC"
    assert (offer["ticket"]["number"], offer["poc"]["label"]) == ("A042", "Box 1")
    assert answered == 200
    assert agent.state["ticket"]["state"] == "serving"
    assert call["poc"] == "Box 1"
    body: Any = Webhook(SECRET).verify(hook.body, hook.headers)
    assert body["event"] == "qms.assigned"
    assert body["data"]["id"] == ticket["id"]
    assert (body["data"]["ticketId"], body["data"]["integrationData"]) == ("A042", {"visit": 7})
    assert body["data"]["poc"]["label"] == "Box 1"
    assert body["data"]["agent"]["email"] == "a1@acme.example"
    assert menus


async def showing(http: aiohttp.ClientSession, process: str, name: str) -> str:
    """The kiosk's menu at a process, as soon as a queue has that name there."""
    async with asyncio.timeout(20):
        while True:
            async with http.get(f"{process}/kiosk/kiosk-secret/menu") as answer:
                if name in (menu := await answer.text()):
                    return menu
            await asyncio.sleep(0.02)


def test_nothing_is_left_to_do_for_the_doctor(tmp_path: Path) -> None:
    with serving(tmp_path, bank()) as server:
        told = server.run("doctor")

    assert "FAIL" not in told


@pytest.fixture
def lobby_server(tmp_path: Path) -> Iterator[Turnero]:
    with serving(tmp_path, bank()) as server:
        yield server


async def test_sigterm_closes_two_hundred_sockets_with_1012_and_exits_in_time(lobby_server: Turnero) -> None:
    address = lobby_server.url.replace("http", "ws") + "/screens/lobby-screen-secret/socket"
    sockets = [await websockets.connect(address, compression=None) for _ in range(200)]
    for one in sockets:
        await one.recv()

    async with asyncio.timeout(10):
        stopped = asyncio.create_task(asyncio.to_thread(lobby_server.stop))
        codes = [await closed(one) for one in sockets]
        await stopped

    assert set(codes) == {1012}
    assert lobby_server.exit_code == 0
