"""A house with a past that is old enough to go, and somewhere to put it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from acd.archivist import Archivist
from qms.services.retention import archiving
from qms.services.retention.archiving import TABLES
from qms.services.statistics import closing
from qms.store.archive import Folder
from qms.store.archive.rows import lines_where
from qms.store.schema import work
from qms.store.store import Store
from qms.store.tx import Tx
from tests.bench.growth import past
from tests.bench.growth.commands import NETWORK, Grown

KEEPS_PEOPLE = NETWORK.replace(
    'slug = "grown"', 'slug = "grown"\noptions = { anonymise_after_days = 0, keep_tickets_days = 31 }'
)
EVE, BOB = "eve@mail.example", "bob@mail.example"


@pytest.fixture
def house(open_store: Any, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Grown:
    """A house whose past of three days is to go: twenty visits a day, one of them Eve's and one Bob's."""
    monkeypatch.setattr(past, "PER_DAY", 10)
    house = Grown(open_store(), KEEPS_PEOPLE)
    past.fill(house.store.engine, past.lines_of(house.network), 60, clock.at)
    house.store.write(_let_in, account=house.account)
    clock.move(days=50)
    house.store.write(closing.close, due=closing.Due(account=house.account, day=clock.at.date() - timedelta(days=9)))
    return house


def _let_in(tx: Tx, account: str) -> None:
    """Two tickets, their journal, and answers to a form a year before say whose they were."""
    t = work.ticket.c
    served = sa.select(t.id).where(t.state == "done").order_by(t.id).limit(2)
    for id, email in zip(tx.execute(served).scalars().all(), (EVE, BOB), strict=True):
        own, told = t.id == id, work.journal.c.entity == id
        tx.execute(work.ticket.update().where(own).values(customer={"email": email}, note=f"Wrote as {email}."))
        tx.execute(work.journal.update().where(told).values(data={"because": f"{email} asked", "to": "first"}))
        answers = {"values": [{"value": email}], "created_at": tx.now - timedelta(days=400)}
        form = {"id": id[:-1] + "f", "account_id": account, "form_id": "f", "kind": "form", "ticket_id": id}
        tx.execute(work.submission.insert().values({**form, **answers}))


@pytest.fixture
def folder(tmp_path: Any) -> Folder:
    """An empty folder."""
    (tmp_path / "archives").mkdir()
    return Folder(tmp_path / "archives")


@pytest.fixture
def archivist(house: Grown, folder: Folder) -> Archivist:
    """Who writes there what goes from the house."""
    return Archivist(house.store, folder, version="1.2.3")


def in_database(store: Store) -> Mapping[str, list[bytes]]:
    """All rows of what is archived, by table."""
    return store.read(lambda tx: {one.name: sorted(lines_where(tx.connection, one, sa.true())) for one in TABLES})


def in_archives(house: Grown, folder: Folder) -> Mapping[str, list[bytes]]:
    """All rows of archives that count, each of which is found whole."""
    found: dict[str, list[bytes]] = {one.name: [] for one in TABLES}
    for one in house.store.read(archiving.listed, account=house.account):
        with folder.open(one.file) as archive:
            for table in archive.manifest.tables:
                found[table.name] += archive.lines(table)
    return {name: sorted(rows) for name, rows in found.items()}
