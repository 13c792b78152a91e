"""The configuration of accounts at hand for handlers, without asking the database for every request.

A network is at most 0.3 s old, so that a change, a new key or a revoked one is noticed within a second. It is looked at
again before that, while those who ask are still answered from the last look: nobody waits where many ask.
"""

import asyncio

from aiohttp import web

from qms.domain.network import Network
from qms.services.accounts import account_id
from qms.store.aio import AsyncStore
from qms.store.tx import Tx

FRESH_SECONDS = 0.3
LOOK_AGAIN_SECONDS = 0.15


class NetworkView:
    """The networks of accounts as this process last saw them."""

    def __init__(self, store: AsyncStore) -> None:
        self._store = store
        self._seen: dict[str, tuple[Network, float]] = {}
        self._asked: dict[str, asyncio.Task[Network]] = {}
        self._ids: dict[str, str] = {}

    def at_hand(self, account: str) -> Network | None:
        """The account's network if it was looked at just now."""
        seen = self._seen.get(account)
        if seen is None:
            return None
        network, at = seen
        age = asyncio.get_running_loop().time() - at
        if age >= FRESH_SECONDS:
            return None
        if age > LOOK_AGAIN_SECONDS:
            self._asking(account)
        return network

    async def current(self, account: str) -> Network:
        """The account's network, at most 0.3 s old; all who ask at once share one look.

        Raises:
            NotFound: no such account. Unavailable: the database cannot answer.
        """
        network = self.at_hand(account)
        if network is not None:
            return network
        return await asyncio.shield(self._asking(account))

    async def by_slug(self, slug: str) -> Network:
        """The network of the account with this slug.

        Raises:
            NotFound: no such account. Unavailable: the database cannot answer.
        """
        id = self._ids.get(slug)
        if id is None:
            id = self._ids[slug] = await self._store.read(account_id, slug=slug)
        return await self.current(id)

    def _asking(self, account: str) -> "asyncio.Task[Network]":
        """The look that is under way, or a new one."""
        asked = self._asked.get(account)
        if asked is None:
            asked = self._asked[account] = asyncio.create_task(self._look(account))
            asked.add_done_callback(lambda done: self._looked(account, done))
        return asked

    def _looked(self, account: str, done: "asyncio.Task[Network]") -> None:
        self._asked.pop(account, None)
        if not done.cancelled():
            done.exception()  # whoever still waits is told; if nobody does, there is nothing to report

    async def _look(self, account: str) -> Network:
        at = asyncio.get_running_loop().time()
        network = await self._store.read(_network, account=account)
        self._seen[account] = (network, at)
        return network


NETWORKS: web.AppKey[NetworkView] = web.AppKey("networks", NetworkView)


async def current_network(where: web.Request | web.Application, account: str) -> Network:
    """The account's network, for a handler; `account` is its id.

    Raises:
        NotFound: no such account. Unavailable: the database cannot answer.
    """
    return await _view(where).current(account)


async def network_of(where: web.Request | web.Application, slug: str) -> Network:
    """The same, by the account's slug."""
    return await _view(where).by_slug(slug)


def _network(tx: Tx, *, account: str) -> Network:
    return tx.network(account)


def _view(where: web.Request | web.Application) -> NetworkView:
    return (where.app if isinstance(where, web.Request) else where)[NETWORKS]
