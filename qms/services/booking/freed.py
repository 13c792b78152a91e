"""What has become free goes to whoever is first in line for it: an offer is a hold, like anybody's.

What frees a start offers it in the same transaction, so that nobody comes in between. What becomes free in other ways
(a hold given up for another, a schedule that has changed) is found by the timer.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from qms.domain.appointment import Appointment
from qms.domain.contact import is_email
from qms.domain.errors import NotFound
from qms.domain.network import Agent, Network
from qms.domain.waiting import OFFERED_FOR, Entry
from qms.domain.zones import read_zone
from qms.services import messages
from qms.services.booking import availability, holds
from qms.services.booking.bookables import services_of
from qms.services.booking.waiting import ORIGIN, page_of, waitlist_event
from qms.services.booking.wishes import Wish
from qms.store import times
from qms.store import waitlist as lines
from qms.store.tx import Tx

SAFELY = timedelta(days=1)
"""Days of visitors in other zones may begin so much earlier and end so much later than the time that was freed."""


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
            serve(tx, lines.waiting(tx, account, given, start - SAFELY, end + SAFELY), one)


def serve(tx: Tx, line: Sequence[Entry], agent: Agent | None = None) -> bool:
    """Offer what is free to those in a line, in its order; with one agent, or with whom each of them wants."""
    nothing: set[tuple[str, str | None, str, str]] = set()
    served = False
    for entry in line:
        chosen = agent.id if agent is not None else entry.agent_id
        key = (entry.service_id, chosen, entry.day, entry.timezone)
        if key in nothing or entry.agent_id not in (None, chosen):
            continue
        free = free_for(tx, entry, chosen)
        wanted = next((start for start in free if entry.wants(start)), None)
        if not free:
            nothing.add(key)
        if wanted is not None:
            served = True
            _offer(tx, entry, wanted, chosen)
    return served


def free_for(tx: Tx, entry: Entry, agent: str | None) -> list[datetime]:
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
    held = holds.hold(tx, account=entry.account_id, wish=wish, lasting=OFFERED_FOR)
    until = held.appointment.hold_expires_at or tx.now
    offered = lines.save(tx, entry, entry.offered(held.appointment.id, held.token, start, until))
    waitlist_event(tx, "offered", offered)
    _write(tx, tx.network(entry.account_id), offered)


def _write(tx: Tx, network: Network, offered: Entry) -> None:
    """Put down a message to him, unless the account writes to nobody about appointments."""
    service = network.services.get(offered.service_id)
    contact = offered.person.get("email") or offered.person.get("phone")
    if (network.account.messages or {}).get("appointments") is False or contact is None or service is None:
        return
    start, until = offered.offered_start or tx.now, offered.offered_until or tx.now
    facts = {
        "title": service.title,
        "start": start.isoformat(),
        "until": until.isoformat(),
        "branch_id": service.branch_id,
    }
    messages.put(
        tx,
        account=offered.account_id,
        kind="waitlist_offer",
        channel="EMAIL" if is_email(contact) else "SMS",
        recipient=contact,
        data={**facts, "timezone": offered.timezone, "page": page_of(network, offered)},
        locale=offered.locale,
        until=until,
    )
