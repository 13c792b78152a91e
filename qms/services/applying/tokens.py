"""Tokens of devices: unique in the installation, kept as they are, made where there is none."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from qms.domain.complaint import complaint
from qms.domain.errors import Conflict
from qms.services.applying.upsert import Row
from qms.services.applying.written import holders
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A device in the file: its row, if it has one already, and the token that the file gives it."""

    label: str
    row: Row | None
    given: str | None


def settle(tx: Tx, table: sa.Table, account: str, bearers: Sequence[Bearer], *, prune: bool) -> list[tuple[str, bool]]:
    """The token of each device, and whether it was made just now: the one given, else the one it has, else a new one.

    A token given to one device is taken from another of the account that the file gives another token, or that is, or
    is about to be, retired.

    Raises:
        Conflict: a device that keeps its token has it.
    """
    staying = {b.row["id"]: b for b in bearers if b.row is not None}
    new = {b.given: b for b in bearers if b.given is not None and (b.row is None or b.row["token"] != b.given)}
    for holder in list(holders(tx, table.c.token, list(new))):
        if not _gives_way(dict(holder), account, staying.get(holder["id"]), prune=prune):
            said = complaint("the token of %(label)s is in use by another %(kind)s")
            raise Conflict(table.name, said.about(label=new[holder["token"]].label, kind=table.name))
        tx.execute(table.update().where(table.c.id == holder["id"]).values(token=_RELEASED + holder["id"]))
    return [_token(bearer) for bearer in bearers]


_RELEASED = "released-"
"""What the token of a device becomes when another one is given it; it is nobody's address."""


def _gives_way(holder: Row, account: str, bearer: Bearer | None, *, prune: bool) -> bool:
    if holder["account_id"] != account:
        return False
    if bearer is not None:
        return bearer.given is not None
    return prune or holder["retired_at"] is not None


def _token(bearer: Bearer) -> tuple[str, bool]:
    if bearer.given is not None:
        return bearer.given, False
    if bearer.row is not None and not bearer.row["token"].startswith(_RELEASED):
        return str(bearer.row["token"]), False
    return secrets.token_urlsafe(24), True
