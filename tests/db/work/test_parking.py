"""Coming back: whoever was set aside, or was called in vain, has the old place."""

import pytest

from qms.domain.errors import NotFound
from qms.services import parking, serving
from qms.services.reception import reactivate


def test_a_no_show_who_came_after_all_has_the_old_place(seated):
    first, second = seated.take(), seated.take()
    seated.do(serving.next_ticket, "ana")
    seated.do(serving.no_show, "ana")

    seated.do(reactivate, "ana", ticket=first.id)

    assert seated.line("cash") == [first.number, second.number]
    assert seated.do(serving.next_ticket, "ana").id == first.id


def test_whoever_is_parked_comes_back_to_the_same_desk(seated):
    first, second = seated.take(), seated.take()
    seated.do(serving.next_ticket, "ana")
    seated.do(parking.park, "ana")
    seated.do(serving.next_ticket, "ana")
    parked = seated.now(first)
    seated.do(serving.finish, "ana")

    resumed = seated.do(parking.resume, "ana")

    assert (parked.state, parked.parked_by, parked.poc_id) == ("parked", seated.agent("ana"), None)
    assert (resumed.id, resumed.state, resumed.key) == (first.id, "called", first.key)
    assert seated.now(second).state == "done"


def test_whoever_is_resumed_by_a_busy_agent_waits_in_the_old_place_for_him(seated):
    first, _, third = seated.take(), seated.take(), seated.take()
    seated.do(serving.next_ticket, "ana")
    seated.do(parking.park, "ana")
    seated.do(serving.next_ticket, "ana")

    waiting = seated.do(parking.resume, "ana")

    assert (waiting.state, waiting.preferred_agent_id) == ("waiting", seated.agent("ana"))
    assert seated.line("cash") == [first.number, third.number]


def test_a_colleague_of_the_queue_may_resume_and_others_may_not(seated):
    ticket = seated.take()
    seated.do(serving.next_ticket, "ana")
    seated.do(parking.park, "ana")
    seated.present("cyd", poc="c2")
    seated.present("ben")

    with pytest.raises(NotFound):
        seated.do(parking.resume, "cyd", ticket=ticket.id)
    resumed = seated.do(parking.resume, "ben", ticket=ticket.id)

    assert resumed.state == "waiting"


def test_without_anybody_parked_there_is_nothing_to_resume(seated):
    with pytest.raises(NotFound):
        seated.do(parking.resume, "ana")
