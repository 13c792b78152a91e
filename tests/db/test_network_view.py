"""The network at hand for handlers: at most so old, and looked at again before anybody has to wait for it."""

import asyncio

import pytest

from qms.bus.memory import MemoryBus
from qms.services.accounts import account_id
from qms.store.aio import AsyncStore
from qms.web import networks
from qms.web.networks import NetworkView
from tests.db.networks import TWO_TOWNS, apply

PATIENCE = 20.0
RENAMED = TWO_TOWNS.replace('key = "n1"', 'key = "n9"')


def keys(network):
    return [place.key for place in network.pocs.values()]


@pytest.fixture
def towns(store):
    apply(store, TWO_TOWNS)
    return store.read(account_id, slug="towns")


@pytest.fixture
async def view(store):
    return NetworkView(AsyncStore(store, MemoryBus()))


async def test_who_asks_again_is_answered_at_once_while_it_is_looked_at_anew(monkeypatch, store, towns, view):
    monkeypatch.setattr(networks, "FRESH_SECONDS", PATIENCE * 2)
    monkeypatch.setattr(networks, "LOOK_AGAIN_SECONDS", -1)
    known = await view.current(towns)
    await asyncio.to_thread(apply, store, RENAMED)

    assert await view.current(towns) is known

    async with asyncio.timeout(PATIENCE):
        while (seen := view.at_hand(towns)) is known:  # noqa: ASYNC110 - a thread looks
            await asyncio.sleep(0.01)
    assert seen is not None
    assert "n9" in keys(seen)


async def test_one_that_was_just_looked_at_is_not_looked_at_again(monkeypatch, towns, view):
    monkeypatch.setattr(networks, "LOOK_AGAIN_SECONDS", PATIENCE)
    monkeypatch.setattr(networks, "FRESH_SECONDS", PATIENCE)
    known = await view.current(towns)
    looked: list[str] = []
    monkeypatch.setattr(view, "_look", looked.append)

    assert view.at_hand(towns) is known
    assert looked == []


async def test_one_that_is_too_old_is_waited_for(monkeypatch, store, towns, view):
    monkeypatch.setattr(networks, "FRESH_SECONDS", 0)
    await view.current(towns)
    await asyncio.to_thread(apply, store, RENAMED)

    assert view.at_hand(towns) is None
    assert "n9" in keys(await view.current(towns))
