"""A calendar as full as measurements want it: fifty agents, a month of twenty bookings a day each, and a long past."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from qms.domain.zones import zone
from qms.store.columns import micros
from qms.store.schema import metadata
from qms.store.store import Store
from qms.store.tx import Tx
from tests.clock import HandClock
from tests.db.booking.clinic import Clinic
from tests.vault import VAULT

AGENTS, DAYS, A_DAY = 50, 31, 20
BERLIN = zone("Europe/Berlin")
TENTH = date(2026, 3, 10)
FIRST = datetime(2026, 3, 2, 7, tzinfo=UTC)
VISIT = timedelta(minutes=20)

_APPOINTMENT = ("id", "account_id", "agent_id", "state", "starts_at", "ends_at", "origin", "title", "wall_start",
                "wall_zone", "tz_version", "anchor", "timezone", "token_generation", "ver", "data", "created_at",
                "updated_at")  # fmt: skip
_CLAIM = ("appointment_id", "agent_id", "group_id", "blocked_start", "blocked_end", "active", "overbooked")


@contextmanager
def full(folder: Path, past: int = 0) -> Iterator[Clinic]:
    """The house on a SQLite file; `past` appointments lie behind it."""
    store = Store(f"sqlite:///{folder}/calendar.db", HandClock(), VAULT)
    metadata.create_all(store.engine)
    yield filled(store, past)
    store.close()


def filled(store: Store, past: int = 0) -> Clinic:
    """The house on a store with empty tables."""
    house = Clinic(store, network())
    store.write(fill, account=house.account, agents=list(house.network.agents), past=past)
    return house


def network() -> str:
    """Everybody works from eight or a little later to six, with a long noon and a break on Fridays."""
    text = '[account]\nslug = "clinic"\ntimezone = "Europe/Berlin"\n'
    text += '[[branch]]\nkey = "main"\n[[queue]]\nkey = "visits"\nbranches = ["main"]\n'
    for n in range(AGENTS):
        hours = f'mon-sun = ["08:{n % 4 * 5:02}-12:00", "13:00-18:00"], breaks = {{ fri = ["16:00-16:15"] }}'
        text += f'[[agent]]\nkey = "a{n}"\nqueues = ["visits"]\nschedule = {{ {hours} }}\n'
    return (
        text
        + '[[service]]\nkey = "visit"\nqueue = "visits"\nautomatic = true\nduration_minutes = 20\nstep_minutes = 5\n'
    )


def fill(tx: Tx, *, account: str, agents: list[str], past: int) -> None:
    """Put everything there, in bare rows."""
    dice = random.Random(1)
    coming = [
        (agent, FIRST + timedelta(days=day, minutes=30 * n + 5 * dice.randrange(3)))
        for agent in agents
        for day in range(DAYS)
        for n in range(A_DAY)
    ]
    gone = [(agents[n % AGENTS], FIRST - timedelta(minutes=30 * (n // AGENTS + 1))) for n in range(past)]
    for start in range(0, len(gone), 50_000):
        _add(tx, account, gone[start : start + 50_000], "completed", f"b{start:011x}")
    _add(tx, account, coming, "scheduled", "a" * 12)
    longest = VISIT // timedelta(microseconds=1)
    tx.insert_many("agent_calendar", ("agent_id", "version", "longest"), [(agent, 1, longest) for agent in agents])


def _add(tx: Tx, account: str, booked: list[tuple[str, datetime]], state: str, prefix: str) -> None:
    appointments: list[tuple[Any, ...]] = []
    claims: list[tuple[Any, ...]] = []
    told = ("page", "", "", "Europe/Berlin", "", "wall", "Europe/Berlin", 0, 0, "{}", 0, 0)
    for n, (agent, start) in enumerate(booked):
        id, begins, ends = f"{prefix}{n:012x}", micros(start), micros(start + VISIT)
        appointments.append((id, account, agent, state, begins, ends, *told))
        claims.append((id, agent, id, begins, ends, state == "scheduled", False))
    tx.insert_many("appointment", _APPOINTMENT, appointments)
    tx.insert_many("claim", _CLAIM, claims)
