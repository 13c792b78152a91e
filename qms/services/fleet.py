"""The fleet: screens and kiosks for those who look after them, what they are told to do and what they say.

An order is part of what a device is told (its whole state, as everything): `reload`, `identify` and `test` count how
often they were given, `volume` is what holds. A device obeys what has grown since it began.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from qms.domain.errors import Invalid, NotFound
from qms.domain.ids import new_secret
from qms.domain.network import Kiosk, Screen
from qms.services.device_reports import ensure
from qms.services.screen_reports import reports_by_id
from qms.store.schema import network as tables
from qms.store.schema.device import device as devices
from qms.store.tx import Tx

Kind = Literal["screen", "kiosk"]
Order = Literal["reload", "identify", "test"]
ORDERS: tuple[Order, ...] = ("reload", "identify", "test")
LOUDEST = 100

_c = devices.c
_ORDERS = "SELECT id, orders FROM device WHERE id IN ({marks})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A screen or a kiosk as the list of devices has it. `painted` and `audio` are a screen's only.

    Callers know it by `public_id`. `branch_ids`: those that it is for, the one where it stands first.
    """

    id: str
    public_id: str
    account_id: str
    kind: Kind
    key: str
    name: str
    branch_id: str
    branch_ids: tuple[str, ...]
    token: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    orders: Mapping[str, int] = field(default_factory=dict)
    report: Mapping[str, Any] = field(default_factory=dict)
    painted: int | None = None
    audio: str | None = None
    seen_at: datetime | None = None


def of_account(tx: Tx, *, account: str) -> Sequence[Device]:
    """The screens and kiosks of an account, in the order of its network file."""
    network = tx.network(account)
    told = {row.id: row for row in tx.execute(sa.select(devices).where(_c.account_id == account))}
    said = reports_by_id(tx, account=account)
    found: list[tuple[Kind, Screen | Kiosk]] = [("screen", one) for one in network.screens.values()]
    found += [("kiosk", one) for one in network.kiosks.values()]
    return [_device(kind, one, told.get(one.id), said.get(one.id)) for kind, one in found]


def get(tx: Tx, *, account: str, id: str) -> Device:
    """A device of an account, by either of its ids.

    Raises:
        NotFound: no such device.
    """
    for one in of_account(tx, account=account):
        if id in (one.id, one.public_id):
            return one
    raise NotFound("device", id)


def orders(tx: Tx, ids: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    """What each of some devices has been told to do; one that was told nothing is missing."""
    return {id: msgspec.json.decode(orders) for id, orders in tx.raw_of(_ORDERS, sorted(ids))}


def counted(told: Mapping[str, int]) -> Mapping[str, int]:
    """How often each order was given, as a device is told."""
    return {what: told.get(what, 0) for what in ORDERS}


def order(tx: Tx, *, account: str, id: str, what: Order) -> Device:
    """Tell a device to load its page anew, to say which one it is, or to make a test call.

    Raises:
        NotFound: no such device.
    """
    before = get(tx, account=account, id=id)
    return _told(tx, account, before, {**before.orders, what: before.orders.get(what, 0) + 1})


def set_volume(tx: Tx, *, account: str, id: str, volume: int) -> Device:
    """How loud a device is, in hundredths.

    Raises:
        NotFound: no such device. Invalid: not from 0 to 100.
    """
    if not 0 <= volume <= LOUDEST:
        raise Invalid("volume", f"a whole number from 0 to {LOUDEST}")
    before = get(tx, account=account, id=id)
    return _told(tx, account, before, {**before.orders, "volume": volume})


def renew_token(tx: Tx, *, account: str, id: str, actor: str) -> Device:
    """Take the address of a device away from whoever has it: it gets another one.

    Raises:
        NotFound: no such device.
    """
    before, token = get(tx, account=account, id=id), new_secret() + new_secret()
    table = tables.screen if before.kind == "screen" else tables.kiosk
    tx.execute(table.update().where(table.c.id == before.id).values(token=token))
    version = tables.account.update().where(tables.account.c.id == account)
    tx.execute(version.values(version=tables.account.c.version + 1))
    tx.note(account, actor, "device.token_renewed", f"{before.kind} {before.key}")
    tx.tell(f"branch:{before.branch_id}")
    tx.tell(f"network:{account}")
    return replace(before, token=token)


def _told(tx: Tx, account: str, before: Device, wanted: Mapping[str, int]) -> Device:
    ensure(tx, account, before.id)
    tx.execute(devices.update().where(_c.id == before.id).values(orders=wanted))
    tx.tell(f"branch:{before.branch_id}")
    return get(tx, account=account, id=before.id)


def _device(kind: Kind, one: Screen | Kiosk, told: Any, said: Any) -> Device:
    return Device(
        id=one.id,
        public_id=one.public_id,
        account_id=one.account_id,
        kind=kind,
        key=one.key,
        name=str(one.settings.get("name") or one.key),
        branch_id=one.branch_id,
        branch_ids=one.branch_ids,
        token=one.token,
        settings=one.settings,
        orders=told.orders if told is not None else {},
        report=told.report if told is not None else {},
        painted=said.painted_seq if said is not None else None,
        audio=said.audio if said is not None else None,
        seen_at=_newest(said.seen_at if said is not None else None, told.seen_at if told is not None else None),
    )


def _newest(*instants: datetime | None) -> datetime | None:
    return max((at for at in instants if at is not None), default=None)
