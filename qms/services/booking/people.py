"""Who books: what the answers to a form say about the person, and the customer that is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from qms.domain.customer import Customer, Person
from qms.domain.event import Event
from qms.domain.network import Form
from qms.services.payloads import customer_payload
from qms.store import appointments, outbox
from qms.store.tx import Tx

LIKE = {"email": "email", "tel": "phone"}
"""The type of a field → what it says about a person, whatever its name."""

_NAMED = ("firstname", "lastname", "email", "phone")
_LONGEST = {"email": 320, "phone": 40}


def person_of(form: Form | None, answers: Sequence[Mapping[str, Any]]) -> Person:
    """The person that the answers to a form speak of: the first field of a telling type, else of a telling name."""
    said = {str(answer["_id"]): answer["value"] for answer in answers}
    told: dict[str, str] = {}
    fields = [field for field in (form.fields if form else ()) if isinstance(said.get(str(field["_id"])), str)]
    for field in sorted(fields, key=lambda field: field.get("type") not in LIKE):
        name = LIKE.get(str(field.get("type")), str(field.get("name", "")).lower())
        value = said[str(field["_id"])].strip()
        if name in _NAMED and value and len(value) <= _LONGEST.get(name, len(value)):
            told.setdefault(name, value)
    return Person(**told)  # type: ignore[arg-type]  # only names of texts


def add_customer(tx: Tx, account: str, person: Person) -> Customer:
    """Keep a person as a new customer; nobody is merged."""
    said = {name: getattr(person, name) for name in Person.__dataclass_fields__}
    new = appointments.add_customer(tx, Customer(id=tx.new_id(), account_id=account, created_at=tx.now, **said))
    name = "customer.created"
    payload = {"customer": customer_payload(new)} if outbox.wanted(tx, account, name) else None
    tx.emit(Event(name=name, at=tx.now, account_id=account, entity=new.id, payload=payload))
    return new


def correct_customer(tx: Tx, account: str, id: str, said: Mapping[str, str | None]) -> bool:
    """Say other things about a customer: whatever of a person is named; whether anything was different.

    Raises:
        NotFound: the account has none with this id.
    """
    before = appointments.customer_of(tx, account, id)
    after = replace(before, **said)  # type: ignore[arg-type]  # only names of texts
    if after != before:
        appointments.save_customer(tx, before, after)
    return after != before
