"""What an agent does who has several people at once: each command is about one of them, and leaves the others."""

import pytest

from qms.domain.errors import Conflict, Gone, NotFound
from qms.services import offering, parking, presence, serving, undoing
from qms.services.transfer import transfer
from tests.db.marks import on_sqlite
from tests.db.work.lanes.chats import answer_all, desk, here, rings, whole, with_chats

pytestmark = on_sqlite  # the rule of the databases themselves is tried on both, in tests/db/test_store_lanes.py


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
