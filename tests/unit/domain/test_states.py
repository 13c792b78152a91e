"""The state machines, whole: what every command does in every state. A dot: refused, and nothing is changed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from qms.domain.errors import Conflict, Gone
from qms.domain.offer import Offer
from qms.domain.session import Session
from qms.domain.ticket import ESCALATED, NORMAL, Ticket

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

TICKET = """
              waiting   offered   called    serving  done     cancelled expired no_show  parked
offer         offered   .         .         .        .        .         .       .        .
requeue       .         waiting   .         .        .        .         .       .        .
answer        .         serving   .         .        .        .         .       .        .
call          called    .         .         .        .        .         .       .        .
call_again    .         .         called    serving  .        .         .       .        .
serve         .         .         serving   .        .        .         .       .        .
finish        .         .         done      done     .        .         .       .        .
no_show       .         .         no_show   .        .        .         .       .        .
reactivate    .         .         .         .        .        .         .       waiting  .
cancel        cancelled cancelled cancelled .        .        .         .       .        cancelled
expire        expired   .         .         .        .        .         .       .        .
park          .         .         parked    parked   .        .         .       .        .
resume        .         .         .         .        .        .         .       .        waiting
transfer      .         .         waiting   waiting  .        .         .       .        .
interrupt     .         .         waiting   waiting  .        .         .       .        .
take_back     .         .         waiting   waiting  .        .         .       .        .
stand_at      waiting   .         .         .        .        .         .       .        .
put_back      waiting   .         .         .        .        .         .       .        .
escalate      waiting   .         .         .        .        .         .       .        .
undo_finish   .         .         .         .        serving  .         .       .        .
undo_no_show  .         .         .         .        .        .         .       called   .
"""

OFFER = """
              ringing    accepted  done  declined  missed  withdrawn  lost  superseded
accepted      accepted   .         .     .         .       .          .     .
done          .          done      .     .         .       .          .     .
declined      declined   .         .     .         .       .          .     .
missed        missed     .         .     .         .       .          .     .
withdrawn     withdrawn  withdrawn .     .         .       .          .     .
lost          lost       lost      .     .         .       .          .     .
superseded    superseded .         .     .         .       .          .     .
reopen        .          .         accepted .      .       .          .     .
"""

SESSION = """
              idle      away      ringing   busy      wrap_up   missed    offline
