"""Appointments in this dialect's words."""

from collections.abc import Mapping

STATUS: Mapping[str, str] = {
    "held": "pending",
    "scheduled": "pending",
    "confirmed": "pending",
    "checked_in": "pending",
    "active": "pending",
    "completed": "attended",
    "no_show": "not-attended",
    "cancelled": "canceled",
    "expired": "canceled",
}
"""State of the appointment → `status`. Documented: pending; seen in the vendor's exports: attended."""


def status_of(state: str | None) -> str | None:
    """The status that a state is told as."""
    return STATUS.get(state or "")
