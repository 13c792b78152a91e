"""Somebody at a kiosk asks for help: those who watch the branch are told, for a few minutes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.services import devices
from qms.services.screen_reports import ensure
from qms.store.schema.device import device
from qms.store.tx import Tx

LASTS = timedelta(minutes=3)
"""Whoever was not helped by then has asked again, or left. Machine time."""


def ask(tx: Tx, *, token: str) -> None:
    """Note that somebody stands there and needs somebody.

    Raises:
        NotFound: no kiosk has this token.
    """
    network, branch, kiosk = devices.kiosk(tx, token=token)
    ensure(tx, network.account.id, kiosk.id)
    here = device.c.id == kiosk.id
    report = dict(tx.execute(sa.select(device.c.report).where(here)).scalar_one())
    report["help_at"] = tx.machine_now.isoformat()
    tx.execute(device.update().where(here).values(report=report))
    tx.tell(f"domain:{branch.domain_id}")


def asked(report: Mapping[str, Any], machine_now: datetime) -> datetime | None:
    """When somebody asked there, if that is not long ago."""
    said = report.get("help_at")
    at = datetime.fromisoformat(said) if isinstance(said, str) else None
    return at if at is not None and at > machine_now - LASTS else None
