"""Ageing: decisions and quotes that are too old go, a few at a time, and no others."""

from datetime import timedelta

import sqlalchemy as sa

from qms.services import ageing, waits
from qms.services.ageing import Ages
from qms.services.quoting import quote
from qms.store import decisions, forecasts
from qms.store.schema.decision import decision
from qms.store.schema.forecast import quote as quotes
from tests.db.work.town import Town

AGES = Ages(decisions=timedelta(days=30), quotes=timedelta(days=180))


def remember(town: Town, many: int = 1) -> None:
    """So many decisions and quotes of this moment."""
    ticket, domain = town.take(), town.network.branches.find("main").domain_id

    def write(tx):
        for _ in range(many):
            decisions.add(tx, town.account, domain, {})
            forecasts.add(tx, [quote(tx, ticket, waits.Told(wait=(1, 2)), first=False)])

    town.store.write(write, domain=domain)


def kept(town: Town) -> tuple[int, int]:
    """How many decisions and quotes there are."""

    def count(tx):
        return tuple(tx.execute(sa.select(sa.func.count()).select_from(one)).scalar() for one in (decision, quotes))

    return town.store.read(count)


def forget(town: Town) -> int:
    return town.store.write(ageing.forget, ages=AGES)


def test_each_goes_when_it_is_too_old_and_not_before(town):
    remember(town)
    town.clock.move(days=30)
    young = (forget(town), kept(town))
    remember(town)

    town.clock.move(seconds=5)
    first = (forget(town), kept(town))
    town.clock.move(days=150)

    assert (young, first) == ((0, (1, 1)), (1, (1, 2)))
    assert (forget(town), kept(town), forget(town)) == (2, (0, 1), 0)


def test_no_more_than_a_few_at_once(town, monkeypatch):
    monkeypatch.setattr(ageing, "AT_ONCE", 2)
    remember(town, 3)
    town.clock.move(days=31)

    assert [forget(town) for _ in range(3)] == [2, 1, 0]
