"""What devices say of themselves, put together: a screen's looks, a kiosk's printer, who asked for help there."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from qms.store.schema.device import device
from qms.store.tx import Tx


def said(tx: Tx, *, account: str, id: str) -> Mapping[str, Any]:
    """What a device has said of itself; whoever adds to it in this transaction is alone with it."""
    ensure(tx, account, id)
    report = sa.select(device.c.report).where(device.c.id == id).with_for_update()
    return dict(tx.execute(report).scalar_one())


def add(tx: Tx, *, account: str, id: str, about: Mapping[str, Any]) -> None:
    """Add to what a device has said of itself; None takes a thing away, what is not named stays."""
    whole = {**said(tx, account=account, id=id), **about}
    kept = {name: value for name, value in whole.items() if value is not None}
    tx.execute(device.update().where(device.c.id == id).values(report=kept))


def seen(tx: Tx, *, account: str, id: str) -> None:
    """Write down that a device is there; `seen_at` is machine time."""
    ensure(tx, account, id)
    tx.execute(device.update().where(device.c.id == id).values(seen_at=tx.machine_now))


def ensure(tx: Tx, account: str, id: str) -> None:
    """Let there be a place for what a device is told, and says."""
    tx.add_unless_there(device, {"id": id, "account_id": account, "orders": {}, "report": {}})
