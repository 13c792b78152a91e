"""What somebody does who waits: he takes what is offered to him, declines it, or leaves the line."""

from datetime import datetime

from qms.domain.appointment import Appointment
from qms.domain.customer import Person
from qms.domain.errors import Conflict, Gone
from qms.domain.waiting import IN_LINE, Entry
from qms.services.booking import bookings, holds
from qms.services.booking.freed import offer_freed
from qms.services.booking.waiting import domains_of_line, entry_of
from qms.services.booking.wishes import Wish
from qms.store import waitlist as lines
from qms.store.tx import Tx


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
    return domains_of_line(tx, tx.network(account), entry)


def _let_go(tx: Tx, entry: Entry) -> None:
    """Give back what is held for an entry, to the next in line."""
    held = holds.held_by(tx, account=entry.account_id, token=entry.hold_token)
    if held is not None:
        holds.let_go(tx, account=entry.account_id, token=entry.hold_token or "")
        offer_freed(tx, held)


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
    held = holds.held_by(tx, account=entry.account_id, token=entry.hold_token)
    return held.agent_id if held is not None else None
