"""Applying a network file to a house at work: domains join and part, things are retired, and nobody is lost."""

import pytest

from qms.domain.errors import NotFound
from qms.domain.network_file import read_network
from qms.services import lobby, parking, serving, undoing
from qms.services.admission import TakeTicket
from qms.services.applying import apply_network
from qms.services.inspection import broken_invariants
from qms.services.intake import take_tickets
from tests.db.house import House
from tests.db.networks import ONE_COUNTRY, TWO_TOWNS, without
from tests.db.waiting import PATIENCE, held_up, submit, submit_item


@pytest.fixture
def house(store):
    house = House(store, TWO_TOWNS)
    yield house
    assert store.read(broken_invariants) == []


def domain_of(house, kind, key):
    return getattr(house.network, kind).find(key).domain_id


def seq_of(house, screen):
    """What a screen's newest message is counted as; its token is its key."""
    return house.store.read(lobby.shown, tokens=[screen]).messages[screen][0]


def screen(branch, *others):
    """A screen in a network file."""
    return f"""
[[screen]]
key = "wall"
token = "wall"
branch = "{branch}"
branches = {list(others)}
"""


# -- domains ---------------------------------------------------------------------------------------------------------


def test_branches_that_share_nothing_are_domains_of_their_own(house):
    north, south = (domain_of(house, "branches", key) for key in ("north", "south"))

    assert north != south
    assert domain_of(house, "queues", "north-cash") == domain_of(house, "agents", "nora") == north
    assert domain_of(house, "queues", "south-video") == domain_of(house, "agents", "susi") == south


def test_an_agent_of_both_joins_them_and_the_line_keeps_its_order(house, clock):
    house.sign_in("nora", "n1")
    served = house.take("north-cash", "north")
    house.next("nora")
    waiting = []
    for n in range(6):
        clock.move(seconds=1)
        waiting.append(house.take(*(("north-cash", "north") if n % 2 else ("south-cash", "south"))))

    house.apply(ONE_COUNTRY)
    clock.move(seconds=1)
    later = house.take("north-cash", "north")

    assert len(house.domains) == 1
    assert {t.domain_id for t in house.tickets()} == {o.domain_id for o in house.offers()} == set(house.domains)
    assert house.session("nora").domain_id == house.domains[0]
    assert [t.id for t in house.tickets("waiting")] == [t.id for t in (*waiting, later)]
    assert later.seq > max(t.seq for t in waiting)
    assert [(t.key, t.seq) for t in house.tickets("waiting")[:6]] == [(t.key, t.seq) for t in waiting]
    assert house.do(serving.finish, "nora").id == served.id
    house.sign_in("both", "n2")
    assert house.next("both").id in (waiting[0].id, waiting[1].id)


def test_without_that_agent_they_part_again(house):
    house.apply(ONE_COUNTRY)
    one = house.domains
    north, south = house.take("north-cash", "north"), house.take("south-cash", "south")

    house.apply(TWO_TOWNS, prune=True)

    assert len(one) == 1
    assert len(house.domains) == 2
    assert house.ticket(north).domain_id == domain_of(house, "branches", "north")
    assert house.ticket(south).domain_id == domain_of(house, "branches", "south")
    house.sign_in("nora", "n1")
    house.sign_in("sven", "s1")
    assert (house.next("nora").id, house.next("sven").id) == (north.id, south.id)


def test_what_works_together_stays_together_until_it_is_done(house):
    house.apply(ONE_COUNTRY)
    house.sign_in("both", "n1")
    served = house.take("north-cash", "north")
    house.next("both")
    moved_on = ONE_COUNTRY.replace('queues = ["north-cash", "south-cash"]', 'queues = ["south-cash"]')

    house.apply(moved_on)
    while_at_work = house.domains
    house.do(serving.finish, "both")
    house.apply(moved_on)

    assert len(while_at_work) == 1
    assert len(house.domains) == 2
    assert house.ticket(served).state == "done"
    assert house.session("both").domain_id == domain_of(house, "branches", "south")


