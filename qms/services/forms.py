"""Forms: what a queue asks before a call or instead of one, and what was answered."""

from collections.abc import Mapping
from typing import Literal

from qms.domain.answers import Answer, check_answers
from qms.domain.errors import NotFound
from qms.domain.event import Event
from qms.domain.network import Form, Network
from qms.domain.zones import utc_text
from qms.services.payloads import queue_payload, submitted_form
from qms.store import outbox
from qms.store.schema.work import submission
from qms.store.tx import Tx

Kind = Literal["pre-call", "contact"]
"""Before a call: the queue's base form. Contact: its form for when nobody is available."""


def form_of(network: Network, queue: str, kind: Kind) -> Form:
    """The form that a queue asks for.

    Raises:
        NotFound: no such queue, or it has no such form.
    """
    line = network.queues.find(queue)
    form_id = line.form_id if kind == "pre-call" else line.contact_form_id
    form = network.forms.get(form_id or "")
    if form is None:
        raise NotFound("form", queue)
    return form


def checked(network: Network, queue: str, kind: Kind, answers: object) -> tuple[Answer, ...]:
    """The answers, if they fit the form.

    Raises:
        NotFound: the queue has no such form.
        UnknownField, FieldInvalid: they do not fit it.
    """
    return check_answers(form_of(network, queue, kind).fields, answers)


def save_submission(tx: Tx, *, account: str, queue: str, kind: Kind, answers: object) -> str:
    """Keep the answers to a queue's form; the submission's id, with which one ticket may be taken.

    Raises:
        NotFound, UnknownField, FieldInvalid: as for `checked`.
    """
    network = tx.network(account)
    line = network.queues.find(queue)
    form = form_of(network, queue, kind)
    row = {
        "id": tx.new_id(),
        "account_id": account,
        "form_id": form.id,
        "queue_id": line.id,
        "kind": kind,
        "values": check_answers(form.fields, answers),
        "created_at": tx.now,
    }
    tx.execute(submission.insert(), row)
    _tell(tx, network, row)
    return str(row["id"])


def _tell(tx: Tx, network: Network, row: Mapping[str, object]) -> None:
    id, account, queue = str(row["id"]), str(row["account_id"]), network.queues[str(row["queue_id"])]
    payload = None
    if outbox.wanted(tx, account, "form.received"):
        payload = {
            "submission": {"id": id, "kind": row["kind"], "created_at": utc_text(tx.now)},
            "queue": queue_payload(queue),
            "form": submitted_form(tx, network, id),
        }
    data = {"form": row["form_id"], "queue": queue.id, "kind": row["kind"]}
    tx.emit(Event(name="form.received", at=tx.now, account_id=account, entity=id, data=data, payload=payload))
