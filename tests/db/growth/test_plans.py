"""No statement of a day's work reads a table of history from end to end."""

from datetime import timedelta

import pytest

from qms.services import ageing, deliveries
from qms.services.notification import outbox
from qms.services.retention import dropping
from qms.services.retention.limits import Limit
from qms.services.statistics import closing
from qms.services.statistics.closing import Due
from tests.bench.growth import past
from tests.bench.growth.commands import NETWORK, Grown
from tests.db.growth.plans import Asked

EVENTS = {"native": {name: name for name in ("ticket.created", "ticket.called", "ticket.done", "appointment.created")}}


@pytest.fixture
def house(open_store, clock):
    """The house, some days after it was opened."""
    house = Grown(open_store(event_names=EVENTS), NETWORK)
    past.fill(house.store.engine, past.lines_of(house.network), 5000, clock.at)
    if house.store.engine.dialect.name == "postgresql":  # nobody ever lets SQLite look
        past.statistics(house.store.engine)
    house.sign_in("ana", "c1")
    house.sign_in("vic", None)
    return house


def test_nothing_that_is_done_looked_at_or_tidied_in_a_day_reads_all_of_the_past(house, clock):
    due, figures = old(house, clock.at)
    asked = Asked()

    with asked.of(house.store):
        house.ring()
        house.serve_one()
        house.book_and_cancel()
        house.background()
        house.explained()
        for look in house.watch().values():
            look()
        house.store.write(ageing.forget, ages=ageing.Ages())
        house.store.write(deliveries.forget)
        house.store.write(outbox.forget)
        close_and_forget(house, due, figures, clock.at)

    assert len(asked.statements) > 100
    faults = asked.faults(house.store.engine)
    assert not faults, chr(10).join(faults)


def old(house, now):
    """A day of the past; and what its figures are, asked for as a report does, though of a tenth of all there is."""
    due = Due(account=house.network.account.id, day=now.date() - timedelta(days=2))
    return due, house.store.read(closing.figures, due=due)


def close_and_forget(house, due, figures, now):
    """Close the day, and drop some of what is older."""
    house.store.read(closing.due)
    house.store.write(closing.keep, due=due, some=figures)
    house.store.write(closing.close, due=due)
    house.store.write(dropping.forget)
    limit = Limit(account=due.account, day=due.day, at=now - timedelta(days=2))
    assert house.store.write(dropping.drop, limit=limit)
