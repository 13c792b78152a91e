"""Telling what happened: the journal always, and a full snapshot for those who subscribe."""

import json
from collections.abc import Mapping
from typing import Any

from qms.domain.event import Event
from qms.domain.offer import Offer
from qms.domain.session import Session
from qms.domain.ticket import Ticket
from qms.domain.zones import utc_text
from qms.services.booking import following
from qms.services.payloads import (
    agent_payload,
    branch_payload,
    outcome_payload,
    poc_payload,
    queue_payload,
    submitted_form,
)
from qms.store import outbox
from qms.store.tx import Tx


def ticket_event(
    tx: Tx,
    name: str,
    ticket: Ticket,
    *,
    offer: Offer | None = None,
    measures: Mapping[str, str | float] | None = None,
    **data: Any,
) -> None:
    """Something happened to a ticket; whoever watches it, its branch or its routing domain is woken.

    The appointment that the ticket came from goes along.
    """
    if ticket.appointment_id is not None:
        following.follow(tx, ticket)
    payload = None
    if outbox.wanted(tx, ticket.account_id, name):
        payload = ticket_payload(tx, ticket, offer)
    tx.emit(
        Event(
            name=name,
            at=tx.now,
            account_id=ticket.account_id,
            entity=ticket.id,
            branch_id=ticket.branch_id,
            data={"state": ticket.state, "queue": ticket.queue_id, "agent": ticket.agent_id, **data},
            payload=payload,
            measures=measures or {},
        )
    )
    tx.tell(f"ticket:{ticket.id}", f"domain:{ticket.domain_id}", f"branch:{ticket.branch_id}")


def session_event(tx: Tx, name: str, session: Session) -> None:
    """Something happened to an agent's session."""
    network = tx.network(session.account_id)
    agent = network.agents.get(session.agent_id)
    poc = network.pocs.get(session.poc_id or "")
    payload = None
    if outbox.wanted(tx, session.account_id, name):
        state = {"id": session.id, "state": session.state, "reason": session.reason, "poc": poc_payload(poc)}
        payload = {"agent": agent_payload(agent), "session": state}
    tx.emit(
        Event(
            name=name,
            at=tx.now,
            account_id=session.account_id,
            entity=session.agent_id,
            data={"state": session.state, "reason": session.reason, "session": session.id},
            payload=payload,
        )
    )


def ticket_payload(tx: Tx, ticket: Ticket, offer: Offer | None) -> dict[str, Any]:
    """The snapshot of a ticket for subscribers; instants as ISO 8601 texts in UTC."""
    network = tx.network(ticket.account_id)
    queue = network.queues.get(ticket.queue_id)
    return {
        "ticket": {**_ticket_payload(ticket), "outcome": outcome_payload(queue, ticket.outcome)},
        "queue": queue_payload(queue),
        "branch": branch_payload(network.branches.get(ticket.branch_id or "")),
        "poc": poc_payload(network.pocs.get(ticket.poc_id or "")),
        "agent": agent_payload(network.agents.get(ticket.agent_id or "")),
        "offer": _offer_payload(offer),
        "form": submitted_form(tx, network, ticket.submission_id),
        "appointment": ticket.appointment_id,
    }


def _ticket_payload(ticket: Ticket) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "number": ticket.number,
        "state": ticket.state,
        "source": ticket.source,
        "class": ticket.ticket_class,
        "language": ticket.language,
        "created_at": utc_text(ticket.enqueued_at),
        "called_at": ticket.called_at and utc_text(ticket.called_at),
        "serving_since": ticket.serving_since and utc_text(ticket.serving_since),
        "ended_at": ticket.ended_at and utc_text(ticket.ended_at),
        "end_reason": ticket.end_reason,
        "integration_data": json.loads(ticket.integration_data) if ticket.integration_data is not None else None,
        "version": ticket.ver,
    }


def _offer_payload(offer: Offer | None) -> Mapping[str, Any] | None:
    if offer is None:
        return None
    answered = offer.answered_at and utc_text(offer.answered_at)
    return {"id": offer.id, "made_at": utc_text(offer.made_at), "answered_at": answered}
