"""An appointment for a visitor's own calendar."""

from icalendar import Calendar, Event

from qms.domain.ids import to_uuid
from qms.services.booking.linked import Linked

PRODUCT = "-//Turnero//Booking//EN"


def calendar_of(linked: Linked, *, description: str, url: str) -> bytes:
    """The appointment as an iCalendar file; imported again after it was moved, it replaces the earlier one.

    Source: RFC 5545, sections 3.6.1 and 3.8.7.4.
    """
    booked = linked.appointment
    event = Event()
    event.add("uid", to_uuid(booked.id))  # the same as in what is sent by e-mail: one entry, not two
    event.add("sequence", booked.ver)
    event.add("dtstamp", booked.updated_at)
    event.add("dtstart", booked.starts_at)
    event.add("dtend", booked.ends_at)
    event.add("summary", booked.title)
    event.add("description", description)
    event.add("url", url)
    event.add("status", "CONFIRMED")
    if linked.branch is not None:
        event.add("location", ", ".join(part for part in (linked.branch.label, linked.branch.address) if part))
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
