"""Somebody at a kiosk asks for help: those who watch the branch are told, for a few minutes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from qms.services import device_reports, devices
from qms.store.tx import Tx

LASTS = timedelta(minutes=3)
"""Whoever was not helped by then has asked again, or left. Machine time."""


def ask(tx: Tx, *, token: str) -> None:
    """Note that somebody stands there and needs somebody.

    Raises:
        NotFound: no kiosk has this token.
    """
    network, branch, kiosk = devices.kiosk(tx, token=token)
    device_reports.add(tx, account=network.account.id, id=kiosk.id, about={"help_at": tx.machine_now.isoformat()})
    tx.tell(f"domain:{branch.domain_id}")


def asked(report: Mapping[str, Any], machine_now: datetime) -> datetime | None:
    """When somebody asked there, if that is not long ago."""
    said = report.get("help_at")
    at = datetime.fromisoformat(said) if isinstance(said, str) else None
    return at if at is not None and at > machine_now - LASTS else None
