"""Appointments go from state to state as the design says, along with their tickets, and take nobody's time twice."""

from collections.abc import Iterator
from itertools import pairwise

from tests.rehearsed.mirror import Version
from tests.rehearsed.sight import Sight, of

GOES = {
    None: {"held", "scheduled"},
    "held": {"held", "scheduled", "expired"},
    "scheduled": {"scheduled", "confirmed", "checked_in", "active", "completed", "cancelled", "no_show"},
    "confirmed": {"confirmed", "scheduled", "checked_in", "active", "completed", "cancelled", "no_show"},
    "checked_in": {"checked_in", "active", "completed", "cancelled", "no_show"},
    "active": {"active", "completed", "cancelled", "no_show"},
    "no_show": {"checked_in"},
    "completed": {"active", "checked_in"},
    "cancelled": set(),
    "expired": set(),
}
"""Completed and no-show go back only where the ticket's end is undone, or the visitor comes after all."""

WITH = {
    "checked_in": {"waiting", "offered", "called", "parked"},
    "active": {"waiting", "offered", "called", "parked", "serving"},
    "completed": {"done"},
    "no_show": {"no_show"},
    "cancelled": {"cancelled", "expired", "called", "serving", "done", "waiting", "offered", "parked", "no_show"},
}
"""State of an appointment whose visitor has come → states of his ticket. Who is served stays if it is cancelled."""


def goes_on_by_the_rules(sight: Sight, version: Version) -> Iterator[str]:
    """No appointment is lost, or goes where none goes."""
    after = version.after
    if after is None:
        yield f"I12: appointment {version.id} is gone"
    elif after["state"] not in GOES[version.was]:
        yield f"an appointment went from {version.was} to {after['state']}"


def follow_their_tickets(sight: Sight, versions: list[Version]) -> Iterator[str]:
    """An appointment is where its ticket is."""
    booked = sight.mirror.rows["appointment"]
    touched = {version.id for version in of(versions, "appointment")}
    for version in of(versions, "ticket"):
        if version.after is not None and version.after["appointment_id"] is not None:
            touched.add(version.after["appointment_id"])
    for id in sorted(touched):
        one = booked.get(id)
        ticket = sight.tickets.get(one["ticket_id"] or "") if one is not None else None
        if one is not None and ticket is not None and ticket["state"] not in WITH.get(one["state"], set()):
            yield f"appointment {id} is {one['state']} and its ticket {ticket['state']}"


def take_no_time_twice(sight: Sight, versions: list[Version]) -> Iterator[str]:
    """No agent's time is given away twice."""
    touched = {v.after["agent_id"] for v in of(versions, "claim") if v.after is not None}
    for agent in sorted(touched):
        taken = sorted(
            (claim["blocked_start"], claim["blocked_end"], claim["appointment_id"])
            for claim in sight.mirror.rows["claim"].values()
            if claim["agent_id"] == agent and claim["active"] and not claim["overbooked"]
        )
        for one, other in pairwise(taken):
            if other[0] < one[1]:
                yield f"appointments {one[2]} and {other[2]} take the same time"
