"""How many people one agent has at once: queues that let him have more, and those that want all of him."""

import random
from contextlib import suppress

import pytest

from qms.domain.errors import Refused
from qms.services import offering, passes, serving, undoing
from tests.db.house import House
from tests.db.marks import on_sqlite
from tests.db.work.lanes.chats import CHAT, answer_all, desk, here, rings, whole, with_chats

pytestmark = on_sqlite  # the rule of the databases themselves is tried on both, in tests/db/test_store_lanes.py


def test_as_many_ring_as_the_queue_lets_one_agent_have_and_no_more(house):
    for _ in range(4):
        house.take("chat")
    house.sign_in("ana")

    made = house.run_passes()

    assert made == 3
    assert rings(house, "ana") == ["H001", "H002", "H003"]
    assert [offer.lane for offer in house.offers()] == [0, 1, 2]
    assert (house.session("ana").state, house.session("ana").spare, whole(house)) == ("ringing", 0, [])


def test_who_has_fewer_is_given_the_next(house, clock):
    with_chats(house, "ana", 2)
    clock.move(seconds=5)
    house.sign_in("ben")
    for _ in range(3):
        house.take("chat")

    house.run_passes()

    assert (rings(house, "ben"), rings(house, "ana")) == (["H003", "H004"], ["H005"])
    first = next(offer for offer in house.offers() if offer.agent_id == house.network.agents.find("ben").id)
    assert first.reasons["won_by"] == "least_loaded"


def test_a_queue_may_fill_one_agent_before_it_begins_with_another(store):
    house = House(store, CHAT.replace('key = "chat"', 'key = "chat"\nfill = "pack"'))
    with_chats(house, "ana", 1)
    house.sign_in("ben")
    for _ in range(3):
        house.take("chat")

    house.run_passes()

    assert (rings(house, "ana"), rings(house, "ben")) == (["H002", "H003"], ["H004"])


def test_a_counter_is_never_mixed_with_anything(house):
    house.take("chat")
    house.take("cash", "main")
    house.sign_in("ana", poc="c1")

    house.run_passes()
    answer_all(house, "ana")
    house.take("chat")
    house.run_passes()

    assert (here(house, "ana"), rings(house, "ana")) == (["H001"], ["H002"])
    assert [ticket.number for ticket in house.tickets("waiting")] == ["C001"]


def test_whoever_is_at_the_counter_has_the_agent_alone(house):
    house.take("cash", "main")
    house.sign_in("ana", poc="c1")
    house.run_passes()

    house.take("chat")
    house.run_passes()

    assert (here(house, "ana"), rings(house, "ana"), house.session("ana").spare) == (["C001"], [], 0)


def test_the_least_that_any_of_them_allows_holds_for_all(house):
    house.take("mail")
    house.take("chat")
    house.take("chat")
    house.sign_in("ana")

    house.run_passes()

    assert rings(house, "ana") == ["M001", "H001"]
    assert whole(house) == []


def test_an_agent_may_have_a_capacity_of_his_own(house):
    for _ in range(2):
        house.take("chat")
    house.sign_in("new")

    house.run_passes()

    assert rings(house, "new") == ["H001"]


def test_a_smaller_capacity_leaves_those_alone_who_are_there(house):
    with_chats(house, "ana", 3)
    house.apply(CHAT.replace("capacity = 3", "capacity = 1"))
    house.take("chat")

    house.run_passes()

    assert (len(here(house, "ana")), rings(house, "ana"), whole(house)) == (3, [], [])


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.campaign) for seed in range(2, 12))])
def test_whatever_happens_nobody_has_more_than_go_together(house, clock, seed):
    chance = random.Random(seed)
    agents = ("ana", "ben", "new")
    for agent in agents:
        house.sign_in(agent, poc={"ana": "c1", "ben": "c2"}.get(agent))
    for _ in range(30):
        clock.move(seconds=chance.choice((1, 3, 15, 40)))
        with suppress(Refused):
            _something(house, chance, chance.choice(agents))
        house.run_passes()
        assert whole(house) == []
        for agent in agents:
            limits = [held.offer.lanes for held in desk(house, agent).held]
            assert len(limits) <= min(limits, default=1)


def _something(house, chance, agent):
    held = desk(house, agent).held
    wanted = chance.choice((*("take", "answer", "finish") * 3, "decline", "next", "away", "idle", "undo"))
    if wanted == "take":
        queue = chance.choice(("chat", "chat", "mail", "cash"))
        house.take(queue, "main" if queue == "cash" else None)
    elif wanted in ("answer", "decline"):
        ringing = [one for one in held if one.rings]
        if ringing:
            house.do(getattr(offering, wanted), agent, offer=chance.choice(ringing).offer.id)
    elif wanted in ("finish", "next"):
        there = [one.visit.ticket.id for one in held if not one.rings]
        service = serving.finish if wanted == "finish" else serving.next_ticket
        house.do(service, agent, ticket=chance.choice(there) if there and chance.random() < 0.8 else None)
    elif wanted == "undo":
        house.do(undoing.undo, agent)
    else:
        house.sign_in(agent, state=wanted)


def test_a_pass_is_due_while_somebody_at_work_has_room(house):
    with_chats(house, "ana", 1)
    domain = house.network.agents.find("ana").domain_id
    before = house.store.read(passes.due, domains=[domain])[domain]

    house.take("chat")

    assert (before, house.store.read(passes.due, domains=[domain])[domain]) == (False, True)
    assert domain in house.store.read(passes.due_domains)
