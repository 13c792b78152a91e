"""Transfers: to a queue, a colleague, a branch; with the place kept, first or last."""

import pytest

from qms.domain.errors import BranchClosed, Conflict, Invalid, NotFound
from qms.services import offering, serving
from qms.services.transfer import transfer
from tests.db.work.town import TOWN, Town

POSTED = TOWN.replace('key = "main"\n', 'key = "main"\nhours = { mon-fri = ["09:00-13:00"] }\n', 1).replace(
    'key = "bare"\n', 'key = "bare"\nhours = { sat = ["09:00-13:00"] }\n', 1
)


@pytest.fixture
def called(town):
    """Somebody whom Ana has called to the first counter."""
    town.present("ana", poc="c1")
    ticket = town.take("cash")
    town.do(serving.next_ticket, "ana")
    return ticket


def test_a_transfer_frees_the_desk_and_keeps_the_number(town, called):
    moved = town.do(transfer, "ana", queue="video")

    assert (moved.state, moved.number, moved.queue_id) == (
        "waiting",
        called.number,
        town.network.queues.find("video").id,
    )
    assert (town.state("ana"), town.offers(called)) == ("idle", ["done"])
    assert (moved.poc_id, moved.agent_id, moved.called_at) == (None, None, None)


@pytest.mark.parametrize(
    ("place", "line"),
    [("keep", ["V001", "C001", "V002"]), ("first", ["C001", "V001", "V002"]), ("last", ["V001", "V002", "C001"])],
)
def test_the_place_is_kept_first_or_last(town, place, line):
    town.present("ana", poc="c1")
    town.take("video")
    town.take("cash")
    town.take("video")
    town.do(serving.next_ticket, "ana", queue="cash")

    town.do(transfer, "ana", queue="video", place=place)

    assert town.line("video") == line


def test_first_is_before_those_who_have_waited_too_long(town, clock):
    town.present("ana", poc="c1")
    town.take("video", "main")
    clock.move(minutes=46)
    town.present("ana", "away")
    town.work()
    town.take("cash")
    town.do(serving.next_ticket, "ana", queue="cash")

    town.do(transfer, "ana", queue="video", place="first")

    assert town.line("video") == ["C001", "V001"]


def test_last_is_last_also_for_somebody_who_had_waited_too_long(town, clock):
    town.present("ana", poc="c1")
    town.take("cash")
    clock.move(minutes=46)
    town.work()
    town.do(serving.next_ticket, "ana")
    town.take("video")

    town.do(transfer, "ana", queue="video", place="last")
    town.present("ana", "away")
    town.work()

    assert town.line("video") == ["V001", "C001"]


def test_first_looks_at_the_branch_it_goes_to(town):
    town.present("ana", poc="c1")
    town.take("video", "bare")
    ticket = town.take("cash")
    town.do(serving.next_ticket, "ana", queue="cash")

    moved = town.do(transfer, "ana", queue="video", place="first")

    assert moved.key == ticket.key


def test_a_colleague_s_ticket_is_held_for_him(town, called):
    town.present("ben", poc="c2")
    town.take("cash")
    town.do(serving.next_ticket, "ben")
    town.do(transfer, "ana", to_agent="ben")

    by_ana = town.do(serving.next_ticket, "ana")
    by_ben = town.do(serving.next_ticket, "ben")

    assert by_ana is None
    assert by_ben.id == called.id


@pytest.mark.parametrize("state", ["away", "offline"])
def test_a_ticket_is_not_held_for_somebody_who_is_not_there(town, called, state):
    town.present("ben", poc="c2")
    town.do(transfer, "ana", to_agent="ben")
    town.present("ben", state)

    assert town.do(serving.next_ticket, "ana").id == called.id


def test_a_ticket_is_held_no_longer_than_people_are_to_wait(town, called, clock):
    town.present("ben")
    town.do(transfer, "ana", to_agent="ben")

    clock.move(minutes=45)

    assert town.do(serving.next_ticket, "ana").id == called.id


def test_whoever_declines_what_is_held_for_him_keeps_nobody_else_from_it(town, called):
    town.present("ben")
    town.do(transfer, "ana", queue="video", to_agent="ben")
    town.work()
    town.do(offering.decline, "ben", offer=town.offer("ben").id)

    town.work()

    assert town.offer("ana").ticket_id == called.id


@pytest.fixture
def both_at_work(store, clock):
    """Ana serves somebody at a booth, Dan somebody else; Ben is not there."""
    town = Town.built(store, clock, TOWN + '[[agent]]\nkey = "dan"\nqueues = ["video", "cash"]\n')
    for agent in ("ana", "dan"):
        town.present(agent)
        town.take("video")
        town.work()
        town.do(offering.answer, agent, offer=town.offer(agent).id)
    return town


@pytest.mark.parametrize("target", [{"to_agent": "ben"}, {"queue": "video", "place": "last"}], ids=str)
def test_who_was_sent_on_comes_to_whoever_else_is_there_and_not_back(both_at_work, target):
    town = both_at_work
    moved = town.do(transfer, "ana", **target)

    rang_at_once = town.work()
    town.do(serving.finish, "dan")
    town.do(serving.finish_wrap_up, "dan")
    town.work()

    assert (rang_at_once, town.state("ana")) == (0, "idle")
    assert town.offer("dan").ticket_id == moved.id


