"""Booking a start, held or not. Offered to somebody is bookable by him; the database has the last word."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from qms.domain.answers import Answer, check_answers
from qms.domain.appointment import Appointment
from qms.domain.customer import Person
from qms.domain.errors import Conflict
from qms.domain.network import Agent, Form, Service
from qms.services.booking import reminders, waiting
from qms.services.booking.bookables import agents_of, domains_of
from qms.services.booking.codes import new_code
from qms.services.booking.holds import give_up, held_by
from qms.services.booking.people import add_customer, person_of
from qms.services.booking.placing import put_down
from qms.services.booking.seating import seat
from qms.services.booking.told import appointment_event
from qms.services.booking.wishes import Wish
from qms.store import appointments, times
from qms.store.schema.work import submission
from qms.store.tx import Tx


def book(tx: Tx, *, account: str, wish: Wish, hold: str | None = None) -> Appointment:
    """Book a start. With the token of a hold on it, it is the held one; a hold on another is given up.

    Raises:
        NotFound: no such service, or the agent does not give it.
        UnknownField, FieldInvalid: the answers do not fit the service's form.
        Conflict: the start is not offered (any more).
    """
    network = tx.network(account)
    service = network.services.find(wish.service)
    agents = agents_of(network, service, wish.agent)
    form = network.forms.get(service.form_id or "")
    answers = () if wish.answers is None else check_answers(form.fields if form else (), wish.answers)
    for domain in domains_of(network, agents):
        tx.hold(domain)
    held = held_by(tx, account=account, token=hold)
    if held is not None and _is(held, service, agents, wish.starts_at, tx.now):
        booked = _take_over(tx, held, wish, _known(tx, service, form, answers, wish))
    else:
        agent = seat(tx, network, service, wish.starts_at, wish.agent, without=held)
        if held is not None:
            give_up(tx, held)
        known = _known(tx, service, form, answers, wish)
        booked = put_down(tx, network, service, agent, wish, "scheduled", **known)
    people = (("AGENT", booked.agent_id), ("CUSTOMER", booked.customer_id))
    appointments.add_participants(tx, booked.id, [(kind, id) for kind, id in people if id is not None])
    reminders.write(tx, network, booked)
    appointment_event(tx, "created", booked, agent=booked.agent_id, origin=booked.origin)
    return booked


def _is(held: Appointment, service: Service, agents: Sequence[Agent], start: datetime, now: datetime) -> bool:
    same = held.service_id == service.id and held.starts_at == start and now < start
    return same and held.agent_id in {agent.id for agent in agents}


def _known(tx: Tx, service: Service, form: Form | None, answers: Sequence[Answer], wish: Wish) -> dict[str, Any]:
    """What is known once somebody books, and not yet when he holds: who he is, and his code."""
    return {
        "code": new_code(tx, service.account_id),
        "customer_id": add_customer(tx, service.account_id, _merged(person_of(form, answers), wish.person)).id,
        "submission_id": _submit(tx, service, answers) if answers else None,
    }


def _take_over(tx: Tx, held: Appointment, wish: Wish, known: dict[str, Any]) -> Appointment:
    said = {"origin": wish.origin, "timezone": wish.timezone, "locale": wish.locale, "data": wish.data}
    booked = appointments.save(tx, held, held.book(tx.now, **said, **known))
    for time in times.times_of(tx, held.id):
        if not time.active:  # it ran out in this very moment
            raise Conflict("slot", "not offered")
        times.retime(tx, time, expires_at=None)
    waiting.taken(tx, held)
    return booked


def _submit(tx: Tx, service: Service, answers: Sequence[Answer]) -> str:
    row = {
        "id": tx.new_id(),
        "account_id": service.account_id,
        "form_id": service.form_id,
        "queue_id": service.queue_id,
        "kind": "appointment",
        "values": answers,
        "created_at": tx.now,
    }
    tx.execute(submission.insert(), row)
    return str(row["id"])


def _merged(told: Person, given: Person) -> Person:
    """What is given goes before what the answers tell."""
    fields = {name: getattr(given, name) or getattr(told, name) for name in Person.__dataclass_fields__}
    return Person(**fields)
