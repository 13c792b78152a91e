"""What subscribers are told about the things that something happened to: plain values, by the ids that callers know."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from qms.domain.customer import Customer
from qms.domain.network import Agent, Branch, Network, Poc, Queue
from qms.domain.zones import utc_text
from qms.store.schema.work import submission
from qms.store.tx import Tx


def queue_payload(queue: Queue | None) -> Mapping[str, Any] | None:
    """A queue for subscribers."""
    return None if queue is None else {"id": queue.public_id, "key": queue.key, "name": queue.name}


def outcome_payload(queue: Queue | None, key: str | None) -> Mapping[str, Any] | None:
    """What came of a visit for subscribers; by its key where the queue no longer has it."""
    if key is None:
        return None
    return {"key": key, "name": queue.outcomes.get(key, key) if queue is not None else key}


def branch_payload(branch: Branch | None) -> Mapping[str, Any] | None:
    """A branch for subscribers; `location` is latitude, longitude."""
    if branch is None:
        return None
    location = [branch.latitude, branch.longitude]
    named = {"id": branch.public_id, "key": branch.key, "name": branch.name, "label": branch.label}
    return {**named, "address": branch.address, "location": location}


def poc_payload(poc: Poc | None) -> Mapping[str, Any] | None:
    """A point of contact for subscribers."""
    return None if poc is None else {"id": poc.public_id, "key": poc.key, "label": poc.label}


def agent_payload(agent: Agent | None) -> Mapping[str, Any] | None:
    """An agent for subscribers."""
    if agent is None:
        return None
    named = {"id": agent.public_id, "key": agent.key, "firstname": agent.firstname, "lastname": agent.lastname}
    return {**named, "email": agent.email}


def customer_payload(customer: Customer) -> Mapping[str, Any]:
    """A customer for subscribers."""
    names = {"firstname": customer.firstname, "lastname": customer.lastname, "username": customer.username}
    reached = {"email": customer.email, "phone": customer.phone}
    return {"id": customer.id, **names, **reached, "created_at": utc_text(customer.created_at)}


def submitted_form(tx: Tx, network: Network, submission_id: str | None) -> list[dict[str, Any]]:
    """What the visitor said in the form: the form's fields with their values, in the form's order."""
    if submission_id is None:
        return []
    c = submission.c
    row = tx.execute(sa.select(c.form_id, c["values"]).where(c.id == submission_id)).first()
    form = network.forms.get(row.form_id) if row is not None else None
    if row is None or form is None:
        return []
    said = {answer.get("_id"): answer.get("value") for answer in row[1] if isinstance(answer, dict)}
    return [{**field, "value": said.get(field["_id"])} for field in form.fields]
