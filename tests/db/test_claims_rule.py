"""The rule that keeps appointments apart, by itself: without any lock of ours, and where PostgreSQL cannot have it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from qms.domain.appointment import Appointment, TimeTaken
from qms.domain.errors import Conflict
from qms.store import appointments, times
from qms.store.engines import connect
from qms.store.migrate import migrate
from qms.store.schema import claims_ddl
from qms.store.schema.network import account
from tests.clock import MONDAY_NOON
from tests.db.marks import on_postgresql

CLIENTS, ROUNDS = 8, 5
MINUTE = timedelta(minutes=1)


def add_account(tx):
    row = {"id": "x", "slug": "x", "name": "x", "timezone": "UTC", "options": {}, "closures": [], "languages": []}
    tx.execute(account.insert(), row)


def take(tx, *, start):
    booked = Appointment(
        id=tx.new_id(), account_id="x", origin="page", state="scheduled", title="", anchor="wall", timezone="UTC",
        starts_at=start, ends_at=start + 30 * MINUTE, created_at=tx.now, updated_at=tx.now, wall_start="",
        wall_zone="UTC", tz_version="",
    )  # fmt: skip
    appointments.add(tx, booked)
    range = {"blocked_start": start, "blocked_end": start + 30 * MINUTE}
    times.take(tx, [TimeTaken(appointment_id=booked.id, agent_id="a", group_id=booked.id, **range)])


@on_postgresql
def test_without_any_lock_one_wins_and_the_others_are_told(open_store):
    stores = [open_store(writers=1) for _ in range(CLIENTS)]  # a lane each: nothing makes them wait for each other
    stores[0].write(add_account)
    start = threading.Barrier(CLIENTS)

    def client(n):
        said = []
        for round in range(ROUNDS):
            start.wait(60)
            try:
                stores[n].write(take, start=MONDAY_NOON + timedelta(days=round) + n * MINUTE)
                said.append("won")
            except Conflict as lost:
                said.append(str(lost))
        return said

    with ThreadPoolExecutor(CLIENTS) as pool:
        rounds = zip(*pool.map(client, range(CLIENTS)), strict=True)

    assert [sorted(said) for said in rounds] == [["slot: taken"] * (CLIENTS - 1) + ["won"]] * ROUNDS


def test_without_its_extension_postgresql_is_not_migrated_and_says_what_to_do(postgres_url, monkeypatch):
    monkeypatch.setattr(claims_ddl, "EXTENSION", "btree_nothing")
    engine = connect(postgres_url, pool_size=1)

    with pytest.raises(claims_ddl.ExtensionMissing, match="run as a superuser in this database: CREATE EXTENSION"):
        migrate(engine)

    monkeypatch.undo()
    assert migrate(engine)[0] is None
    engine.dispose()
