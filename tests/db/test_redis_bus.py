"""The bus of many processes: it outlives lines that are cut or lead nowhere, and a Redis that forgets everything."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from qms.bus import redis as bus_module
from qms.bus.redis import RedisBus
from tests.faults.proxy import Proxy
from tests.servers import Redis


@pytest.fixture
def line(redis_server: Redis, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    monkeypatch.setattr(bus_module, "QUIET_SECONDS", 0.1)
    with Proxy(redis_server.port) as proxy:
        yield proxy


@pytest.fixture
async def here(line: Proxy) -> AsyncIterator[RedisBus]:
    async with running(f"redis://127.0.0.1:{line.port}/0") as bus:
        yield bus


@pytest.fixture
async def there(redis_url: str) -> AsyncIterator[RedisBus]:
    async with running(redis_url) as bus:
        yield bus


class running:
    """A bus that runs while entered."""

    def __init__(self, url: str) -> None:
        self._bus = RedisBus(url)

    async def __aenter__(self) -> RedisBus:
        await self._bus.start()
        return self._bus

    async def __aexit__(self, *_: object) -> None:
        await self._bus.close()


async def is_heard(there: RedisBus, here: RedisBus) -> None:
    """Whatever one process tells is heard in the other one, sooner or later."""
    with here.listen("news") as listener:
        async with asyncio.timeout(8):
            heard: frozenset[str] = frozenset()
            while not heard:
                there.publish(["news"])
                heard = await listener.wait(0.05)


async def test_a_line_that_is_cut_or_leads_nowhere_is_replaced_by_a_good_one(
    line: Proxy, here: RedisBus, there: RedisBus
) -> None:
    await is_heard(there, here)
    line.cut()
    await is_heard(there, here)
    line.freeze()
    line.heal()

    await is_heard(there, here)
    await is_heard(here, there)


async def test_a_redis_that_forgets_everything_is_as_good_as_before(
    redis_server: Redis, here: RedisBus, there: RedisBus
) -> None:
    await is_heard(there, here)

    redis_server.flush()

    await is_heard(there, here)


async def test_without_redis_everybody_in_the_process_is_woken() -> None:
    async with running("redis://127.0.0.1:1/0") as bus:
        with bus.listen("news") as listener:
            bus.publish(["news"])
            heard = await listener.wait(1)
        healthy = await bus.healthy()

    assert heard == {"news"}
    assert not healthy
