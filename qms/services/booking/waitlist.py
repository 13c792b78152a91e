"""Serving the waitlist: whoever is first in line is offered what has become free, and says whether he takes it.

What frees a start offers it in the same transaction, so that nobody comes in between; what becomes free in other ways
(a hold given up for another, a schedule that has changed) is found by the timer. An offer is a hold, like anybody's.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from qms.domain.appointment import Appointment
from qms.domain.customer import Person
from qms.domain.errors import Conflict, Gone, NotFound
from qms.domain.network import Agent, Network
from qms.domain.waiting import IN_LINE, OFFERED_FOR, Entry
from qms.domain.zones import read_zone
from qms.services.booking import availability, bookings
from qms.services.booking.bookables import domains_of_service, services_of
from qms.services.booking.finding import domains_of_appointment
from qms.services.booking.waiting import ORIGIN, entry_of, pass_up, waitlist_event
from qms.services.booking.wishes import Wish
from qms.store import times
from qms.store import waitlist as lines
from qms.store.tx import Tx

MOST = 200
SAFELY = timedelta(days=1)
"""Days of visitors in other zones may begin so much earlier and end so much later than the time that was freed."""


What = Literal["lapse", "over", "offer"]


class Turn(NamedTuple):
    """Something that is due for an entry, and the routing domains to hold for it."""

    what: What
    account: str
    entry: str
    domains: tuple[str, ...]


def offer_freed(tx: Tx, freed: Appointment) -> None:
    """An appointment does not take its agents' time any more: offer it to those who wait for that day."""
    times_of_it = times.times_of(tx, freed.id)
    offer_time(tx, freed.account_id, {time.agent_id for time in times_of_it}, freed.starts_at, freed.ends_at)


def offer_time(tx: Tx, account: str, agents: Iterable[str], start: datetime, end: datetime) -> None:
    """Time of some agents, whose routing domains are held, has become free: offer it, first come, first served."""
    if end <= tx.now or not lines.anybody(tx, account, start - SAFELY, end + SAFELY):
        return
    network = tx.network(account)
    for agent in sorted(agents):
        one = network.agents.get(agent)
        if one is not None and one.domain_id in tx.domains:  # else the timer finds it: nobody is held up for this
            given = [service.id for service in services_of(network, one)]
            _serve(tx, network, lines.waiting(tx, account, given, start - SAFELY, end + SAFELY), one)


def accept(tx: Tx, *, account: str, link: str, answers: object = None, person: Person | None = None) -> Appointment:
    """Book what is offered; who waits is known, `person` and `answers` may say more.

    Raises:
        NotFound: no such link. Gone: nothing is offered (any more).
        UnknownField, FieldInvalid: the answers do not fit the service's form.
    """
    entry = _offered(tx, account, link)
    known = Person(**{**entry.person, **(person.known() if person else {})})
    wish = Wish(
        service=entry.service_id,
        starts_at=_start(entry),
        timezone=entry.timezone,
        origin="page",
        locale=entry.locale,
        answers=answers,
        person=known,
        agent=_agent_of(tx, entry),
    )
    try:
        return bookings.book(tx, account=account, wish=wish, hold=entry.hold_token)
    except Conflict:
        raise Gone("offer", "expired") from None


def decline(tx: Tx, *, account: str, link: str) -> Entry:
    """He does not want what is offered: it goes to the next in line, and he waits on.

    Raises:
        NotFound: no such link. Gone: nothing is offered (any more).
    """
    entry = _offered(tx, account, link)
    _let_go(tx, entry)
    return entry_of(tx, account=account, link=link)


def leave(tx: Tx, *, account: str, link: str) -> Entry:
    """He waits no more; what is offered to him goes to the next in line.

    Raises:
        NotFound: no such link. Gone: he has not waited for some time.
    """
    entry = entry_of(tx, account=account, link=link)
    if entry.state not in IN_LINE:
        raise Gone("waitlist", entry.state)
    for domain in domains_of_entry(tx, account=account, link=link):
        tx.hold(domain)
    left = lines.save(tx, entry, entry.ended("left", tx.now))
    _let_go(tx, entry)
    tx.tell(f"waitlist:{entry.id}")
    return left


def domains_of_entry(tx: Tx, *, account: str, link: str) -> tuple[str, ...]:
    """The routing domains to hold for what somebody does who waits.

    Raises:
        NotFound: no such link.
    """
    entry = entry_of(tx, account=account, link=link)
    return _domains(tx, tx.network(account), entry)


def due(tx: Tx) -> list[Turn]:
    """What is due for those who wait; cheap to ask where nobody does."""
    lapsed = [_turn(tx, "lapse", entry) for entry in lines.unanswered(tx, MOST)]
    return [*lapsed, *(_turn(tx, "over", entry) for entry in lines.over(tx, MOST)), *_with_something_free(tx)]


def run(tx: Tx, *, turn: Turn) -> bool:
    """Do what is due for an entry, unless somebody else has; whether anything was done."""
    found = lines.get(tx, turn.entry)
    if found is None:
        return False
    network = tx.network(turn.account)
    for domain in _domains(tx, network, found):
        tx.hold(domain)
    if turn.what == "lapse":
        return _lapse(tx, found)
    if turn.what == "over":
        return _over(tx, network, found)
    return _serve(tx, network, [one for one in lines.line(tx, *_line_of(found)) if one.state == "waiting"])


