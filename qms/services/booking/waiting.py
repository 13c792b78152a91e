"""Standing in line for a day that is full: joining, where one stands, and what becomes of an offer."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from qms.domain import contact
from qms.domain.appointment import Appointment
from qms.domain.customer import Person
from qms.domain.errors import Conflict, Invalid, NotFound
from qms.domain.event import Event
from qms.domain.ids import new_secret
from qms.domain.network import Network, Service
from qms.domain.slots import day_window
from qms.domain.waiting import IN_LINE, Entry
from qms.domain.zones import read_zone, utc_text
from qms.services.booking import availability
from qms.services.booking.bookables import agents_of, domains_of, domains_of_service, rules_of, zone_of
from qms.services.booking.finding import domains_of_appointment
from qms.services.payloads import agent_payload, branch_payload
from qms.store import outbox
from qms.store import waitlist as lines
from qms.store.tx import Tx

ORIGIN = "waitlist"
"""Where the hold of an offer comes from."""

MOST_PER_DAY = 50
"""So many may wait for a service on a day: who came later would hardly be reached."""

MOST_PER_PERSON = 10
"""In so many lines of an account somebody may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiter:
    """Who waits for what: a service, with a chosen agent or any, on a date in his zone; by id or key."""

    service: str
    day: date
    timezone: str
    person: Person
    agent: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An entry as it stands: the place in line, from 1, while there is one."""

    entry: Entry
    network: Network
    service: Service | None
    place: int | None


def join(tx: Tx, *, account: str, waiter: Waiter) -> Entry:
    """Stand in line for a day on which nothing is free.

    Raises:
        NotFound: no such service, or the agent does not give it. Invalid: there is nothing to reach the person by.
        Conflict: of kind `waitlist`: the day is "past" or too "far", is "closed" or "not full", he is "joined" already,
            the line is "full", or he stands in too "many".
    """
    network = tx.network(account)
    service = network.services.find(waiter.service)
    agents = agents_of(network, service, waiter.agent)
    held = domains_of(network, agents)
    for domain in held:
        tx.hold(domain)
    new = _new(tx, network, service, waiter, agents[0].id if waiter.agent else None, held)
    _refuse_what_needs_no_waiting(tx, network, service, waiter, new)
    if len(lines.line(tx, account, service.id, new.day)) >= MOST_PER_DAY:
        raise Conflict("waitlist", "full")
    if lines.of_contact(tx, account, new.contact) >= MOST_PER_PERSON:
        raise Conflict("waitlist", "many")
    if not lines.add(tx, new):
        raise Conflict("waitlist", "joined")
    waitlist_event(tx, "joined", new)
    return new


def entry_of(tx: Tx, *, account: str, link: str) -> Entry:
    """The entry that a link opens.

    Raises:
        NotFound: there is none.
    """
    found = lines.with_link(tx, account, link)
    if found is None:
        raise NotFound("waitlist entry", link)
    return found


def standing(tx: Tx, *, account: str, link: str) -> Standing:
    """Where somebody stands, by his link.

    Raises:
        NotFound: there is no such link.
    """
    entry, network = entry_of(tx, account=account, link=link), tx.network(account)
    place = None
    if entry.state in IN_LINE:
        ids = [one.id for one in lines.line(tx, account, entry.service_id, entry.day)]
        place = ids.index(entry.id) + 1
    return Standing(entry=entry, network=network, service=network.services.get(entry.service_id), place=place)


def given_back(tx: Tx, hold: Appointment, because: str) -> None:
    """A hold was given up, or has run out: if it was an offer to somebody who waits, he has passed it up."""
    if hold.origin == ORIGIN and (entry := lines.offered_as(tx, hold.id)) is not None:
        pass_up(tx, entry, because)


def taken(tx: Tx, hold: Appointment) -> None:
    """A hold was booked: if it was an offer to somebody who waits, he has got what he waited for."""
    if hold.origin == ORIGIN and (entry := lines.offered_as(tx, hold.id)) is not None:
        waitlist_event(tx, "accepted", lines.save(tx, entry, entry.accepted(tx.now)))


def offer_behind(tx: Tx, hold: Appointment | None, service: Service, start: datetime) -> Entry | None:
    """The entry to which a hold is offered, where its start is the one wanted now: he only asks for more time."""
    if hold is None or hold.origin != ORIGIN or (hold.service_id, hold.starts_at) != (service.id, start):
        return None
    return lines.offered_as(tx, hold.id)


def prolong(tx: Tx, entry: Entry, appointment: str, token: str, until: datetime) -> None:
    """What is offered is held by another hold from now on, for longer."""
    lines.save(tx, entry, entry.prolonged(appointment, token, until))


def pass_up(tx: Tx, entry: Entry, because: str) -> Entry:
    """What was offered is not wanted, or was not answered: he waits on, unless it was the last time."""
    after = lines.save(tx, entry, entry.passed(tx.now))
    if after.state == "expired":
        waitlist_event(tx, "expired", after, because=because)
    tx.tell(f"waitlist:{entry.id}")
    return after


def domains_of_line(tx: Tx, network: Network, entry: Entry) -> tuple[str, ...]:
    """The domains of everybody who gives the service: whoever is next in line may want any of them."""
    if entry.service_id not in network.services:
        return ()
    of_service = domains_of_service(network, entry.service_id)
    if entry.appointment_id is None:
        return of_service
    held = domains_of_appointment(tx, account=entry.account_id, id=entry.appointment_id)
    return tuple(sorted({*of_service, *held}))


def page_of(network: Network, entry: Entry) -> str:
    """The path of the page on which somebody sees where he stands, and answers."""
    return f"/book/{network.account.slug}/wait/{entry.link}"


def waitlist_event(tx: Tx, what: str, entry: Entry, **data: Any) -> None:
    """Something happened to an entry: `what` as in `waitlist.<what>`. The link is for those who subscribe only."""
    name = f"waitlist.{what}"
    network = tx.network(entry.account_id)
    service = network.services.get(entry.service_id)
    start = _text(entry.offered_start)
    payload = None
    if outbox.wanted(tx, entry.account_id, name):
        payload = {**_payload(network, service, entry), **data}
    tx.emit(
        Event(
            name=name,
            at=tx.now,
            account_id=entry.account_id,
            entity=entry.id,
            branch_id=service.branch_id if service else None,
            data={"state": entry.state, "service": entry.service_id, "day": entry.day, "start": start, **data},
            payload=payload,
        )
    )
    tx.tell(f"waitlist:{entry.id}")


def _payload(network: Network, service: Service | None, entry: Entry) -> dict[str, Any]:
    named = {"id": service.public_id, "key": service.key, "title": service.title} if service else None
    return {
        "entry": {
            "id": entry.id,
            "state": entry.state,
            "date": entry.day,
            "timezone": entry.timezone,
            "locale": entry.locale,
            "offered_start": _text(entry.offered_start),
            "offered_until": _text(entry.offered_until),
            "page": page_of(network, entry),
            "created_at": utc_text(entry.created_at),
            "version": entry.ver,
        },
        "service": named,
        "branch": branch_payload(network.branches.get(service.branch_id or "") if service else None),
        "agent": agent_payload(network.agents.get(entry.agent_id or "")),
        "customer": dict(entry.person),
        "appointment": entry.appointment_id,
    }


def _text(at: datetime | None) -> str | None:
    return utc_text(at) if at else None


def _new(
    tx: Tx, network: Network, service: Service, waiter: Waiter, agent: str | None, domains: tuple[str, ...]
) -> Entry:
    known = waiter.person.known()
    reached_by = known.get("email") or known.get("phone")
    if reached_by is None or not (contact.is_email(reached_by) or contact.is_phone(reached_by)):
        raise Invalid("contact", "an e-mail address or a telephone number")
    if waiter.day.year not in availability.YEARS:
        raise Conflict("waitlist", "far")
    window = day_window(waiter.day, read_zone(waiter.timezone))
    return Entry(
        id=tx.new_id(),
        account_id=network.account.id,
        service_id=service.id,
        agent_id=agent,
        day=waiter.day.isoformat(),
        timezone=waiter.timezone,
        begins_at=window.start,
        over_at=window.end,
        contact=contact.normal(reached_by),
        person=known,
        locale=waiter.locale,
        link=new_secret(),
        state="waiting",
        seq=tx.next_seq(domains[0]) if domains else 0,
        created_at=tx.now,
    )


def _refuse_what_needs_no_waiting(tx: Tx, network: Network, service: Service, waiter: Waiter, new: Entry) -> None:
    first, last = rules_of(network, service).allowed(tx.now, zone_of(network, service))
    if new.over_at <= first:
        raise Conflict("waitlist", "past")
    if new.begins_at > last:
        raise Conflict("waitlist", "far")
    account, where, day, agent = network.account.id, read_zone(waiter.timezone), waiter.day, new.agent_id
    if not availability.is_given(tx, account=account, service=service.id, day=day, where=where, agent=agent):
        raise Conflict("waitlist", "closed")
    if availability.starts(tx, account=account, service=service.id, day=day, where=where, agent=agent):
        raise Conflict("waitlist", "not full")
