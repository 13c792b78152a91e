"""What callers say about an appointment, out of this dialect's fields into ours."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec

from qms.domain.contact import is_email
from qms.domain.customer import Person
from qms.domain.errors import NotFound
from qms.domain.ids import from_uuid
from qms.domain.network import Keyed, Network, Shelf
from qms.services.booking.booked import Booked
from qms.services.booking.revising import Revision
from qms.services.booking.staff import Meeting
from qms_gateway.dialects.voki import wire
from qms_gateway.dialects.voki.caller import Caller
from qms_gateway.dialects.voki.casting import BLANK, MISSING, WORDS, Casting
from qms_gateway.dialects.voki.errors import FUTURE

ORIGIN = "voki"
USUAL_MINUTES, MOST_MINUTES = 30, 44_640
LONGEST_EMAIL, LONGEST_PHONE = 320, 40
CUSTOMER = {"name": "customer_name", "email": "customer_email", "phone": "customer_phone"}

T = TypeVar("T", bound=Keyed)


def new(said: Casting, caller: Caller, now: datetime) -> Meeting:
    """An appointment to be made; the caller gives it, unless somebody else is named.

    Raises:
        Unusable: something is wrong with what is said.
    """
    title, start = said.text("title", required=True) or "", said.instant("scheduled_at", required=True) or now
    if start <= now and "scheduled_at" not in said.errors:
        said.wrong("scheduled_at", FUTURE)
    minutes = said.between("duration_minutes", 1, MOST_MINUTES) or USUAL_MINUTES
    queue = named(said, "department_id", caller.network.queues, required=True)
    agent = named(said, "user_id", caller.network.agents) or caller.agent.id
    customer = _customer(said)
    person = {} if said.given("customer_id") else person_of(said, CUSTOMER)
    data = words_of(said)
    said.check()
    return Meeting(
        title=title,
        starts_at=start,
        ends_at=start + timedelta(minutes=minutes),
        timezone=caller.network.account.timezone,
        origin=ORIGIN,
        agents=(agent,),
        queue=queue,
        customer=customer,
        person=Person(**person),  # type: ignore[arg-type]  # only names of texts
        data=data,
    )


def revision(said: Casting, network: Network, before: Booked, now: datetime) -> Revision:
    """What is to be otherwise about an appointment (K-4).

    Raises:
        Unusable: something is wrong with what is said.
    """
    start, was = said.instant("scheduled_at", required=True), before.appointment.starts_at.replace(microsecond=0)
    if start is not None and start <= now and start != was:
        said.wrong("scheduled_at", FUTURE)
    minutes, customer = said.between("duration_minutes", 1, MOST_MINUTES), _customer(said)
    person = {} if said.given("customer_id") else person_of(said, CUSTOMER)
    if person and before.customer is None and CUSTOMER["name"] not in said:
        said.wrong(CUSTOMER["name"], BLANK)
    changes = Revision(
        title=said.text("title", required=True),
        data=words_of(said),
        starts_at=start if start != was else None,
        lasting=None if minutes is None else timedelta(minutes=minutes),
        queue=named(said, "department_id", network.queues, required=True),
        agent=named(said, "user_id", network.agents),
        customer=customer,
        person=person,
    )
    said.check()
    return changes


def unlike(body: Mapping[str, Any], shown: wire.Appointment) -> dict[str, Any]:
    """What a body says otherwise than the appointment is shown: callers send back all that they have read."""
    known = msgspec.structs.asdict(shown)
    return {name: value for name, value in body.items() if name not in known or known[name] != value}


def words_of(said: Casting) -> dict[str, Any]:
    """Description and notes, where they are said."""
    texts = {name: said.text(name, most=WORDS) for name in ("description", "notes")}
    return {name: text for name, text in texts.items() if name in said}


def person_of(said: Casting, names: Mapping[str, str]) -> dict[str, str | None]:
    """What is said about a customer, by a person's fields; `names`: in which fields it stands."""
    whole, email = said.text(names["name"], required=True), said.text(names["email"], most=LONGEST_EMAIL)
    if email is not None and not is_email(email):
        said.wrong(names["email"], "has invalid format")
    first, _, last = (whole or "").strip().partition(" ")
    found: dict[str, dict[str, str | None]] = {
        "name": {"firstname": first or None, "lastname": last or None},
        "email": {"email": email},
        "phone": {"phone": said.text(names["phone"], most=LONGEST_PHONE)},
    }
    return {field: value for what, fields in found.items() if names[what] in said for field, value in fields.items()}


def _customer(said: Casting) -> str | None:
    """The customer's id, if one is named; whether there is such a one, the database says."""
    text = said.uuid("customer_id")
    id = None if text is None else from_uuid(text)
    if text is not None and id is None:
        said.wrong("customer_id", MISSING)
    return id


def named(said: Casting, name: str, shelf: Shelf[T], *, required: bool = False) -> str | None:
    """The id of the thing that a field names."""
    text = said.uuid(name, required=required)
    try:
        return None if text is None else shelf.find(text).id
    except NotFound:
        said.wrong(name, MISSING)
        return None