def test_a_no_show_who_comes_after_all_is_found_where_the_queue_is_now(house):
    house.sign_in("sven", "s1")
    ticket = house.take("south-cash", "south")
    house.next("sven")
    house.do(serving.no_show, "sven")

    house.apply(ONE_COUNTRY)
    house.store.write(serving.reactivate, domain=house.domains, account=house.account, ticket=ticket.id)

    assert house.ticket(ticket).domain_id == house.domains[0]
    assert house.next("sven").id == ticket.id


def test_a_finish_can_be_undone_after_the_domains_have_joined(house):
    house.sign_in("sven", "s1")
    ticket = house.take("south-cash", "south")
    house.next("sven")
    house.do(serving.finish, "sven")

    house.apply(ONE_COUNTRY)
    undone = house.do(undoing.undo, "sven")

    assert undone.id == ticket.id
    assert undone.domain_id == house.domains[0]


def an_item(house):
    network = house.network
    queue, branch = network.queues.find("south-cash"), network.branches.find("south")
    return TakeTicket(account=network.account.id, branch=branch.id, queue=queue.id, source="kiosk")


def test_whoever_was_on_the_way_to_the_old_domain_ends_in_the_new_one(house):
    item, before = an_item(house), house.domains
    house.apply(ONE_COUNTRY)

    taken = [house.store.take(take_tickets, item, domain=domain) for domain in before]

    assert [ticket.domain_id for ticket in taken] == house.domains * 2
    assert [ticket.number for ticket in taken] == ["S001", "S002"]


def test_a_command_that_comes_after_a_change_in_its_group_sees_the_change(store):
    house = House(store, ONE_COUNTRY)
    item, (domain,) = an_item(house), house.domains
    text = without(ONE_COUNTRY, 'key = "south-cash"').replace('"south-cash", ', "").replace(', "south-cash"', "")
    file = read_network(text, "network.toml")
    with held_up(house.store, domain):
        before = submit_item(house.store, take_tickets, item, domain)
        submit(house.store, apply_network, domain, file=file, hashes={}, prune=True)
        after = submit_item(house.store, take_tickets, item, domain)

    assert house.ticket(before.result(PATIENCE)).state == "cancelled"
    assert isinstance(after.exception(PATIENCE), NotFound)


# -- retirement ------------------------------------------------------------------------------------------------------


@pytest.fixture
def busy(house, clock):
    """Somebody in each state, in the south: served by sven, ringing at susi, waiting, set aside."""
    house.sign_in("sven", "s1")
    tickets = {}
    tickets["parked"] = house.take("south-cash", "south")
    house.next("sven")
    house.do(parking.park, "sven")
    tickets["called"] = house.take("south-cash", "south")
    house.next("sven", "south-cash")
    house.sign_in("susi")
    tickets["offered"] = house.take("south-video", "south")
    house.run_passes()
    tickets["waiting"] = house.take("south-video", "south")
    tickets["in line"] = house.take("south-cash", "south")
    return tickets


def states(house, tickets):
    return {name: house.ticket(ticket).state for name, ticket in tickets.items()}


NO_VIDEO = without(TWO_TOWNS, 'key = "south-video"').replace(', "south-video"', "")
NO_CASH = without(TWO_TOWNS, 'key = "south-cash"').replace('"south-cash", ', "")


def test_everybody_is_where_the_test_wants_him(house, busy):
    assert states(house, busy) == {
        "parked": "parked", "called": "called", "offered": "offered", "waiting": "waiting", "in line": "waiting",
    }  # fmt: skip


def test_a_queue_that_is_retired_lets_go_of_who_waits_and_serves_who_is_called(house, busy):
    house.apply(NO_CASH, prune=True)

    assert states(house, busy) == {
        "parked": "cancelled", "called": "called", "offered": "offered", "waiting": "waiting", "in line": "cancelled",
    }  # fmt: skip
    assert house.do(serving.serve, "sven").state == "serving"
    assert house.do(serving.finish, "sven").state == "done"


