"""SIGKILL at any moment: no acknowledged ticket is lost, none is served twice, no number is given twice."""

import asyncio
import contextlib
import json
import os
import random
import sqlite3
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.networks import VIDESK, Agent, bank
from tests.e2e.turnero import Turnero, serving

KILLS = int(os.environ.get("TURNERO_TEST_KILLS", "6"))
CLIENTS = 6
EACH = 12
"""How many tickets are acknowledged before each kill, and after the last."""


class History:
    """What the outside was told: tickets acknowledged, and who was told that he serves whom."""

    def __init__(self) -> None:
        self.acknowledged: dict[str, str] = {}
        self.served: dict[str, set[str]] = {}
        self.stop = False
        self._wanted = 0
        self._reached = asyncio.Event()

    def acknowledge(self, id: str, number: str) -> None:
        """Somebody was told that there is this ticket."""
        self.acknowledged[id] = number
        if len(self.acknowledged) >= self._wanted:
            self._reached.set()

    async def reaches(self, wanted: int) -> None:
        """Return when so many tickets are acknowledged, however long this machine takes over it."""
        self._wanted = wanted
        self._reached.clear()
        if len(self.acknowledged) < wanted:
            await self._reached.wait()


@pytest.mark.timeout(600)  # many starts of a process, on whatever machine this is
async def test_no_acknowledged_ticket_is_lost_or_served_twice_over_many_kills(tmp_path: Path) -> None:
    history, chance = History(), random.Random(20)
    with serving(tmp_path, bank(agents=3)) as server:
        token = json.loads(server.arrange("token", "--account", "acme", "--kind", "backend", "--json"))["token"]
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as http:
            lives = [asyncio.create_task(vendor(http, server, token, history)) for _ in range(CLIENTS)]
            lives += [asyncio.create_task(kiosk(http, server, history)) for _ in range(2)]
            lives += [asyncio.create_task(agent(http, server, f"a{n}", f"c{n}", history)) for n in (1, 2, 3)]
            for kill in range(KILLS):
                await history.reaches(EACH * (kill + 1))
                await asyncio.sleep(chance.uniform(0, 0.2))
                await asyncio.to_thread(server.kill)
                await asyncio.to_thread(server.start)
            await history.reaches(EACH * (KILLS + 1))
            history.stop = True
            await asyncio.gather(*lives)
        told = await asyncio.to_thread(server.run, "doctor")

    rows = stored(tmp_path / "turnero.db")
    lost = [id for id in history.acknowledged if id not in rows]
    assert lost == []
    assert {id: rows[id] for id in history.acknowledged} == history.acknowledged
    assert [id for id, agents in history.served.items() if len(agents) > 1] == []
    assert "FAIL" not in told


async def vendor(http: aiohttp.ClientSession, server: Turnero, token: str, history: History) -> None:
    """A vendor that posts one ticket after the other, and notes what was acknowledged."""
    headers, n = {"Authorization": f"Bearer {token}"}, 0
    while not history.stop:
        n += 1
        number = f"V{id(headers) % 9973}-{n}"
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            path = f"{server.url}{VIDESK}/main/queues/push"
            async with http.post(path, json={"ticketId": number}, headers=headers) as answer:
                if answer.status == 201:
                    history.acknowledge((await answer.json())["id"], number)
                    await asyncio.sleep(0.01)
                    continue
        await asyncio.sleep(0.05)


async def kiosk(http: aiohttp.ClientSession, server: Turnero, history: History) -> None:
    """Visitors who take numbers of ours."""
    while not history.stop:
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with http.post(f"{server.url}/kiosk/kiosk-secret/tickets", json={"queue": "push"}) as answer:
                if answer.status == 201:
                    ticket = await answer.json()
                    history.acknowledge(ticket["id"], ticket["number"])
        await asyncio.sleep(0.03)


async def agent(http: aiohttp.ClientSession, server: Turnero, key: str, poc: str, history: History) -> None:
    """An agent who serves whoever is called to his counter; after an outage he goes on with the same login."""
    me = Agent(http, server.url, key)
    while not history.stop:
        with contextlib.suppress(aiohttp.ClientError, TimeoutError, AssertionError):
            me.url = server.url
            if not me.token:
                await me.sign_in(poc)
            ticket = (await me.look())["ticket"]
            if ticket is not None:
                history.served.setdefault(ticket["id"], set()).add(key)
                await me.do("ticket/finish")
        await asyncio.sleep(0.02)


def stored(database: Path) -> dict[str, str]:
    """Every ticket that the database holds, by id, with its number."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        return dict(connection.execute("SELECT id, number FROM ticket"))
