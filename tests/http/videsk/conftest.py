"""What tests of this dialect may ask for besides."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from qms.store.schema.network import account as accounts
from qms.store.store import Store
from qms.store.tx import Tx
from tests.http.seed import Seeded

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
