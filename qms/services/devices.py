"""Devices by the tokens in their addresses: screens, kiosks and the pages of points of contact."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import sqlalchemy as sa

from qms.domain.errors import NotFound
from qms.domain.network import Branch, Kiosk, Network, Poc, Screen, Shelf
from qms.store.schema import network as tables
from qms.store.tx import Tx

D = TypeVar("D", Screen, Kiosk, Poc)


_BY_TOKEN = {
    table.name: f"SELECT token, account_id, id FROM {table.name} WHERE token IN ({{marks}}) AND retired_at IS NULL"  # noqa: S608 - our own names
    for table in (tables.screen, tables.kiosk, tables.poc)
}
"""Written by hand: every device asks every second."""


def screen(tx: Tx, *, token: str) -> tuple[Network, Branch, Screen]:
    """The screen with this token, with its branch and its account's network.

    Raises:
        NotFound: there is none (any more).
    """
    return _only("screen", screens(tx, [token]))


def kiosk(tx: Tx, *, token: str) -> tuple[Network, Branch, Kiosk]:
    """The kiosk with this token, with its branch and its account's network.

    Raises:
        NotFound: there is none (any more).
    """
    return _only("kiosk", _devices(tx, tables.kiosk, [token], lambda network: network.kiosks))


def poc(tx: Tx, *, token: str) -> tuple[Network, Branch, Poc]:
    """The point of contact whose own page has this token, with its branch and its account's network.

    Raises:
        NotFound: there is none (any more).
    """
    return _only("poc", pocs(tx, [token]))


def screens(tx: Tx, tokens: Iterable[str]) -> Mapping[str, tuple[Network, Branch, Screen]]:
    """The screens with these tokens; an unknown one is missing."""
    return _devices(tx, tables.screen, tokens, lambda network: network.screens)


def pocs(tx: Tx, tokens: Iterable[str]) -> Mapping[str, tuple[Network, Branch, Poc]]:
    """The points of contact whose own pages have these tokens; an unknown one is missing."""
    return _devices(tx, tables.poc, tokens, lambda network: network.pocs)


def _devices(
    tx: Tx, table: sa.Table, tokens: Iterable[str], shelf: Callable[[Network], Shelf[D]]
) -> dict[str, tuple[Network, Branch, D]]:
    found = {}
    for token, account, id in tx.raw_of(_BY_TOKEN[table.name], sorted(tokens)):
        network = tx.network(account)
        device = shelf(network).get(id)
        branch = network.branches.get(device.branch_id) if device is not None else None
        if device is not None and branch is not None:
            found[token] = (network, branch, device)
    return found


def _only(kind: str, found: Mapping[str, tuple[Network, Branch, D]]) -> tuple[Network, Branch, D]:
    for one in found.values():
        return one
    raise NotFound(kind, "token")
