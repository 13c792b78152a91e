"""What tests of appointments say again and again."""

from qms.domain.ids import from_uuid, to_uuid
from qms.store import times

NOBODY = to_uuid("0" * 24)


def agent(id):
    return {"type": "AGENT", "userId": to_uuid(id)}


def agents_of(made):
    return [one["id"] for one in made["participantIds"] if one["type"] == "AGENT"]


def taken(clinic, made):
    """Whose time an appointment takes, and whether over others."""
    found = clinic.read(times.times_of, id=from_uuid(made["id"]))
    return {time.agent_id: time.overbooked for time in found if time.active}


def at(text):
    return f"2026-03-09T{text}:00.0Z"
