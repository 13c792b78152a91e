"""What was committed, counted: tickets, offers, waits, services, appointments."""

import collections
from collections.abc import Callable, Mapping, Sequence

from prometheus_client import Counter, Histogram

from qms.domain.event import Event

MINUTES = (15, 30, 60, 120, 300, 600, 900, 1200, 1800, 2700, 3600, 5400, 7200)
MOMENTS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)

CREATED = Counter("qms_tickets_created", "Tickets taken.", ["queue_type", "channel"])
ENDED = Counter("qms_tickets_ended", "Tickets that are over, by how.", ["state"])
WAIT = Histogram("qms_ticket_wait_seconds", "From being eligible to the first answer or call.", buckets=MINUTES)
SERVICE = Histogram("qms_service_seconds", "From the start of a service to its end.", buckets=MINUTES)
ASSIGNMENT = Histogram(
    "qms_assignment_latency_seconds", "From ticket and agent both being free to the offer.", buckets=MOMENTS
)
ASSIGNMENTS = Counter("qms_assignments", "Offers and calls, by what came of them.", ["result"])
NO_SHOW = Counter("qms_no_show", "Tickets that were called and nobody came.")
LEASES = Counter("qms_agent_lease_expired", "Sessions that were ended because their agent had vanished.")
APPOINTMENTS = Counter("qms_appointments", "What happened to appointments.", ["what"])

RESULTS = frozenset({"declined", "missed", "withdrawn", "lost", "superseded"})


def count(events: Sequence[Event]) -> None:
    """Count what has just been committed."""
    # Together, since a rush is alike: to count one by its labels takes longer than to find out which they are.
    created = collections.Counter(
        (str(event.measures.get("queue_type")), str(event.measures.get("channel")))
        for event in events
        if event.name == "ticket.created"
    )
    for labels, times in created.items():
        CREATED.labels(*labels).inc(times)
    for event in events:
        if (counted := _COUNTED.get(event.name)) is not None:
            counted(event)
        elif event.name.startswith("appointment."):
            APPOINTMENTS.labels(event.name.removeprefix("appointment.")).inc()


def _offered(event: Event) -> None:
    ASSIGNMENTS.labels("offered").inc()
    _observe(ASSIGNMENT, event, "assignment_seconds")


def _answered(event: Event) -> None:
    if "offer_id" in event.data:  # a ticket that was called to a counter before is served without another offer
        ASSIGNMENTS.labels("answered").inc()


def _requeued(event: Event) -> None:
    if (because := event.data.get("because")) in RESULTS:
        ASSIGNMENTS.labels(because).inc()


def _done(event: Event) -> None:
    ENDED.labels("done").inc()
    _observe(SERVICE, event, "service_seconds")


def _no_show(event: Event) -> None:
    ENDED.labels("no_show").inc()
    NO_SHOW.inc()


def _disconnected(event: Event) -> None:
    if event.data.get("reason") == "lost":
        LEASES.inc()


def _observe(histogram: Histogram, event: Event, name: str) -> None:
    if isinstance(seconds := event.measures.get(name), float):
        histogram.observe(seconds)


_COUNTED: Mapping[str, Callable[[Event], None]] = {
    "ticket.offered": _offered,
    "ticket.assigned": lambda event: _observe(WAIT, event, "wait_seconds"),
    "ticket.called": _answered,
    "ticket.serving": _answered,
    "ticket.requeued": _requeued,
    "ticket.done": _done,
    "ticket.no_show": _no_show,
    "ticket.cancelled": lambda event: ENDED.labels("cancelled").inc(),
    "ticket.expired": lambda event: ENDED.labels("expired").inc(),
    "agent.disconnected": _disconnected,
}
