"""Several people at one desk: queues that let an agent have more than one at once, and those that want all of him."""

import random
from contextlib import suppress

import pytest

from qms.domain.errors import Conflict, Gone, NotFound, Refused
from qms.services import desk_state, inspection, offering, parking, passes, presence, serving, undoing
from qms.services.transfer import transfer
from tests.db.house import House
from tests.db.marks import on_sqlite

pytestmark = on_sqlite  # the rule of the databases themselves is tried on both, in tests/db/test_store_lanes.py

CHAT = """
[account]
slug = "chats"

[[branch]]
key = "main"
pocs = [{ key = "c1", kind = "counter" }, { key = "c2", kind = "counter" }]

[[queue]]
key = "chat"
prefix = "H"
branches = ["main"]
capacity = 3
wrap_up_seconds = 0

[[queue]]
key = "mail"
prefix = "M"
branches = ["main"]
capacity = 2
wrap_up_seconds = 10

[[queue]]
key = "cash"
prefix = "C"
branches = ["main"]
mode = "counter"
call = "push"
wrap_up_seconds = 0

[[agent]]
key = "ana"
queues = ["chat", "mail", "cash"]

[[agent]]
key = "ben"
queues = ["chat", "cash"]

[[agent]]
key = "new"
queues = ["chat"]
capacity = 1
"""


@pytest.fixture
def house(store):
    return House(store, CHAT)


def rings(house, agent):
    """The numbers that ring at an agent's desk, lane by lane."""
    return [held.visit.ticket.number for held in desk(house, agent).held if held.rings]


def here(house, agent):
    """The numbers of those at an agent's desk, lane by lane."""
    return [held.visit.ticket.number for held in desk(house, agent).held if not held.rings]


def desk(house, agent):
    return house.store.read(desk_state.read, account=house.account, agent=house.network.agents.find(agent).id)


def answer_all(house, agent):
    return [house.do(offering.answer, agent, offer=held.offer.id) for held in desk(house, agent).held if held.rings]


def whole(house):
    return house.store.read(inspection.broken_invariants)


def with_chats(house, agent, count, queue="chat"):
    """An agent with so many people."""
    for _ in range(count):
        house.take(queue)
    house.sign_in(agent)
    house.run_passes()
    return answer_all(house, agent)


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


def test_commands_name_the_ticket_where_there_are_several(house):
    first, second, _ = with_chats(house, "ana", 3)

    with pytest.raises(Conflict, match="several at the desk"):
        house.do(serving.finish, "ana")
    house.do(serving.finish, "ana", ticket=second.id)
    with pytest.raises(Conflict, match="done"):
        house.do(serving.finish, "ana", ticket=second.id)
    with pytest.raises(NotFound):
        house.do(serving.finish, "ana", ticket="0" * 24)
    house.do(parking.park, "ana", ticket=first.id)

    assert here(house, "ana") == ["H003"]
    assert (house.session("ana").state, house.session("ana").spare, whole(house)) == ("busy", 2, [])


def test_the_free_lane_is_filled_again(house):
    _, second, _ = with_chats(house, "ana", 3)
    house.take("chat")
    house.do(serving.finish, "ana", ticket=second.id)

    house.run_passes()

    assert rings(house, "ana") == ["H004"]
    assert [held.offer.lane for held in desk(house, "ana").held] == [0, 1, 2]


def test_next_takes_one_more_while_there_is_room_and_finishes_who_is_named(house):
    first, *_ = with_chats(house, "ana", 1)
    house.take("chat")
    house.take("chat")

    house.do(serving.next_ticket, "ana")
    house.do(serving.next_ticket, "ana", ticket=first.id)

    assert (here(house, "ana"), house.ticket(first).state) == (["H003", "H002"], "done")


def test_declining_one_leaves_the_others(house):
    house.take("chat")
    house.take("chat")
    house.sign_in("ana")
    house.run_passes()
    one, _ = house.offers()

    house.do(offering.decline, "ana", offer=one.id)

    assert (rings(house, "ana"), house.session("ana").state, whole(house)) == (["H002"], "ringing", [])


def test_missing_one_beside_others_pauses_and_nothing_more(house, clock):
    with_chats(house, "ana", 1)
    house.take("chat")
    house.run_passes()

    clock.move(seconds=21)
    house.run_passes()
    paused = house.session("ana")
    clock.move(seconds=61)
    house.run_passes()

    assert (paused.state, paused.paused_until is not None) == ("busy", True)
    assert (rings(house, "ana"), house.session("ana").paused_until) == (["H002"], None)
    assert whole(house) == []


def test_a_wrap_up_beside_others_keeps_new_ones_away(house, clock):
    first, _ = with_chats(house, "ana", 2, queue="mail")
    house.take("mail")

    house.do(serving.finish, "ana", ticket=first.id)
    house.run_passes()
    during = rings(house, "ana")
    clock.move(seconds=11)
    house.run_passes()

    assert (during, rings(house, "ana")) == ([], ["M003"])


def test_a_wrap_up_beside_others_can_be_ended_early(house):
    first, _ = with_chats(house, "ana", 2, queue="mail")
    house.take("mail")
    house.do(serving.finish, "ana", ticket=first.id)

    house.do(serving.finish_wrap_up, "ana")
    house.run_passes()

    assert rings(house, "ana") == ["M003"]


def test_undoing_makes_room_by_taking_back_what_rings(house):
    first, *_ = with_chats(house, "ana", 3)
    house.take("chat")
    house.do(serving.finish, "ana", ticket=first.id)
    house.run_passes()

    house.do(undoing.undo, "ana")

    assert (sorted(here(house, "ana")), rings(house, "ana"), whole(house)) == (["H001", "H002", "H003"], [], [])


def test_undoing_is_refused_where_those_at_the_desk_leave_no_room(house):
    first, *_ = with_chats(house, "ana", 3)
    house.take("chat")
    house.do(serving.finish, "ana", ticket=first.id)
    house.run_passes()
    answer_all(house, "ana")

    with pytest.raises(Gone, match="too late"):
        house.do(undoing.undo, "ana")


def test_going_away_takes_back_what_rings_and_waits_for_those_who_are_there(house):
    first, *_ = with_chats(house, "ana", 1)
    house.take("chat")
    house.run_passes()

    house.sign_in("ana", state="away", reason="lunch")
    house.take("chat")
    house.run_passes()
    meanwhile = (house.session("ana").state, rings(house, "ana"))
    house.do(serving.finish, "ana", ticket=first.id)

    assert meanwhile == ("busy", [])
    assert (house.session("ana").state, whole(house)) == ("away", [])


def test_all_of_them_are_there_again_after_a_lost_session(house):
    with_chats(house, "ana", 3)
    agent = house.network.agents.find("ana")
    left = house.session("ana")
    house.store.write(lambda tx: presence.lose(tx, left), domain=agent.domain_id)

    house.sign_in("ana")

    assert (here(house, "ana"), house.session("ana").spare, whole(house)) == (["H001", "H002", "H003"], 0, [])


def test_one_of_several_is_sent_on(house):
    first, *_ = with_chats(house, "ana", 2)

    house.do(transfer, "ana", ticket=first.id, queue="mail")

    assert (here(house, "ana"), house.ticket(first).state) == (["H002"], "waiting")


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
