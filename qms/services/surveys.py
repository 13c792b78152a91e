"""Surveys: what is asked after a call or an appointment, and what was answered, once each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from qms.domain.answers import check_answers
from qms.domain.errors import Conflict, NotFound
from qms.domain.event import Event
from qms.domain.ids import derived_id, is_id
from qms.domain.network import Form, Network
from qms.domain.zones import utc_text
from qms.services.payloads import queue_payload, submitted_form
from qms.store import appointments, calls_answered, outbox
from qms.store.schema.work import submission
from qms.store.tx import Tx

Entity = Literal["queue", "service"]

UNBOOKED = frozenset({"held", "expired"})
"""The states of an appointment that nobody has made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a survey is about: a ticket that was called, or an appointment; and who asks, a queue or a service."""

    kind: Literal["call", "appointment"]
    id: str
    entity: Entity
    asked_by: str
    queue: str | None
    ticket: str | None


def survey_of(network: Network, entity: Entity, key: str) -> Form:
    """The survey that a queue or a service asks.

    Raises:
        NotFound: no such queue or service, or it asks none.
    """
    named: Mapping[str, Any]
    named = network.queues.find(key).settings if entity == "queue" else network.services.find(key).rules
    form = network.forms.get(named.get("survey") or "")
    if form is None:
        raise NotFound("survey", key)
    return form


def save_survey(tx: Tx, *, account: str, call: str | None, appointment: str | None, answers: object) -> str:
    """Keep the answers about a call (by the id of its answered offer, or of its ticket) or else an appointment.

    Raises:
        NotFound: no such call or appointment (kind `subject`), or no survey is asked about it.
        Conflict: it was answered before.
        UnknownField, FieldInvalid: the answers do not fit the survey.
    """
    subject = _of_call(tx, account, call) if call is not None else _of_appointment(tx, account, appointment or "")
    form = survey_of(tx.network(account), subject.entity, subject.asked_by)
    id = derived_id(
        account, "survey", f"{subject.kind}/{subject.id}"
    )  # the same for the same: the table's key referees
    if tx.execute(submission.select().where(submission.c.id == id)).first() is not None:
        raise Conflict("survey", "already answered")
    row = {
        "id": id,
        "account_id": account,
        "form_id": form.id,
        "queue_id": subject.queue,
        "kind": "survey",
        "values": check_answers(form.fields, answers),
        "created_at": tx.now,
        "ticket_id": subject.ticket,
    }
    tx.execute(submission.insert(), row)
    _tell(tx, subject, row)
    return id


def _tell(tx: Tx, subject: Subject, row: Mapping[str, Any]) -> None:
    id, account, network = row["id"], row["account_id"], tx.network(row["account_id"])
    payload = None
    if outbox.wanted(tx, account, "survey.received"):
        queue = network.queues.get(subject.queue or "")
        payload = {
            "submission": {"id": id, "kind": row["kind"], "created_at": utc_text(tx.now)},
            "subject": {subject.kind: subject.id},
            "queue": None if queue is None else queue_payload(queue),
            "form": submitted_form(tx, network, id),
        }
    data = {"form": row["form_id"], "queue": subject.queue, subject.kind: subject.id}
    tx.emit(Event(name="survey.received", at=tx.now, account_id=account, entity=id, data=data, payload=payload))


def _of_call(tx: Tx, account: str, id: str) -> Subject:
    call = calls_answered.find(tx, account, id) if is_id(id) else None
    if call is None:
        raise NotFound("subject", id)
    return Subject(
        kind="call",
        id=call.ticket_id,
        entity="queue",
        asked_by=call.queue_id,
        queue=call.queue_id,
        ticket=call.ticket_id,
    )


def _of_appointment(tx: Tx, account: str, id: str) -> Subject:
    found = appointments.get(tx, id) if is_id(id) else None
    if found is None or found.account_id != account or found.state in UNBOOKED:
        raise NotFound("subject", id)
    by_service = found.service_id is not None
    return Subject(
        kind="appointment",
        id=found.id,
        entity="service" if by_service else "queue",
        asked_by=found.service_id or found.queue_id or "",
        queue=found.queue_id,
        ticket=found.ticket_id,
    )
