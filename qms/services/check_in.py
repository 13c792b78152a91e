"""Check-in: somebody with an appointment has come, and gets a ticket in the queue that everybody waits in."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from acd.engine import appointment_key
from qms.domain.errors import Conflict, NotFound, Refused
from qms.domain.network import Branch, Network, Queue
from qms.domain.ticket import Ticket
from qms.domain.zones import wall_time, zone
from qms.services import devices
from qms.services.intake import TakeTicket
from qms.services.kiosk_tickets import Taken, placed, take
from qms.store import tickets
from qms.store.schema.booking import appointment as appointments
from qms.store.schema.booking import claim
from qms.store.tx import Tx

_QUERY = re.compile(r"[?#]")

MAY_CHECK_IN = ("scheduled", "confirmed", "no_show")
"""Whoever was marked as a no-show and comes after all is a walk-in, by being late."""

DEFAULT_MINUTES = {"credit_minutes": 15, "grace_minutes": 10, "early_minutes": 15}
"""What holds for an appointment that is of no service."""


def check_in(tx: Tx, *, token: str, code: str, language: str | None = None) -> Taken:
    """Turn an appointment of today into a ticket; asked again, the same one.

    `code` is the short code, or an address that ends with it (the QR of the confirmation).

    Raises:
        NotFound: no kiosk has this token, or no appointment at its branch this code.
        Conflict: the appointment is for another day, or over. BranchClosed, NoAgentAvailable: as for any ticket.
    """
    network, branch, kiosk = devices.kiosk(tx, token=token)
    tx.hold(branch.domain_id)
    row = _appointment(tx, network, branch, code_in(code))
    if row.ticket_id is not None and (ticket := tickets.get(tx, row.ticket_id)) is not None:
        return placed(tx, ticket)
    if row.state not in MAY_CHECK_IN:
        raise Conflict("appointment", row.state)
    if _day(branch, row.starts_at) != _day(branch, tx.now):
        raise Conflict("appointment", "another day")
    spoken = language or row.locale or next(iter(kiosk.languages), None)
    (taken,) = take(tx, [_item(tx, network, branch, row, spoken)])
    if isinstance(taken, Refused):
        raise taken
    _mark(tx, row, taken.ticket)
    return taken


def code_in(text: str) -> str:
    """The code in what was typed, scanned or pasted, as it is kept: in capitals, nothing around it."""
    path = _QUERY.split(text.strip())[0]
    return path.rstrip("/").rpartition("/")[2].upper()


def _appointment(tx: Tx, network: Network, branch: Branch, code: str) -> sa.Row[Any]:
    c = appointments.c
    ours = (c.account_id == network.account.id) & (c.code == code)
    here = c.branch_id.is_(None) | (c.branch_id == branch.id)
    lasting = c.state.in_((*MAY_CHECK_IN, "checked_in", "active"))
    newest = sa.select(appointments).where(ours & here & lasting).order_by(c.starts_at.desc()).limit(1)
    row = tx.execute(newest).first() if code.isprintable() else None
    if row is None:
        raise NotFound("appointment", "code")
    return row


def _item(tx: Tx, network: Network, branch: Branch, row: sa.Row[Any], language: str | None) -> TakeTicket:
    service = network.services.get(row.service_id or "")
    rules = service.rules if service is not None else {}
    credit, grace, early = (_minutes(rules, name) for name in ("credit_minutes", "grace_minutes", "early_minutes"))
    key, eligible_from = appointment_key(row.starts_at, tx.now, credit, grace, early)
    return TakeTicket(
        account=network.account.id,
        branch=branch.id,
        queue=_queue(network, branch, row).id,
        source="appointment",
        language=language,
        appointment=row.id,
        preferred_agent=_agent(tx, row.id),
        key=key,
        eligible_from=eligible_from,
    )


def _queue(network: Network, branch: Branch, row: sa.Row[Any]) -> Queue:
    service = network.services.get(row.service_id or "")
    queue = network.queues.get(row.queue_id or (service.queue_id if service is not None else ""))
    if queue is None or branch.id not in queue.branch_ids:
        raise NotFound("appointment", "code")
    return queue


def _agent(tx: Tx, appointment: str) -> str | None:
    """The agent whose time is taken, if it is one."""
    c = claim.c
    found = sa.select(c.agent_id).where((c.appointment_id == appointment) & c.active)
    agents = list(tx.execute(found.limit(2)).scalars())
    return agents[0] if len(agents) == 1 else None


def _day(branch: Branch, at: datetime) -> date:
    return wall_time(at, zone(branch.timezone)).date()


def _minutes(rules: Mapping[str, Any], name: str) -> timedelta:
    return timedelta(minutes=rules.get(name, DEFAULT_MINUTES[name]))


def _mark(tx: Tx, row: sa.Row[Any], ticket: Ticket) -> None:
    c = appointments.c
    values = {"state": "checked_in", "ticket_id": ticket.id, "ver": c.ver + 1, "updated_at": tx.now}
    same = (c.id == row.id) & (c.ver == row.ver)
    if tx.execute(appointments.update().where(same).values(values)).rowcount != 1:
        raise Conflict("appointment", "changed meanwhile")
