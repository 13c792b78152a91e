"""`docker-compose.yml` at work, as docs/howto/scale.md scales it: commands, settings, health checks and proxy."""

import asyncio
import json
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import aiohttp
import psycopg
import pytest
import websockets

from tests.composed.composition import Composition
from tests.composed.container import Container
from tests.composed.file import services
from tests.e2e.networks import VIDESK, Agent, bank
from tests.e2e.sockets import closed, shown
from tests.faults.apart import apart
from tests.faults.lan import Impossible

CHOSEN = {"TURNERO_SECRET_KEY": "k" * 40, "POSTGRES_PASSWORD": "letters1and2digits"}
SCALE = {"gateway": 2, "screens": 2}
REPLACED = [("gateway", 0), ("gateway", 1), ("screens", 0), ("screens", 1)]
AGAIN_SECONDS = 0.1
TRY_AGAIN = frozenset({409, 429, 502, 503, 504})


@pytest.fixture(scope="module")
def composed() -> Iterator[Composition]:
    if os.geteuid() != 0:
        pytest.skip("machines of their own take root")
    try:
        with (
            apart(),  # pages are tested beside it, and are not to lose what they load
            TemporaryDirectory(prefix="composed-") as name,
            Composition(Path(name), CHOSEN, scale=SCALE) as made,
        ):
            made.containers["gateway"][0].run("turnero", "apply", "/dev/stdin", given=bank(agents=1))
            yield made
    except Impossible as reason:
        pytest.skip(str(reason))


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture(scope="module")
def vendor(composed: Composition) -> Mapping[str, str]:
    issued = composed.containers["gateway"][0].run(
        "turnero", "token", "--account", "acme", "--kind", "backend", "--json"
    )
    return {"Authorization": f"Bearer {json.loads(issued)['token']}"}


@pytest.mark.parametrize("missing", CHOSEN)
def test_without_secrets_of_ones_own_nothing_begins(missing: str) -> None:
    with pytest.raises(ValueError, match=missing):
        services({name: value for name, value in CHOSEN.items() if name != missing})


async def test_a_ticket_comes_through_the_proxy_to_an_agent_and_onto_a_screen(
    composed: Composition, http: aiohttp.ClientSession, vendor: Mapping[str, str]
) -> None:
    agent = Agent(http, composed.url)
    await agent.sign_in()
    async with websockets.connect(_lobby(composed)) as screen:
        address, body = f"{composed.url}{VIDESK}/main/queues/booth", {"ticketId": "A042"}
        async with http.post(address, json=body, headers=vendor) as posted:
            status = posted.status
        offer = await agent.offered()
        answered = await agent.do(f"offers/{offer['id']}/answer")
        call = await shown(screen, "A042")
    await agent.do(f"tickets/{offer['ticket']['id']}/done")

    assert (status, answered) == (201, 200)
    assert call["poc"] == "Box 1"


async def test_figures_are_read_inside_and_not_through_the_proxy(
    composed: Composition, http: aiohttp.ClientSession
) -> None:
    inside = f"http://{composed.containers['gateway'][0].machine.address}:8080"
    statuses = []
    for url in (composed.url, inside):
        async with http.get(f"{url}/metrics") as answer:
            statuses.append(answer.status)

    assert statuses == [404, 200]


async def test_whoever_says_that_he_is_somebody_else_is_not_believed(
    composed: Composition, http: aiohttp.ClientSession
) -> None:
    wrong = {"account": "acme", "email": "nobody@acme.example", "password": "not-a-good-one"}
    told = [
        await _status(http, f"{composed.url}/desk/api/session", wrong, {"X-Forwarded-For": f"203.0.113.{n}"})
        for n in range(40)
    ]

    assert told[0] == 401
    assert told[-1] == 429


async def test_processes_are_replaced_one_after_the_other_and_nobody_is_lost(
    composed: Composition, http: aiohttp.ClientSession, vendor: Mapping[str, str]
) -> None:
    await Agent(http, composed.url).sign_in()  # where nobody works, no ticket is taken
    over = asyncio.Event()
    posting = asyncio.create_task(_post(composed, http, vendor, over))
    async with websockets.connect(_lobby(composed)) as screen:
        looking = asyncio.create_task(closed(screen))  # who does not read is told nothing any more, not even why
        codes = [await _replaced(composed, composed.containers[name][at]) for name, at in REPLACED]
        async with asyncio.timeout(20):
            left = await looking
    over.set()
    numbers = await posting
    async with websockets.connect(_lobby(composed)) as screen:
        state = json.loads(await screen.recv())
    database = f"postgresql://turnero:{CHOSEN['POSTGRES_PASSWORD']}@{_only(composed, 'postgres')}/turnero"
    with psycopg.connect(database) as line:
        stored = line.execute("SELECT number FROM ticket WHERE number LIKE 'R%' ORDER BY number").fetchall()

    assert codes == [0] * len(REPLACED)
    assert left == 1012
    assert {one["number"] for one in state["waiting"]} >= set(numbers)
    assert [number for (number,) in stored] == numbers


def _lobby(composed: Composition) -> str:
    return composed.url.replace("http", "ws") + "/screens/lobby-screen-secret/socket"


def _only(composed: Composition, name: str) -> str:
    (one,) = composed.containers[name]
    return one.machine.address


async def _status(http: aiohttp.ClientSession, url: str, body: Any, headers: Mapping[str, str]) -> int:
    async with http.post(url, json=body, headers=headers) as answer:
        return answer.status


async def _replaced(composed: Composition, one: Container) -> int | None:
    code = await asyncio.to_thread(composed.stop, one)
    await asyncio.to_thread(composed.start, one)
    return code


async def _post(
    composed: Composition, http: aiohttp.ClientSession, vendor: Mapping[str, str], over: asyncio.Event
) -> list[str]:
    """Tickets, one after the other, each asked again with its key until it is acknowledged; their numbers."""
    numbers: list[str] = []
    while not over.is_set():
        number = f"R{len(numbers):05}"
        headers = {**vendor, "Idempotency-Key": number}
        while (status := await _tried(composed, http, number, headers)) in TRY_AGAIN:  # noqa: ASYNC110 - so do vendors
            await asyncio.sleep(AGAIN_SECONDS)
        assert status == 201
        numbers.append(number)
        await asyncio.sleep(0.02)
    return numbers


async def _tried(composed: Composition, http: aiohttp.ClientSession, number: str, headers: Mapping[str, str]) -> int:
    try:
        async with asyncio.timeout(3):
            return await _status(http, f"{composed.url}{VIDESK}/main/queues/pull", {"ticketId": number}, headers)
    except (aiohttp.ClientError, TimeoutError):
        return 503