def test_an_offer_of_a_retired_queue_is_taken_back(house, busy):
    house.apply(NO_VIDEO, prune=True)

    assert house.ticket(busy["offered"]).state == house.ticket(busy["waiting"]).state == "cancelled"
    assert house.ticket(busy["offered"]).end_reason == "queue retired"
    assert house.session("susi").state == "idle"


def test_a_branch_that_is_retired_lets_go_of_its_people(house, busy):
    text = without(TWO_TOWNS, 'key = "south"').replace('branches = ["south"]', "branches = []")
    house.apply(text, prune=True)

    assert states(house, busy) == {
        "parked": "cancelled", "called": "called", "offered": "cancelled", "waiting": "cancelled",
        "in line": "cancelled",
    }  # fmt: skip
    assert house.session("sven").poc_id is None
    assert house.do(serving.finish, "sven").state == "done"


def test_an_agent_who_is_retired_is_signed_off_and_whom_he_serves_is_given_time(house, busy, clock):
    house.apply(without(TWO_TOWNS, 'key = "sven"', 'key = "susi"'), prune=True)
    at_once = states(house, busy)
    clock.move(minutes=11)
    house.run_passes()

    assert (at_once["offered"], at_once["called"]) == ("waiting", "called")
    assert house.ticket(busy["called"]).state == "waiting"


def test_an_agent_who_comes_back_finds_whom_he_was_serving(house, busy):
    house.apply(without(TWO_TOWNS, 'key = "sven"'), prune=True)
    house.apply(TWO_TOWNS)

    house.sign_in("sven", "s1")

    assert house.do(serving.finish, "sven").id == busy["called"].id


def test_nobody_is_sent_to_a_point_of_contact_that_is_retired(house, busy):
    text = TWO_TOWNS.replace('{ key = "s1", kind = "counter" }, { key = "s2", kind = "booth" }', "")

    house.apply(text, prune=True)

    assert house.ticket(busy["offered"]).state == "waiting"
    assert house.session("sven").poc_id is None
    assert house.session("susi").state == "idle"
    assert house.do(serving.finish, "sven").id == busy["called"].id
    house.run_passes()
    assert house.answer("susi").poc_id is None


def test_an_agent_who_no_longer_serves_a_queue_may_still_answer(house, busy):
    house.apply(TWO_TOWNS.replace('key = "susi"\nqueues = ["south-cash", "south-video"]', 'key = "susi"\nqueues = []'))

    assert house.answer("susi").id == busy["offered"].id


def test_tickets_of_what_was_pruned_stay(house, busy):
    house.apply('[account]\nslug = "towns"\ntimezone = "America/Santiago"\n', prune=True)
    house.apply(TWO_TOWNS)

    assert {ticket.id for ticket in house.tickets()} == {ticket.id for ticket in busy.values()}
    assert house.take("south-cash", "south").number == "S004"


def test_a_retired_queue_is_nobody_s_to_call(house, busy):
    house.apply(NO_CASH, prune=True)

    called = house.next("sven")

    assert called is None
    assert house.ticket(busy["called"]).state == "done"
    assert house.session("sven").state == "idle"


# -- counting --------------------------------------------------------------------------------------------------------


def test_a_screen_counts_what_happens_where_it_stands_and_nothing_else(house):
    house.apply(TWO_TOWNS + screen("north"))
    first = seq_of(house, "wall")

    house.take("south-cash", "south")
    assert seq_of(house, "wall") == first

    house.take("north-cash", "north")
    assert seq_of(house, "wall") == first + 1


@pytest.mark.parametrize("before", [("north",), ("south", "north")])
def test_a_screen_that_is_to_show_another_branch_goes_on_counting(house, before):
    house.apply(TWO_TOWNS + screen(*before))
    for _ in range(5):
        house.take("north-cash", "north")
    counted = seq_of(house, "wall")

    house.apply(TWO_TOWNS + screen("south"))

    assert seq_of(house, "wall") > counted
