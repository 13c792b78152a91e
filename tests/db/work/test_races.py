"""Races: many at once against one domain, from several processes; and what happens where nobody locks it."""

import pytest

from qms.store import locks
from tests.db.marks import on_postgresql
from tests.db.work.hammering import Crowd


def test_many_at_once_leave_everything_in_order(open_store):
    crowd = Crowd([open_store(), open_store()])

    assert crowd.hammer(rounds=15) == []
    assert len(crowd.taken) == 75


@pytest.fixture
def nobody_locks(monkeypatch):
    """The domain's row is read, not locked."""
    read = f"SELECT epoch + 1, {locks._CLOCK}, {locks._CLOCK} FROM routing_domain WHERE id = %(id)s"
    monkeypatch.setattr(locks, "_POSTGRESQL", read)


@on_postgresql
def test_removing_the_lock_is_noticed(nobody_locks, open_store):
    crowd = Crowd([open_store(writers=2) for _ in range(4)])

    breaches = crowd.hammer(rounds=15)

    assert any("already offered" in breach or "changed meanwhile" in breach for breach in breaches)
    assert any("order of arrival" in breach or "one seq" in breach for breach in breaches)
