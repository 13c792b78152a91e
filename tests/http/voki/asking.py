"""What is asked of appointments, and refused, as tests say it."""

from qms.domain.ids import to_uuid
from tests.http.voki.conftest import APPOINTMENTS, JOAO, ROBERTO

NOT_FOUND = (404, {"errors": {"detail": "Not Found"}})
WANTED = {"confirm": "confirmed", "cancel": "cancelled", "complete": "completed", "no-show": "no_show"}
"""What each action makes of an appointment."""


def invalid(**fields):
    return (422, {"errors": {name: [text] for name, text in fields.items()}})


def conflicts(user=JOAO, **query):
    asked = {"user_id": to_uuid(user), "scheduled_at": ROBERTO["scheduled_at"], **query}
    return f"{APPOINTMENTS}/conflicts?" + "&".join(f"{name}={value}" for name, value in asked.items())


async def bring(office, made, *actions):
    """Bring an appointment into a state."""
    for action in actions:
        assert (await office.go(made, action))[0] == 200
