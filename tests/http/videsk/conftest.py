"""What tests of this dialect may ask for besides."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from qms.store.schema.network import account as accounts
from qms.store.store import Store
from qms.store.tx import Tx
from qms_gateway.face import routes as gateway_routes
from tests.http.conftest import Serve
from tests.http.seed import Seeded
from tests.http.videsk.practice import Practice

SetOptions = Callable[..., Awaitable[None]]


@pytest.fixture
def option(store: Store, seeded: Seeded, monkeypatch: pytest.MonkeyPatch) -> SetOptions:
    """`await option(status_policy="body-code")`: the account's options from now on."""
    monkeypatch.setattr("qms.web.networks.FRESH_SECONDS", -1)

    async def give(**options: Any) -> None:
        await asyncio.to_thread(store.write, _set, account=seeded.account, options=options)

    return give


def _set(tx: Tx, *, account: str, options: dict[str, Any]) -> None:
    changes = {"options": options, "version": accounts.c.version + 1}
    tx.execute(accounts.update().where(accounts.c.id == account).values(changes))


@pytest.fixture
async def practice(serve: Serve, store: Store) -> Practice:
    """The practice behind a gateway, with nobody booked."""
    return await Practice.open(await serve(gateway_routes), store)


@pytest.fixture
def practice_option(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> SetOptions:
    """`await practice_option(status_policy="body-code")`: the practice's options from now on."""
    monkeypatch.setattr("qms.web.networks.FRESH_SECONDS", -1)

    async def give(**options: Any) -> None:
        await asyncio.to_thread(practice.store.write, _set, account=practice.account, options=options)

    return give
