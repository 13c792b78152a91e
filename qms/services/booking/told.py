"""Telling what happened to an appointment: the journal always, and a full snapshot for those who subscribe."""

from typing import Any

import sqlalchemy as sa

from qms.domain.appointment import Appointment
from qms.domain.customer import Customer
from qms.domain.event import Event
from qms.domain.network import Network, Service
from qms.domain.participant import Party
from qms.domain.zones import utc_text
from qms.services.notification.noticing import notice
from qms.services.notification.occasions import KINDS, Occasion
from qms.services.payloads import agent_payload, branch_payload, queue_payload, submitted_form
from qms.store import appointments, outbox, participants
from qms.store.schema.reaching import waiting_room
from qms.store.tx import Tx


def appointment_event(
    tx: Tx, what: str, appointment: Appointment, *, before: Appointment | None = None, **data: Any
) -> None:
    """Something happened to an appointment: `what` as in `appointment.<what>`. Who is to be told will be.

    `before`: as it was at another time, where it was moved.
    """
    if what in KINDS:
        notice(tx, [Occasion(what=what, appointment=appointment, data=data)])
    journalled(tx, what, appointment, before=before, **data)


def journalled(tx: Tx, what: str, appointment: Appointment, *, before: Appointment | None = None, **data: Any) -> None:
    """The same, but that people are told of it by messages; whoever watches it is woken."""
    name = f"appointment.{what}"
    payload = None
    if outbox.wanted(tx, appointment.account_id, name):
        payload = appointment_payload(tx, appointment)
        if before is not None:
            payload["moved_from"] = {"start_at": utc_text(before.starts_at), "end_at": utc_text(before.ends_at)}
    if before is not None:
        data["moved_from"] = utc_text(before.starts_at)
    tx.emit(
        Event(
            name=name,
            at=tx.now,
            account_id=appointment.account_id,
            entity=appointment.id,
            branch_id=appointment.branch_id,
            data={"state": appointment.state, "starts_at": utc_text(appointment.starts_at), **data},
            payload=payload,
        )
    )
    tx.tell(f"appointment:{appointment.id}")


def appointment_payload(tx: Tx, appointment: Appointment) -> dict[str, Any]:
    """The snapshot of an appointment for subscribers; instants as ISO 8601 texts in UTC."""
    network = tx.network(appointment.account_id)
    customer = appointments.get_customer(tx, appointment.customer_id) if appointment.customer_id else None
    return {
        "appointment": _appointment(network, appointment),
        "application": appointment.application_id or next(iter(network.applications), None),
        "participants": [_party(network, party) for party in participants.of(tx, appointment.id)],
        "owner": _owner(network, appointment),
        "room": _room(tx, appointment),
        "queue": queue_payload(network.queues.get(appointment.queue_id or "")),
        "branch": branch_payload(network.branches.get(appointment.branch_id or "")),
        "agent": agent_payload(network.agents.get(appointment.agent_id or "")),
        "customer": _customer(customer),
        "form": submitted_form(tx, network, appointment.submission_id),
        "ticket": appointment.ticket_id,
    }


def _appointment(network: Network, it: Appointment) -> dict[str, Any]:
    return {
        "id": it.id,
        "state": it.state,
        "title": it.title,
        "origin": it.origin,
        "service": _service(network.services.get(it.service_id or "")),
        "start_at": utc_text(it.starts_at),
        "end_at": utc_text(it.ends_at),
        "timezone": it.timezone,
        "locale": it.locale,
        "code": it.code,
        "cancel_reason": it.end_reason,
        "created_at": utc_text(it.created_at),
        "updated_at": utc_text(it.updated_at),
        "version": it.ver,
        "data": dict(it.data),
    }


def _party(network: Network, party: Party) -> dict[str, str]:
    """Who takes part, by the id that callers know."""
    agent = network.agents.get(party.id)
    return {"id": agent.public_id if agent is not None else party.id, "kind": party.kind}


def _owner(network: Network, it: Appointment) -> dict[str, str] | None:
    if it.owner_id is None:
        return None
    return _party(network, Party("CUSTOMER" if it.owned_by_customer else "AGENT", it.owner_id))


def _room(tx: Tx, it: Appointment) -> dict[str, str] | None:
    """Where one waits for it, once that is open; whoever has the address can enter."""
    c = waiting_room.c
    row = tx.execute(sa.select(c.url, c.expires_at).where(c.appointment_id == it.id, c.opened_at.is_not(None))).first()
    return None if row is None else {"url": row.url, "expires_at": utc_text(row.expires_at)}


def _service(service: Service | None) -> dict[str, Any] | None:
    if service is None:
        return None
    named = {"id": service.public_id, "key": service.key, "title": service.title}
    return {**named, "description": service.description}


def _customer(customer: Customer | None) -> dict[str, Any] | None:
    return None if customer is None else {"id": customer.id, **customer.known()}
