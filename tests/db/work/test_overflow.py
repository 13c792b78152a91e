"""Overflow: who has waited long enough goes on to another queue or branch, where somebody is there."""

import pytest

from qms.domain.network_file import NetworkFileErrors, read_network
from qms.services import serving, transfer
from qms.store import journal
from tests.db.work.town import TOWN, Town


def overflowing(store, clock, queue: str, rule: str, text: str = TOWN) -> Town:
    """The town with an overflow for one queue."""
    return Town.built(store, clock, text.replace(f'key = "{queue}"\n', f'key = "{queue}"\noverflow = {rule}\n', 1))


def test_whoever_has_waited_long_enough_goes_on_to_another_queue_and_keeps_his_place(store, clock):
    town = overflowing(store, clock, "cash", '{ after_minutes = 5, queue = "desk" }')
    early = town.take("cash")
    clock.move(minutes=4)
    other = town.take("desk")
    town.present("cyd", "idle")
    town.work()
    before = town.now(early).queue_id
    clock.move(minutes=1)
    town.work()

    after = town.now(early)
    assert before == early.queue_id
    assert (after.queue_id, after.key, after.seq, after.number) == (other.queue_id, early.key, early.seq, early.number)
    assert town.line("desk") == [early.number, other.number]


def test_it_is_written_down_with_its_rule(store, clock):
    town = overflowing(store, clock, "cash", '{ after_minutes = 5, queue = "desk" }')
    ticket = town.take("cash")
    town.present("cyd")
    clock.move(minutes=5)
    town.work()

    last = store.read(journal.of_entity, entity=ticket.id)[-1]
    assert last.name == "ticket.transferred"
    assert (last.data["because"], last.data["rule"], last.data["origin"]) == (
        "overflow",
        "waited 5 min",
        ticket.queue_id,
    )


def test_to_a_branch_of_another_routing_domain_both_are_held(store, clock):
    town = overflowing(store, clock, "cash", '{ after_minutes = 5, queue = "far-cash", branch = "far" }')
    ticket = town.take("cash")
    town.present("fay", poc="f1")
    clock.move(minutes=5)
    town.work()
    called = town.do(serving.next_ticket, "fay")

    assert town.network.branches.find("far").domain_id != ticket.domain_id
    assert called.id == ticket.id
    assert called.number == ticket.number
    assert town.now(ticket).domain_id == town.network.branches.find("far").domain_id


@pytest.mark.parametrize("there", ["nobody", "away"])
def test_nobody_goes_where_nobody_is(store, clock, there):
    town = overflowing(store, clock, "cash", '{ after_minutes = 5, queue = "desk" }')
    ticket = town.take("cash")
    if there == "away":
        town.present("cyd", "away")
    clock.move(minutes=5)
    town.work()

    assert town.now(ticket).queue_id == ticket.queue_id


def test_nobody_goes_to_a_branch_that_is_closed(store, clock):
    closed = TOWN.replace('key = "far"\n', 'key = "far"\nhours = { sat = ["09:00-10:00"] }\n', 1)
    town = overflowing(store, clock, "cash", '{ after_minutes = 5, queue = "far-cash", branch = "far" }', closed)
    ticket = town.take("cash")
    town.present("fay", poc="f1")
    clock.move(minutes=5)
    town.work()

    assert town.now(ticket).queue_id == ticket.queue_id


def test_what_rings_already_is_left_alone(store, clock):
    town = overflowing(store, clock, "video", '{ after_minutes = 0.1, queue = "cash" }')
    town.present("ana")
    town.present("ben")
    ticket = town.take("video")
    town.work()
    clock.move(seconds=10)
    town.work()

    assert (town.now(ticket).state, town.now(ticket).queue_id) == ("offered", ticket.queue_id)


def test_whoever_was_sent_on_by_hand_goes_on_from_there_by_the_rule(store, clock):
    town = overflowing(store, clock, "cash", '{ after_minutes = 5, queue = "desk" }')
    town.present("ana", poc="c1")
    town.present("cyd")
    ticket = town.take("cash")
    town.do(serving.next_ticket, "ana")
    town.do(transfer.transfer, "ana", branch="bare")
    clock.move(minutes=5)
    town.work("bare")

    assert town.now(ticket).queue_id == ticket.queue_id  # "desk" is not at that branch


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ({"cash": '{ after_minutes = 5, queue = "nope" }'}, 'no queue has the key "nope"'),
        (
            {"cash": '{ after_minutes = 5, queue = "far-cash", branch = "far" }', "desk": "{ after_minutes = 5 }"},
            "expected a queue",
        ),
        ({"video": '{ queue = "far-cash" }'}, "is not attached to any branch"),
        ({"video": '{ branch = "far" }'}, "is not attached to the branch"),
        ({"desk": '{ queue = "cash" }', "cash": '{ queue = "desk", branch = "main" }'}, "in circles"),
    ],
)
def test_what_leads_nowhere_or_round_in_circles_is_refused(rules, says):
    text = TOWN
    for queue, rule in rules.items():
        text = text.replace(f'key = "{queue}"\n', f'key = "{queue}"\noverflow = {rule}\n', 1)

    with pytest.raises(NetworkFileErrors) as refused:
        read_network(text, "town.toml")

    assert says in str(refused.value)
