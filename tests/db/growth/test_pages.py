"""How much of a database a group of tickets changes: what is written together stands together in every index."""

import pytest

from qms.services.admission import TakeTicket
from qms.services.intake import take_tickets
from tests.db.house import House
from tests.db.networks import TWO_TOWNS

GROUP = 64
GROUPS_BEFORE = 40
MOST_PAGES = 64
"""Of four kilobytes. With ids and links by chance alone it is 137."""


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_group_of_tickets_changes_few_pages(store, clock):
    house = House(store, TWO_TOWNS)
    queue = house.network.queues.find("north-cash")
    branch = house.network.branches.find("north").id
    item = TakeTicket(account=queue.account_id, branch=branch, queue=queue.id, place="onsite", source="kiosk")

    def group():
        clock.move(milliseconds=12)
        store.write(take_tickets, domain=queue.domain_id, items=[item] * GROUP)

    for _ in range(GROUPS_BEFORE):
        group()
    pages(store, "TRUNCATE")
    group()

    assert 0 < pages(store, "PASSIVE") <= MOST_PAGES


def pages(store, how):
    """How many pages are in the log that is written before the database; and put them there."""
    with store.engine.connect() as connection:
        _, logged, _ = connection.exec_driver_sql(f"PRAGMA wal_checkpoint({how})").one()
    return logged
