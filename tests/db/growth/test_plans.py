"""No statement of a day's work reads a table of history from end to end."""

from datetime import timedelta

import pytest

from qms.services import ageing, deliveries
from qms.services.notification import outbox
from qms.services.privacy import erasures
from qms.services.privacy.erasures import Person
from qms.services.retention import archiving, dropping, limits
from qms.services.retention.kinds import KINDS
from qms.services.retention.limits import Limit
from qms.services.statistics import closing
from qms.services.statistics.closing import Due
from qms.store.archive import Folder
from tests.bench.growth import past
from tests.bench.growth.commands import NETWORK, Grown
from tests.db.growth import around
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


def test_nothing_that_is_done_looked_at_or_tidied_in_a_day_reads_all_of_the_past(house, clock, tmp_path):
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
        around.go_on(house)
        close_and_forget(house, due, figures, clock.at)
        archive_and_erase(house, due, tmp_path)

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


def archive_and_erase(house, due, folder):
    """Write what is left of the first day to a file, drop some of it, and let somebody be erased."""
    read, write, folder = house.store.read, house.store.write, Folder(folder)
    limit = read(limits.limit_at, account=due.account, day=due.day)
    for step in (archiving.next_kept, archiving.next_of):
        first = read(step, limit=limit)
    written = read(archiving.write, due=first, folder=folder, version="1")
    assert write(archiving.record, written=written)
    recorded = read(archiving.next_of, limit=limit)
    with folder.open(recorded.file) as archive:
        ids = {kind: [row["id"] for row in archive.rows(kind.table.name)] for kind in KINDS}
    assert sum(write(dropping.drop_these, limit=limit, kind=kind, ids=some[:9]) for kind, some in ids.items())
    write(archiving.dropped, due=recorded)
    write(erasures.ask, account=due.account, person=Person(marks={"p@mail.example"}))
    assert read(erasures.files, account=due.account) == [recorded.file]
    write(erasures.done, id=read(erasures.next_one).id)
