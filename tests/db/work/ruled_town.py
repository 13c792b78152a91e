"""The town with rules for its queues, with levels of skill, and with somebody who has an appointment."""

from datetime import timedelta
from typing import Any

from qms.domain.ticket import Ticket
from tests.db.work.town import TOWN, Town

APPOINTMENT = "a" * 24

RINGS = "rings = [{ level = 8 }, { after_seconds = 60, level = 5 }, { after_seconds = 120, level = 2 }]"

LEVELS = TOWN.replace(
    'key = "ana"\nqueues = ["video", "cash"]', 'key = "ana"\nqueues = { video = 8, cash = 5 }'
).replace('key = "ben"\nqueues = ["video", "cash", "desk"]', 'key = "ben"\nqueues = { video = 3, cash = 5, desk = 5 }')


def ruled(store, clock, rules: dict[str, str], text: str = TOWN) -> Town:
    """The town with rules for some queues."""
    for queue, rule in rules.items():
        text = text.replace(f'key = "{queue}"\n', f'key = "{queue}"\n{rule}\n', 1)
    return Town.built(store, clock, text)


def booked(town: Town, queue: str = "cash", **more: Any) -> Ticket:
    """Somebody arrives for an appointment that goes before all who come meanwhile."""
    now = town.clock.business(town.clock.machine())
    given: dict[str, Any] = {"appointment": APPOINTMENT, "key": now - timedelta(minutes=15), "eligible_from": now}
    return town.take(queue, **given | more)
