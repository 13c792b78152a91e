"""Undoing: for five seconds a finish or a no-show is taken back, where nobody has taken the place."""

import pytest

from qms.domain.errors import Conflict, Gone
from qms.services import serving, undoing
from qms.services.reception import reactivate


def test_next_finishes_even_where_nobody_waits_and_that_can_be_undone(seated):
    ticket = seated.take()
    seated.do(serving.next_ticket, "ana")

    found = seated.do(serving.next_ticket, "ana")
    done, idle = seated.now(ticket).state, seated.state("ana")
    seated.do(undoing.undo, "ana")

    assert (found, done, idle) == (None, "done", "idle")
    assert (seated.now(ticket).state, seated.state("ana")) == ("called", "busy")


@pytest.mark.parametrize("command", [serving.finish, serving.no_show])
def test_a_finish_and_a_no_show_are_undone_for_five_seconds(seated, clock, command):
    ticket = seated.take()
    seated.do(serving.next_ticket, "ana")
    seated.do(command, "ana")
    clock.move(seconds=5)

    seated.do(undoing.undo, "ana")

    assert (seated.now(ticket).state, seated.now(ticket).ended_at) == ("called", None)
    assert (seated.state("ana"), seated.offers(ticket)) == ("busy", ["accepted"])


@pytest.mark.parametrize("command", [serving.finish, serving.no_show])
def test_after_five_seconds_nothing_is_undone(seated, clock, command):
    seated.take()
    seated.do(serving.next_ticket, "ana")
    seated.do(command, "ana")
    clock.move(seconds=5.001)

    with pytest.raises(Gone):
        seated.do(undoing.undo, "ana")


def test_an_undo_takes_back_what_rings_since(town, clock):
    town.present("ana", poc="c1")
    town.take("cash")
    town.do(serving.next_ticket, "ana")
    town.do(serving.no_show, "ana")
    ringing = town.take("video")
    town.work()

    back = town.do(undoing.undo, "ana")

    assert back.state == "called"
    assert town.offers(ringing) == ["superseded"]
    assert (town.now(ringing).state, town.state("ana")) == ("waiting", "busy")


def test_an_undo_is_refused_when_the_next_is_at_the_desk(seated):
    seated.take()
    seated.take()
    seated.do(serving.next_ticket, "ana")
    seated.do(serving.finish, "ana")
    seated.do(serving.next_ticket, "ana")

    with pytest.raises(Gone):
        seated.do(undoing.undo, "ana")


def test_an_undo_is_refused_when_the_visitor_has_gone_on(seated):
    ticket = seated.take()
    seated.do(serving.next_ticket, "ana")
    seated.do(serving.no_show, "ana")
    seated.do(reactivate, "ana", ticket=ticket.id)

    with pytest.raises(Conflict) as refused:
        seated.do(undoing.undo, "ana")

    assert refused.value.what == "waiting"


def test_an_undo_keeps_the_wish_to_go_away(seated):
    seated.take()
    seated.do(serving.next_ticket, "ana")
    seated.present("ana", "away", reason="lunch")
    seated.do(serving.finish, "ana")
    seated.do(undoing.undo, "ana")

    seated.do(serving.finish, "ana")

    assert (seated.session("ana").state, seated.session("ana").reason) == ("away", "lunch")
