"""An appointment as an entry of somebody's own calendar, with no more in it than such an entry needs.

Source: RFC 5545 (iCalendar), RFC 5546 (its methods).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from qms.domain.appointment import Appointment
from qms.domain.errors import NotFound
from qms.domain.ids import to_uuid
from qms.domain.network import Network
from qms.services.booking.reach import UNBOOKED
from qms.store import appointments
from qms.store.tx import Tx

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
PROGRAM = "-//Turnero//Appointments//EN"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """What an entry says. `sequence` grows with every change, so that the newest of two is known."""

    account_id: str
    id: str
    summary: str
    description: str
    location: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    url: str | None = None
    created_at: datetime
    updated_at: datetime
    sequence: int


def entry(tx: Tx, *, id: str, cancelled: bool = False) -> CalendarEntry:
    """The entry of an appointment; of one that was cancelled, to be sent to whoever has it, only where `cancelled`.

    Raises:
        NotFound: there is no such appointment (any more).
    """
    it = appointments.get(tx, id)
    if it is None or it.state in UNBOOKED or (it.state == "cancelled" and not cancelled):
        raise NotFound("appointment", id)
    return entry_of(tx.network(it.account_id), it)


def entry_of(network: Network, it: Appointment) -> CalendarEntry:
    """The entry of an appointment as it stands."""
    return CalendarEntry(
        account_id=it.account_id,
        id=it.id,
        summary=it.title or network.account.name,
        description=network.account.name,
        location=_place(network, it.branch_id),
        starts_at=it.starts_at,
        ends_at=it.ends_at,
        timezone=it.timezone,
        created_at=it.created_at,
        updated_at=it.updated_at,
        sequence=it.ver,
    )


def written(
    entry: CalendarEntry, method: Method, *, organizer: str | None = None, attendee: str | None = None
) -> bytes:
    """The entry as a file of one event; sent to somebody, it says from whom it is, and to whom, by e-mail address."""
    from icalendar import Calendar, Event, vCalAddress  # a third of a second to load, and most processes never need it

    calendar, event = Calendar(), Event()
    calendar.add("prodid", PROGRAM)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    event.add("uid", to_uuid(entry.id))
    event.add("dtstamp", entry.updated_at)
    event.add("created", entry.created_at)
    event.add("last-modified", entry.updated_at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("sequence", entry.sequence)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("location", entry.location)
    if entry.url is not None:
        event.add("url", entry.url)
    if organizer is not None:
        event.add("organizer", vCalAddress(f"mailto:{organizer}"))
    if attendee is not None:
        guest = vCalAddress(f"mailto:{attendee}")
        guest.params["PARTSTAT"] = "ACCEPTED"
        event.add("attendee", guest)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _place(network: Network, branch: str | None) -> str:
    """Where it is: at a branch, or with the account, wherever one is oneself."""
    found = network.branches.get(branch or "")
    return network.account.name if found is None else ", ".join(part for part in (found.label, found.address) if part)
