"""Numbers: one per person, without gaps, whoever asks and however many at once."""

from concurrent.futures import ThreadPoolExecutor

from qms.services import kiosk_tickets
from qms.services.admission import TakeTicket
from qms.services.intake import take_tickets
from qms.store.command import TRACEPARENT
from tests.db.waiting import PATIENCE, held_up, submit_item


def test_every_person_gets_one_number_and_none_is_left_out(town, open_store):
    other = open_store()
    line = town.network.queues.find("cash")
    item = TakeTicket(account=town.account, branch="main", queue="cash", source="kiosk")

    def take(n):
        store = (town.store, other)[n % 2]
        return store.take(take_tickets, item, domain=line.domain_id)

    with ThreadPoolExecutor(max_workers=8) as people:
        taken = list(people.map(take, range(60)))

    assert sorted(ticket.number for ticket in taken) == [f"C{n:03d}" for n in range(1, 61)]
    assert len({ticket.link for ticket in taken}) == 60


def test_the_order_of_numbers_is_the_order_of_the_line(town):
    line = town.network.queues.find("cash")
    item = TakeTicket(account=town.account, branch="main", queue="cash", source="kiosk")

    with ThreadPoolExecutor(max_workers=8) as people:
        list(people.map(lambda _: town.store.take(take_tickets, item, domain=line.domain_id), range(40)))

    assert town.line("cash") == [f"C{n:03d}" for n in range(1, 41)]


def test_a_refused_ticket_leaves_no_gap(town):
    taken = [town.take().number]
    line = town.network.queues.find("cash")
    items = [
        TakeTicket(account=town.account, branch="main", queue="cash", source="kiosk", submission="0" * 24),
        TakeTicket(account=town.account, branch="main", queue="cash", source="kiosk"),
    ]
    refused, given = town.store.write(take_tickets, domain=line.domain_id, items=items)

    assert isinstance(refused, Exception)
    assert [*taken, given.number] == ["C001", "C002"]


def test_a_number_that_a_vendor_brings_uses_none_of_ours(town):
    brought, ours = town.take(number="A042"), town.take()

    assert (brought.number, ours.number) == ("A042", "C001")


def test_each_of_those_taken_together_goes_with_the_trace_of_whoever_asked(town):
    domain, ran = town.network.queues.find("cash").domain_id, []
    item = TakeTicket(account=town.account, branch="main", queue="cash", source="kiosk")

    def take(tx, items):
        ran.append(tx)
        return kiosk_tickets.take(tx, items)

    with held_up(town.store, domain):
        for n in range(3):
            token = TRACEPARENT.set(f"of {n + 1}")
            last = submit_item(town.store, take, item, domain)
            TRACEPARENT.reset(token)

    last.result(PATIENCE)
    (tx,) = ran
    assert [event.name for event in tx.events] == ["ticket.created"] * 3
    assert tx.traceparents == ["of 1", "of 2", "of 3"]
