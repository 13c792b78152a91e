"""Holding a start, and booking it. Offered to somebody is bookable by him; the database has the last word."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from qms.domain.answers import Answer, check_answers
from qms.domain.appointment import Appointment, AppointmentState, TimeTaken
from qms.domain.customer import Person
from qms.domain.errors import Conflict, Gone
from qms.domain.ids import new_secret
from qms.domain.network import Agent, Form, Network, Service
from qms.services.booking import reminders, waiting
from qms.services.booking.bookables import agents_of, domains_of, group_of, rules_of
from qms.services.booking.codes import new_code
from qms.services.booking.day_sheets import DaySheets
from qms.services.booking.freeing import free
from qms.services.booking.people import add_customer, person_of
from qms.services.booking.seating import seat
from qms.services.booking.timing import timing
from qms.services.booking.told import appointment_event
from qms.services.booking.wishes import Wish
from qms.store import appointments, times
from qms.store.schema.work import submission
from qms.store.tx import Tx

HELD_FOR = timedelta(minutes=10)
"""As long as filling in a form may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A start that is kept for whoever has the token."""

    appointment: Appointment
    token: str


def hold(tx: Tx, *, account: str, wish: Wish, lasting: timedelta = HELD_FOR, instead_of: str | None = None) -> Held:
    """Keep a start for somebody who is still filling in a form; nobody else is offered it meanwhile.

    `instead_of`: the token of his earlier hold, which is given up.

    Raises:
        NotFound: no such service, or the agent does not give it. Conflict: the start is not offered.
    """
    network = tx.network(account)
    service = network.services.find(wish.service)
    earlier = held_by(tx, account=account, token=instead_of)
    offer = waiting.offer_behind(tx, earlier, service, wish.starts_at)
    agent = seat(tx, network, service, wish.starts_at, wish.agent, without=earlier)
    if earlier is not None:
        _give_up(tx, earlier, passed_up=offer is None)
    secret, until = new_secret(), tx.now + lasting
    wish = wish if offer is None else replace(wish, origin=waiting.ORIGIN)
    held = _new(tx, network, service, agent, wish, "held", hold_expires_at=until, hold_hash=_hashed(secret))
    appointments.add(tx, held)
    _take(tx, network, service, agent, held)
    appointment_event(tx, "held", held, until=until.isoformat(), agent=agent.id)
    kept = Held(appointment=held, token=f"{held.id}.{secret}")
    if offer is not None:
        waiting.prolong(tx, offer, held.id, kept.token, until)
    return kept


def held_by(tx: Tx, *, account: str, token: str | None) -> Appointment | None:
    """The hold that a token stands for, if it has not run out."""
    id, _, secret = (token or "").partition(".")
    held = appointments.held_by(tx, account, _hashed(secret), id) if secret else None
    return held if held is not None and held.hold_expires_at and tx.now < held.hold_expires_at else None


def let_go(tx: Tx, *, account: str, token: str) -> None:
    """Give up a hold: others may have the start.

    Raises:
        Gone: it has run out, or was given up.
    """
    held = held_by(tx, account=account, token=token)
    if held is None:
        raise Gone("hold", "expired")
    _give_up(tx, held)


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
            _give_up(tx, held)
        known = _known(tx, service, form, answers, wish)
        booked = appointments.add(tx, _new(tx, network, service, agent, wish, "scheduled", **known))
        _take(tx, network, service, agent, booked)
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


def _give_up(tx: Tx, held: Appointment, *, passed_up: bool = True) -> None:
    after = appointments.save(tx, held, held.expire(tx.now))
    free(tx, after)
    appointment_event(tx, "expired", after, because="given up")
    if passed_up:
        waiting.given_back(tx, after, "declined")


def _new(
    tx: Tx, network: Network, service: Service, agent: Agent, wish: Wish, state: AppointmentState, **more: Any
) -> Appointment:
    end = wish.starts_at + rules_of(network, service).duration
    return Appointment(
        id=tx.new_id(),
        account_id=network.account.id,
        application_id=wish.application,
        service_id=service.id,
        queue_id=service.queue_id,
        branch_id=service.branch_id,
        agent_id=agent.id,
        owner_id=agent.id,
        origin=wish.origin,
        state=state,
        title=service.title,
        anchor="wall",
        timezone=wish.timezone,
        locale=wish.locale,
        data=wish.data,
        created_at=tx.now,
        updated_at=tx.now,
        **timing(network, service, wish.starts_at.astimezone(UTC), end),
        **more,
    )


def _take(tx: Tx, network: Network, service: Service, agent: Agent, booked: Appointment) -> None:
    start, end = rules_of(network, service).blocked(booked.starts_at)
    time = TimeTaken(
        appointment_id=booked.id,
        agent_id=agent.id,
        group_id=group_of(network, service) or booked.id,
        blocked_start=start,
        blocked_end=end,
        expires_at=booked.hold_expires_at,
    )
    leap = times.take(tx, [time])[agent.id]
    DaySheets.of(network).enter(leap, time, booked.starts_at)


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


def _hashed(secret: str) -> str:
    """A secret of 128 random bits: a plain hash of it cannot be guessed backwards."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
