"""The configuration of each account, read once per version and kept."""

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

import sqlalchemy as sa

from qms.domain import network as values
from qms.domain.errors import NotFound
from qms.domain.network import Network, Shelf
from qms.store.cursors import cursor_of, taking_time
from qms.store.schema import network as tables
from qms.store.schema.device import BRAND_SHELF, medium
from qms.store.schema.supervision import assignment
from qms.store.vault import Vault

T = TypeVar("T", bound=values.Keyed)


class NetworkCache:
    """Networks by account. Only what is committed is kept: a transaction may change a network, and be rolled back.

    Whoever wants one that somebody else is reading waits for it: that of a country takes half a second of a processor.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._kept: dict[str, Network] = {}
        self._loading: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def current(self, connection: sa.Connection, account: str, *, committed: bool = False) -> Network:
        """The account's network as this transaction sees it: the one kept, if it has the same version.

        It is kept at once where the transaction sees nothing but what is `committed`.

        Raises:
            NotFound: there is no such account. NotOpened: its secrets were sealed with another secret.
        """
        with cursor_of(connection) as cursor:
            row = cursor.execute(_VERSION[connection.dialect.name], (account,)).fetchone()
        if row is None:
            raise NotFound("account", account)
        if (kept := self._kept_at(account, row[0])) is not None:
            return kept
        with self._loading[account]:
            if (kept := self._kept_at(account, row[0])) is not None:
                return kept
            if committed:
                found = load(connection, account, self._vault)
                self.keep([found])
                return found
            with taking_time(connection):  # that of a country is thought about for seconds, where others are busy too
                return load(connection, account, self._vault)

    def _kept_at(self, account: str, version: int) -> Network | None:
        kept = self._kept.get(account)
        return kept if kept is not None and kept.account.version == version else None

    def keep(self, networks: Iterable[Network]) -> None:
        """Keep what a transaction has read that is now over and, if it wrote, committed; the newer of two versions."""
        for network in networks:
            kept = self._kept.get(network.account.id)
            if kept is None or kept.account.version < network.account.version:
                self._kept[network.account.id] = network


class CommittedNetworks:
    """Networks by account for those who only read: nothing that they see can be rolled back."""

    def __init__(self, cache: NetworkCache) -> None:
        self._cache = cache

    def current(self, connection: sa.Connection, account: str) -> Network:
        """The account's network; see `NetworkCache.current`."""
        return self._cache.current(connection, account, committed=True)


_VERSION = {
    "sqlite": "SELECT version FROM account WHERE id = ?",
    "postgresql": "SELECT version FROM account WHERE id = %s",
}


def load(connection: sa.Connection, account: str, vault: Vault) -> Network:
    """Read everything configured for an account and not retired, in the order of its network file."""

    def shelf(kind: str, table: sa.Table, build: Callable[[Any], T]) -> Shelf[T]:
        found = sa.select(table).where(table.c.account_id == account, table.c.retired_at.is_(None))
        rows = connection.execute(found.order_by(table.c.rank, table.c.id)).mappings()
        return Shelf(kind, [build(vault.open_row(table, row)) for row in rows])

    row = connection.execute(sa.select(tables.account).where(tables.account.c.id == account)).mappings().one()
    assigned = _assigned(connection, account)
    agent = _plain(values.Agent)
    return Network(
        account=_account(vault.open_row(tables.account, row)),
        branches=shelf("branch", tables.branch, _plain(values.Branch)),
        pocs=shelf("poc", tables.poc, _plain(values.Poc)),
        queues=shelf("queue", tables.queue, _plain(values.Queue)),
        agents=shelf("agent", tables.agent, lambda row: agent(_serving(row, assigned))),
        forms=shelf("form", tables.form, _plain(values.Form)),
        services=shelf("service", tables.service, _plain(values.Service)),
        webhooks=shelf("webhook", tables.webhook, _webhook),
        screens=shelf("screen", tables.screen, _plain(values.Screen)),
        kiosks=shelf("kiosk", tables.kiosk, _plain(values.Kiosk)),
        applications=shelf("application", tables.application, _plain(values.Application)),
        put_up=_put_up(connection, account),
    )


def _put_up(connection: sa.Connection, account: str) -> dict[str, str]:
    """The digests of the files that its brand may be made of, by name."""
    c = medium.c
    rows = connection.execute(sa.select(c.name, c.digest).where(c.account_id == account, c.shelf == BRAND_SHELF))
    return {name: digest for name, digest in rows}


def _assigned(connection: sa.Connection, account: str) -> dict[str, Any]:
    """What agents serve for the time being in place of their own queues, by the agent's id."""
    c = assignment.c
    rows = connection.execute(sa.select(c.agent_id, c.queues).where(c.account_id == account))
    return {agent: queues for agent, queues in rows}


def _serving(row: Any, assigned: Mapping[str, Any]) -> Any:
    return {**row, "queues": assigned[row["id"]]} if row["id"] in assigned else row


def even_retired(connection: sa.Connection, kind: type[T], account: str, id: str | None) -> T | None:
    """An agent or a service of an account, be it in the network or retired; None where it never was there."""
    table = _NAMED[kind]
    found = sa.select(table).where(table.c.account_id == account, table.c.id == id)
    row = connection.execute(found).mappings().first()
    return None if row is None else _plain(kind)(row)


_NAMED: Mapping[type[values.Keyed], sa.Table] = {values.Agent: tables.agent, values.Service: tables.service}


def _plain(kind: type[T]) -> Callable[[Any], T]:
    """Builds a value from the columns that it has fields for; JSON lists become tuples."""
    names = tuple(kind.__dataclass_fields__)  # type: ignore[attr-defined]

    def build(row: Any) -> T:
        return kind(**{name: _frozen(row[name]) for name in names})

    return build


def _webhook(row: Any) -> values.Webhook:
    custom = values.Custom(**row["custom"]) if row["custom"] else None
    return _plain(values.Webhook)({**row, "custom": custom, "secrets": row["secrets"] or {}})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _account(row: Any) -> values.Account:
    told = {**row, "options": {**row["options"], **(row["option_secrets"] or {})}}
    return values.Account(**{name: _frozen(told[name]) for name in values.Account.__dataclass_fields__})
