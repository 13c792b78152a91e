"""What a screen is told over its socket, read with another implementation than the server's."""

import asyncio
import json

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from qms.services import serving
from qms.store.schema.network import account
from qms.store.schema.network import queue as queues
from qms.store.schema.network import screen as screens
from qms.web.keys import STOPPING
from qms.web.live import hub
from qms.web.live.audience import HEARTBEAT_SECONDS
from tests.http.visits import PATIENCE_SECONDS, Listening, listening


async def test_the_first_message_is_the_whole_state(branch, screen):
    await branch.arrive()

    async with listening(branch, f"{screen}/socket") as device:
        told = await device.next()

    answer = await (await branch.client.get(f"{screen}/state")).json()
    assert told == answer


async def test_a_call_is_told_at_once(branch, screen, monkeypatch):
    monkeypatch.setattr(hub, "TICK_SECONDS", 60)  # only the bus can be the one who wakes
    await branch.work()
    ticket = await branch.arrive()
    async with listening(branch, f"{screen}/socket") as device:
        before = await device.next()

        await branch.call_next()
        after = await device.until(lambda message: message["calls"])

    assert (after["calls"][0]["number"], after["calls"][0]["poc"]) == (ticket.number, "Counter 1")
    assert after["seq"] > before["seq"]


async def test_what_another_process_did_is_told_within_a_tick(branch, screen, store, seeded):
    async with listening(branch, f"{screen}/socket") as device:
        await device.next()

        store.write(rename, queue=seeded.queues["caja"])  # a store without this application's bus
        told = await device.until(lambda message: message["queues"][1]["name"] == "Tesorería")

    assert told["seq"] > 0


def rename(tx, *, queue: str) -> None:
    tx.execute(queues.update().where(queues.c.id == queue).values(name="Tesorería"))
    tx.execute(account.update().values(version=account.c.version + 1))


async def test_a_screen_that_was_away_misses_nothing(branch, screen):
    await branch.work()
    async with listening(branch, f"{screen}/socket") as device:
        last = max((call["seq"] for call in (await device.next())["calls"]), default=0)
    numbers = []
    for _ in range(15):
        numbers.append((await branch.arrive()).number)
        await branch.call_next()
    await branch.do(serving.recall)

    async with listening(branch, f"{screen}/socket") as device:
        told = await device.next()

    missed = sorted((call for call in told["calls"] if call["seq"] > last), key=lambda call: call["seq"])
    assert [call["number"] for call in missed] == numbers
    assert missed[-1]["recall"] == 1


async def test_there_is_a_message_at_least_every_five_seconds(branch, screen, clock):
    async with listening(branch, f"{screen}/socket") as device:
        first = await device.next()
        clock.move(seconds=4)

        second = await device.next()

    assert (second["seq"], second["calls"]) == (first["seq"], first["calls"])
    assert second["now"] == "2026-03-02T15:00:04Z"
    assert HEARTBEAT_SECONDS + hub.TICK_SECONDS < 5


async def test_two_hundred_screens_all_get_the_newest(branch, screen):
    await branch.work()
    tickets = [await branch.arrive() for _ in range(20)]
    sockets = [await connect(branch.address(f"{screen}/socket"), compression=None) for _ in range(200)]
    devices = [Listening(socket) for socket in sockets]

    for _ in tickets:
        await branch.call_next()
    newest = await asyncio.gather(*(d.until(lambda m: m["calls"] and m["calls"][0]["seq"] == 20) for d in devices))

    assert {message["calls"][0]["number"] for message in newest} == {tickets[-1].number}
    await asyncio.gather(*(socket.close() for socket in sockets))


async def test_stopping_closes_every_socket_with_1012_at_once(branch, screen):
    sockets = [await connect(branch.address(f"{screen}/socket"), compression=None) for _ in range(50)]

    branch.client.app[STOPPING].begin()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.gather(*(socket.wait_closed() for socket in sockets))

    assert {socket.close_code for socket in sockets} == {1012}
    with pytest.raises(InvalidStatus) as refused:
        await connect(branch.address(f"{screen}/socket"))
    assert refused.value.response.status_code == 503


async def test_an_application_that_shuts_down_says_1012_too(branch, screen):
    socket = await connect(branch.address(f"{screen}/socket"), compression=None)
    await socket.recv()

    async with asyncio.timeout(PATIENCE_SECONDS):
        await branch.client.close()
        await socket.wait_closed()

    assert socket.close_code == 1012


async def test_a_screen_that_is_retired_is_told_so(branch, screen, store):
    socket = await connect(branch.address(f"{screen}/socket"), compression=None)
    await socket.recv()

    store.write(retire)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await socket.wait_closed()

    assert socket.close_code == 4404


def retire(tx) -> None:
    tx.execute(screens.update().values(retired_at=tx.now))
    tx.execute(account.update().values(version=account.c.version + 1))


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
async def test_another_sites_page_is_refused(branch, screen, origin):
    with pytest.raises(InvalidStatus) as refused:
        await connect(branch.address(f"{screen}/socket"), origin=origin)

    assert refused.value.response.status_code == 403


async def test_our_own_page_is_let_in_by_host_and_by_public_address(branch, screen):
    for origin in (str(branch.client.make_url("/").origin()), "http://turnero.example"):
        async with listening(branch, f"{screen}/socket", origin=origin) as device:
            assert (await device.next())["branch"]["key"] == "main"


async def test_no_compression_is_agreed_on(branch, screen):
    async with connect(branch.address(f"{screen}/socket")) as socket:
        assert socket.response is not None
        assert "Sec-WebSocket-Extensions" not in socket.response.headers


async def test_a_device_that_says_too_much_is_closed(branch, screen):
    async with connect(branch.address(f"{screen}/socket"), compression=None) as socket:
        await socket.send(json.dumps({"painted": 1, "more": "x" * 5000}))

        await socket.wait_closed()

    assert socket.close_code == 1009


async def test_a_plain_get_of_the_socket_is_refused(branch, screen):
    response = await branch.client.get(f"{screen}/socket")
    told = await response.json()

    assert (response.status, response.content_type) == (426, "application/problem+json")
    assert (response.headers["Upgrade"], response.headers["Connection"].lower()) == ("websocket", "upgrade")
    assert (told["status"], told["title"]) == (426, "A WebSocket is expected")
    assert "Upgrade: websocket" in told["detail"]


ASKED = {"Upgrade": "websocket", "Connection": "keep-alive, Upgrade", "Sec-WebSocket-Version": "13"}


@pytest.mark.parametrize(
    ("said", "status"),
    [({"Upgrade": "h2c"}, 426), ({"Connection": "close"}, 426), ({"Sec-WebSocket-Version": "99"}, 426), ({}, 400)],
    ids=str,
)
async def test_what_a_proxy_kept_back_is_told_from_a_wrong_key(branch, screen, said, status):
    response = await branch.client.get(f"{screen}/socket", headers={**ASKED, "Sec-WebSocket-Key": "x", **said})

    assert response.status == status
    assert response.headers.get("Sec-WebSocket-Version") == ("13" if status == 426 else None)