def test_who_was_sent_on_comes_back_where_nobody_else_has_time_for_him(both_at_work, clock):
    town = both_at_work
    moved = town.do(transfer, "ana", to_agent="ben")

    clock.move(seconds=30)
    town.work()

    assert town.offer("ana").ticket_id == moved.id


def test_who_was_sent_on_comes_back_at_once_where_nobody_else_is_there(both_at_work):
    town = both_at_work
    town.do(serving.finish, "dan")
    town.present("dan", "away")
    moved = town.do(transfer, "ana", to_agent="ben")

    town.work()

    assert town.offer("ana").ticket_id == moved.id


def test_a_colleague_who_comes_later_is_given_who_was_sent_on_to_him(both_at_work):
    town = both_at_work
    moved = town.do(transfer, "ana", to_agent="ben")
    town.work()

    town.present("ben")
    town.work()

    assert town.offer("ben").ticket_id == moved.id


def test_by_hand_the_sender_may_have_him_back_after_all_others(both_at_work):
    town = both_at_work
    moved = town.do(transfer, "ana", queue="video", place="first")
    other = town.take("video")

    first = town.do(serving.next_ticket, "ana")
    second = town.do(serving.next_ticket, "ana")

    assert (first.id, second.id) == (other.id, moved.id)


def test_a_colleague_of_other_queues_gets_it_in_one_of_his(town, called):
    moved = town.do(transfer, "ana", to_agent="cyd")

    assert (moved.queue_id, moved.preferred_agent_id) == (
        town.network.queues.find("desk").id,
        town.agent("cyd"),
    )


def test_two_numbers_of_two_queues_may_meet_in_one(town):
    town.present("ana", poc="c1")
    own = town.take("video")
    town.take("cash")
    town.do(serving.next_ticket, "ana", queue="cash")

    moved = town.do(transfer, "ana", queue="video")

    assert (own.number, moved.number) == ("V001", "C001")
    assert town.take("video").number == "V002"
    assert town.take("cash").number == "C002"


def test_to_a_branch_of_another_routing_domain_both_are_held(town, called):
    moved = town.do(transfer, "ana", queue="far-cash", branch="far")
    town.present("fay", poc="f1")

    assert moved.domain_id == town.network.branches.find("far").domain_id != called.domain_id
    assert town.line("far-cash", "far") == [called.number]
    assert town.do(serving.next_ticket, "fay").id == called.id


def test_in_another_domain_the_last_arrives_last(town, called):
    town.take("far-cash", "far")
    town.do(transfer, "ana", queue="far-cash", branch="far", place="last")

    assert town.line("far-cash", "far") == ["F001", called.number]


def test_to_another_branch_of_the_same_queue(town, called):
    moved = town.do(transfer, "ana", branch="bare")

    assert town.network.branches[moved.branch_id].key == "bare"


@pytest.mark.parametrize(
    ("target", "refusal"),
    [
        ({}, Invalid),
        ({"queue": "nope"}, NotFound),
        ({"to_agent": "nobody"}, NotFound),
        ({"branch": "nowhere"}, NotFound),
        ({"branch": "far"}, NotFound),
        ({"queue": "far-cash"}, NotFound),
        ({"queue": "cash", "to_agent": "cyd"}, NotFound),
        ({"to_agent": "fay"}, NotFound),
    ],
    ids=str,
)
def test_a_transfer_to_nowhere_changes_nothing(town, called, target, refusal):
    with pytest.raises(refusal):
        town.do(transfer, "ana", **target)

    assert (town.now(called).state, town.state("ana")) == ("called", "busy")


def test_nobody_at_the_desk_cannot_be_sent_on(town):
    town.present("ana")

    with pytest.raises(Conflict):
        town.do(transfer, "ana", queue="video")


def test_a_ticket_is_assigned_once_also_when_it_is_sent_on(town, called):
    town.do(transfer, "ana", queue="video")
    town.present("ben")
    town.do(serving.next_ticket, "ben", queue="video")

    assert town.events(called).count("assigned") == 1


def test_whoever_is_remote_goes_to_another_queue_but_to_no_branch(town):
    town.present("ana", poc="c1")
    afar = town.take("cash", None, place="remote")
    town.do(serving.next_ticket, "ana")

    with pytest.raises(Invalid, match="branch"):
        town.do(transfer, "ana", branch="main")
    with pytest.raises(Invalid, match="branch"):
        town.do(transfer, "ana", queue="video", branch="main")
    moved = town.do(transfer, "ana", queue="video")

    assert (moved.id, moved.place, moved.branch_id) == (afar.id, "remote", None)


def test_nobody_is_sent_to_where_closing_would_end_his_wait(store, clock):
    town = Town.built(store, clock, POSTED)
    town.present("ana", poc="c1")
    called = town.take("cash")
    town.do(serving.next_ticket, "ana")

    with pytest.raises(BranchClosed):
        town.do(transfer, "ana", queue="video", branch="bare")
    clock.move(hours=1, minutes=5)
    with pytest.raises(BranchClosed):
        town.do(transfer, "ana", queue="desk")
    town.do(transfer, "ana", queue="video")
    town.work()
    offered = town.now(called).state
    town.do(offering.answer, "ana", offer=town.offer("ana").id)
    clock.move(hours=2)
    with pytest.raises(BranchClosed):
        town.do(transfer, "ana", queue="cash")

    assert (offered, town.now(called).state) == ("offered", "serving")
