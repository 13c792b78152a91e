"""Receipt printers of kiosks: what they said of themselves last, and which ticket has been printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from qms.domain.errors import NotFound
from qms.domain.ticket import Ticket
from qms.services import accounts, device_reports, devices, visitor_state
from qms.services.idempotency import Kept, once
from qms.store import tickets
from qms.store.schema import network as tables
from qms.store.schema.device import device
from qms.store.tx import Tx

PrinterState = Literal["ok", "low", "out", "offline"]
STATES: tuple[PrinterState, ...] = ("ok", "low", "out", "offline")
PRINTING = frozenset({"ok", "low"})
"""States in which it prints."""

KNOWN_FOR = timedelta(minutes=3)
"""So long what was said holds: printers are asked each half a minute. Machine time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrinterReport:
    """How a printer is, and since when (machine time)."""

    state: PrinterState
    since: datetime


def reported(report: Mapping[str, Any], machine_now: datetime) -> PrinterReport | None:
    """What a kiosk's report says of its printer; None: it has none, or nobody has asked it lately."""
    said = report.get("printer")
    if not isinstance(said, Mapping) or said.get("state") not in STATES:
        return None
    at, since = (datetime.fromisoformat(said[name]) for name in ("at", "since"))
    return PrinterReport(state=said["state"], since=since) if at > machine_now - KNOWN_FOR else None


def note(tx: Tx, *, account: str, kiosk: str, state: PrinterState) -> None:
    """Write down how the printer of a kiosk is; boards are woken when that is new. `account` is a slug.

    Raises:
        NotFound: no such account or kiosk.
    """
    network = tx.network(accounts.account_id(tx, slug=account))
    found = network.kiosks.find(kiosk)
    whose = {"account": network.account.id, "id": found.id}
    before = reported(device_reports.said(tx, **whose), tx.machine_now)
    same = before is not None and before.state == state
    since = before.since if before is not None and same else tx.machine_now
    said = {"state": state, "since": since.isoformat(), "at": tx.machine_now.isoformat()}
    device_reports.add(tx, **whose, about={"printer": said})
    branch = network.branches.get(found.branch_id)
    if not same and branch is not None:
        tx.tell(f"domain:{branch.domain_id}")


def ticket_at(tx: Tx, *, token: str, ticket: str) -> tuple[Ticket, Mapping[str, Any]]:
    """A ticket that a kiosk may print: one of its branch, with what its holder sees.

    Raises:
        NotFound: no kiosk has this token, or its branch no such ticket.
    """
    _, branch, _ = devices.kiosk(tx, token=token)
    found = tickets.get(tx, ticket)
    if found is None or found.branch_id != branch.id:
        raise NotFound("ticket", ticket)
    return found, visitor_state.of_ticket(tx, link=found.link)[1]


def claim(tx: Tx, *, what: str, again: str | None) -> bool:
    """Whether a ticket is to be printed now: once, and once more for each word that a repetition is asked by.

    `what` is the id of the ticket, or of a kiosk that tries its printer.
    """
    first = False

    def act(_: Tx) -> None:
        nonlocal first
        first = True

    once(
        tx,
        scope="print",
        key=what if again is None else f"{what} {again}",
        fingerprint="",
        act=act,
        answer=lambda _: Kept(status=200, headers={}, body=""),
    )
    return first


def states(tx: Tx) -> Mapping[str, PrinterState]:
    """How the printers of all accounts are, by `account/kiosk`; one that was not asked lately is missing."""
    k, a = tables.kiosk.c, tables.account.c
    found = sa.select(a.slug, k.key, device.c.report).join(tables.account, a.id == k.account_id)
    rows = tx.execute(found.join(device, device.c.id == k.id).where(k.retired_at.is_(None)))
    said = {f"{slug}/{key}": reported(report, tx.machine_now) for slug, key, report in rows}
    return {name: one.state for name, one in said.items() if one is not None}