def _let_go(tx: Tx, entry: Entry) -> None:
    """Give back what is held for an entry, to the next in line."""
    held = bookings.held_by(tx, account=entry.account_id, token=entry.hold_token)
    if held is not None:
        bookings.let_go(tx, account=entry.account_id, token=entry.hold_token or "")
        offer_freed(tx, held)


def _lapse(tx: Tx, entry: Entry) -> bool:
    """An offer has run out; its hold was cleared away by somebody else, or will be by its own timer."""
    if entry.state != "offered" or entry.offered_until is None or entry.offered_until > tx.now:
        return False
    pass_up(tx, entry, "not answered")
    return True


def _over(tx: Tx, network: Network, entry: Entry) -> bool:
    gone = entry.service_id not in network.services
    if entry.state != "waiting" or (entry.over_at > tx.now and not gone):
        return False
    because = "the service is given no more" if gone else "the day is over"
    waitlist_event(tx, "expired", lines.save(tx, entry, entry.ended("expired", tx.now)), because=because)
    return True


def _serve(tx: Tx, network: Network, line: Sequence[Entry], agent: Agent | None = None) -> bool:
    """Offer what is free to those in a line, in its order; with one agent, or with whom each of them wants."""
    nothing: set[tuple[str, str | None, str, str]] = set()
    served = False
    for entry in line:
        chosen = agent.id if agent is not None else entry.agent_id
        key = (entry.service_id, chosen, entry.day, entry.timezone)
        if key in nothing or entry.agent_id not in (None, chosen):
            continue
        free = _free(tx, entry, chosen)
        wanted = next((start for start in free if entry.wants(start)), None)
        if not free:
            nothing.add(key)
        if wanted is not None:
            served = True
            _offer(tx, entry, wanted, chosen)
    return served


def _free(tx: Tx, entry: Entry, agent: str | None) -> list[datetime]:
    """The starts that are free for somebody who waits."""
    day, where = date.fromisoformat(entry.day), read_zone(entry.timezone)
    try:
        return availability.starts(
            tx, account=entry.account_id, service=entry.service_id, day=day, where=where, agent=agent
        )
    except NotFound:  # the service or the agent is no more
        return []


def _offer(tx: Tx, entry: Entry, start: datetime, agent: str | None) -> None:
    wish = Wish(
        service=entry.service_id,
        starts_at=start,
        timezone=entry.timezone,
        origin=ORIGIN,
        agent=agent,
        locale=entry.locale,
    )
    held = bookings.hold(tx, account=entry.account_id, wish=wish, lasting=OFFERED_FOR)
    until = held.appointment.hold_expires_at or tx.now
    offered = lines.save(tx, entry, entry.offered(held.appointment.id, held.token, start, until))
    waitlist_event(tx, "offered", offered)


def _with_something_free(tx: Tx) -> list[Turn]:
    """The first of each line whom something suits that is free and was offered to nobody."""
    found: dict[tuple[str, str, str], Turn] = {}
    free: dict[tuple[str, str | None, str, str], list[datetime]] = {}
    for entry in lines.all_waiting(tx, MOST):
        if _line_of(entry) in found:
            continue
        network = tx.network(entry.account_id)
        if entry.service_id not in network.services:
            found[_line_of(entry)] = _turn(tx, "over", entry)
            continue
        key = (entry.service_id, entry.agent_id, entry.day, entry.timezone)
        if key not in free:
            free[key] = _free(tx, entry, entry.agent_id)
        if any(entry.wants(start) for start in free[key]):
            found[_line_of(entry)] = _turn(tx, "offer", entry)
    return list(found.values())


def _turn(tx: Tx, what: What, entry: Entry) -> Turn:
    return Turn(what, entry.account_id, entry.id, _domains(tx, tx.network(entry.account_id), entry))


def _line_of(entry: Entry) -> tuple[str, str, str]:
    return entry.account_id, entry.service_id, entry.day


def _domains(tx: Tx, network: Network, entry: Entry) -> tuple[str, ...]:
    """The domains of everybody who gives the service: whoever is next in line may want any of them."""
    if entry.service_id not in network.services:
        return ()
    of_service = domains_of_service(network, entry.service_id)
    if entry.appointment_id is None:
        return of_service
    held = domains_of_appointment(tx, account=entry.account_id, id=entry.appointment_id)
    return tuple(sorted({*of_service, *held}))


def _offered(tx: Tx, account: str, link: str) -> Entry:
    entry = entry_of(tx, account=account, link=link)
    for domain in domains_of_entry(tx, account=account, link=link):
        tx.hold(domain)
    if entry.state != "offered" or entry.offered_until is None or entry.offered_until <= tx.now:
        raise Gone("offer", "expired" if entry.state == "offered" else entry.state)
    return entry


def _start(entry: Entry) -> datetime:
    if entry.offered_start is None:
        raise Gone("offer", entry.state)
    return entry.offered_start


def _agent_of(tx: Tx, entry: Entry) -> str | None:
    held = bookings.held_by(tx, account=entry.account_id, token=entry.hold_token)
    return held.agent_id if held is not None else None