idle          idle      idle      idle      idle      idle      idle      .
away          away      away      away      away      away      away      .
ringing       ringing   .         .         .         .         .         .
busy          busy      busy      busy      busy      busy      busy      .
wrap_up       .         .         .         wrap_up   .         .         .
missed        .         .         missed    .         .         .         .
offline       offline   offline   offline   offline   offline   offline   offline
"""


def pairs(table):
    """Every (command, state before, state after or None) of a table."""
    head, *rows = (line.split() for line in table.strip().splitlines())
    return [
        pytest.param(command, before, None if after == "." else after, id=f"{command}-{before}")
        for command, *cells in rows
        for before, after in zip(head, cells, strict=True)
    ]


def a_ticket(state="waiting", **more):
    given: dict[str, Any] = {
        "id": "t",
        "account_id": "a",
        "domain_id": "d",
        "branch_id": "b",
        "queue_id": "q",
        "place": "onsite",
    }
    given |= {"number": "A001", "own_number": 1, "service_day": "2026-03-02", "band": NORMAL, "key": NOW, "seq": 1}
    given |= {"enqueued_at": NOW, "eligible_from": NOW, "link": "l", "source": "desk", "serving_since": NOW}
    return Ticket(state=state, **{**given, **more})


def an_offer(state):
    ids: dict[str, Any] = {
        "id": "o",
        "account_id": "a",
        "domain_id": "d",
        "branch_id": "b",
        "queue_id": "q",
        "ticket_id": "t",
    }
    return Offer(**ids, session_id="s", agent_id="g", poc_id=None, state=state, made_at=NOW, deadline=NOW)


def a_session(state="idle", **more):
    ids: dict[str, Any] = {
        "id": "s",
        "account_id": "a",
        "domain_id": "d",
        "agent_id": "g",
        "branch_id": None,
        "poc_id": None,
    }
    return Session(**ids, state=state, started_at=NOW, idle_since=NOW, state_since=NOW, **more)


ARGUMENTS: dict[str, dict[str, Any]] = {
    "answer": {"now": NOW, "agent": "g", "session": "s", "poc": None},
    "call": {"now": NOW, "agent": "g", "session": "s", "poc": None},
    "cancel": {"now": NOW, "reason": "left"},
    "put_back": {"key": NOW},
    "take_back": {"cooldowns": {"g": 1}},
    "stand_at": {"band": NORMAL, "key": NOW, "seq": 1},
    **{name: {"now": NOW} for name in ("serve", "finish", "no_show", "expire", "park")},
}


@pytest.mark.parametrize(("command", "before", "after"), pairs(TICKET))
def test_a_ticket_does_what_the_table_says(command, before, after):
    ticket = a_ticket(before)
    arguments = ARGUMENTS.get(command, {})

    if after is None:
        with pytest.raises(Conflict) as refused:
            getattr(ticket, command)(**arguments)
        assert refused.value.what == before
    else:
        moved = getattr(ticket, command)(**arguments)
        assert (moved.state, moved.ver) == (after, ticket.ver + 1)


@pytest.mark.parametrize(("command", "before", "after"), pairs(OFFER))
def test_an_offer_does_what_the_table_says(command, before, after):
    offer = an_offer(before)

    def move():
        return offer.reopen() if command == "reopen" else offer.to(command, NOW)

    if after is None:
        with pytest.raises(Gone) as refused:
            move()
        assert refused.value.what == before
    else:
        assert (move().state, move().ver) == (after, offer.ver + 1)


@pytest.mark.parametrize(("command", "before", "after"), pairs(SESSION))
def test_a_session_does_what_the_table_says(command, before, after):
    session = a_session(before)

    if after is None:
        with pytest.raises(Conflict) as refused:
            session.to(command, NOW)
        assert refused.value.what == before
    else:
        assert (session.to(command, NOW).state, session.to(command, NOW).ver) == (after, session.ver + 1)


def test_only_named_rules_change_a_ticket_s_place():
    ticket = a_ticket("offered")

    back = ticket.requeue(cooldowns={"g": 1})

    assert (back.band, back.key, back.seq) == (ticket.band, ticket.key, ticket.seq)


def test_a_finish_without_a_serve_is_undone_to_called():
    called = a_ticket("called", serving_since=None)

    assert called.finish(NOW).undo_finish().state == "called"


def test_whoever_is_interrupted_goes_first_and_to_the_same_agent():
    served = a_ticket("serving", agent_id="g", session_id="s", poc_id="p")

    waiting = served.interrupt()

    assert (waiting.band, waiting.preferred_agent_id) == (ESCALATED, "g")
    assert (waiting.agent_id, waiting.session_id, waiting.poc_id) == (None, None, None)


def test_a_ticket_is_assigned_once_however_often_it_is_called():
    first = a_ticket().call(NOW, agent="g", session="s", poc=None)

    again = first.transfer().call(NOW + timedelta(minutes=5), agent="h", session="r", poc=None)

    assert again.assigned_at == NOW
    assert again.called_at == NOW + timedelta(minutes=5)


@pytest.mark.parametrize(("pending", "state"), [(None, "idle"), ("lunch", "away")])
def test_a_session_that_is_freed_goes_where_it_was_asked_to_go(pending, state):
    session = a_session("busy", pending_away=pending)

    freed = session.free(NOW + timedelta(minutes=1), served=True)

    assert (freed.state, freed.reason, freed.pending_away) == (state, pending, None)
    assert freed.idle_since == NOW + timedelta(minutes=1)


def test_a_session_that_served_nobody_keeps_its_turn():
    session = a_session("ringing")

    assert session.free(NOW + timedelta(minutes=1), served=False).idle_since == session.idle_since


def test_a_session_that_ends_says_when():
    assert a_session("busy").to("offline", NOW).ended_at == NOW
