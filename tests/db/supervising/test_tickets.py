"""What a supervisor does with tickets: gives them to agents, takes them back, puts them elsewhere in line."""

import threading

import pytest

from qms.domain.errors import Conflict, Forbidden, Invalid, NotFound, Refused
from qms.services import explanation, offering, passes, serving
from qms.services.supervising import tickets
from tests.db.marks import on_postgresql, on_sqlite


def sentences(town, ticket):
    """The names of all that an explanation says."""
    viewer = town.network.agents.find("sue")
    why = town.store.read(explanation.explain, account=town.account, viewer=viewer, ticket=ticket.id)
    said = [*why.said, *(one.said for one in why.in_front), *(one.said for one in why.journal)]
    return {one.sentence: dict(one.facts) for one in (*said, *(one for told in why.offers for one in told.said))}


def test_a_ticket_is_forced_on_a_free_agent_whoever_is_first(town, steer):
    town.present("ana")
    town.take("video")
    second = town.take("video")

    steer(tickets.force_offer, ticket=second.id, agent="ana")

    assert (town.now(second).state, town.offer("ana").ticket_id) == ("offered", second.id)
    said = sentences(town, second)
    assert said["won.supervisor"]["agent"] == "Ana" or said["won.supervisor"]["agent"] == "ana"
    assert said["event.forced"]["by"] == "Sue"
    town.do(offering.answer, "ana", offer=town.offer("ana").id)
    assert town.now(second).state == "serving"


@on_sqlite
def test_at_a_counter_it_is_called_at_once(town, steer):
    town.present("ben", poc="c1")
    ticket = town.take("cash")

    steer(tickets.force_offer, ticket=ticket.id, agent="ben")

    assert town.now(ticket).state == "called"


@on_sqlite
def test_what_was_declined_can_be_forced(town, steer):
    town.present("ana")
    ticket = town.take("video")
    town.work()
    town.do(offering.decline, "ana", offer=town.offer("ana").id)

    steer(tickets.force_offer, ticket=ticket.id, agent="ana")

    assert town.state("ana") == "ringing"


@on_sqlite
def test_what_cannot_be_forced_is_refused_and_changes_nothing(town, steer):
    ticket, cash = town.take("video"), town.take("cash")

    with pytest.raises(Conflict, match="offline"):
        steer(tickets.force_offer, ticket=ticket.id, agent="ana")
    town.present("ana", "away")
    with pytest.raises(Conflict, match="away"):
        steer(tickets.force_offer, ticket=ticket.id, agent="ana")
    town.present("ana")
    with pytest.raises(Conflict, match="none free"):  # she sits at no counter
        steer(tickets.force_offer, ticket=cash.id, agent="ana")
    with pytest.raises(Conflict, match="does not serve"):
        steer(tickets.force_offer, ticket=cash.id, agent="cyd")
    with pytest.raises(NotFound):
        steer(tickets.force_offer, ticket="0" * 24, agent="ana")
    with pytest.raises(Forbidden):
        steer(tickets.force_offer, by="bob", ticket=ticket.id, agent="ana")
    steer(tickets.force_offer, ticket=ticket.id, agent="ana")
    with pytest.raises(Conflict, match="offered"):
        steer(tickets.force_offer, ticket=ticket.id, agent="ana")
    assert town.offers(ticket) == ["ringing"]


def test_what_rings_is_taken_back_and_does_not_ring_there_again_at_once(town, steer, clock):
    town.present("ana")
    ticket = town.take("video")
    town.work()

    back = steer(tickets.take_back, ticket=ticket.id, reason="wrong agent")

    assert (back.state, back.key, town.state("ana")) == ("waiting", ticket.key, "idle")
    assert town.work() == 0
    assert sentences(town, ticket)["event.taken_back"]["reason"] == "wrong agent"
    clock.move(seconds=31)
    assert town.work() == 1


def test_whoever_is_served_is_taken_back_in_his_old_place(town, steer):
    town.present("ben", poc="c1")
    first, second = town.take("cash"), town.take("cash")
    town.do(serving.next_ticket, "ben")

    steer(tickets.take_back, ticket=first.id)

    assert (town.state("ben"), town.line("cash")) == ("idle", [first.number, second.number])
    assert town.now(first).poc_id is None
    with pytest.raises(Conflict, match="waiting"):
        steer(tickets.take_back, ticket=first.id)


def test_a_place_is_changed_with_a_reason_that_everybody_is_told(town, steer):
    one, two, three = (town.take("cash") for _ in range(3))

    steer(tickets.put_at, ticket=three.id, place="first", reason="with a small child")
    assert town.line("cash") == [three.number, one.number, two.number]
    steer(tickets.put_at, ticket=two.id, before=one.id, reason="they came together")
    assert town.line("cash") == [three.number, two.number, one.number]
    steer(tickets.put_at, ticket=three.id, place="last", reason="is on the telephone")

    assert town.line("cash") == [two.number, one.number, three.number]
    assert sentences(town, three)["position.placed"]["reason"] == "is on the telephone"
    assert sentences(town, one)["ahead.placed"] == {
        "number": two.number,
        "agent": "Sue",
        "at": sentences(town, two)["event.placed"]["at"],
        "rule": f"supervisor before {one.number}",
        "reason": "they came together",
    }


@on_sqlite
def test_a_place_that_cannot_be_is_refused(town, steer):
    one, other = town.take("cash"), town.take("video")

    with pytest.raises(Invalid):
        steer(tickets.put_at, ticket=one.id, place="first", reason="  ")
    with pytest.raises(Invalid):
        steer(tickets.put_at, ticket=one.id, reason="because")
    with pytest.raises(Conflict, match="another line"):
        steer(tickets.put_at, ticket=one.id, before=other.id, reason="because")
    with pytest.raises(Forbidden):
        steer(tickets.put_at, by="bob", ticket=one.id, place="first", reason="because")
    assert town.events(one) == ["created"]


@on_postgresql
def test_forced_and_distributed_at_the_same_time_one_of_them_wins(town, steer, open_store):
    town.present("ana")
    other, wins = open_store(), []
    domain = town.network.branches.find("main").domain_id
    for _ in range(8):
        ticket = town.take("video")
        both = threading.Barrier(2)

        def force(ticket=ticket, both=both):
            both.wait()
            try:
                steer(tickets.force_offer, ticket=ticket.id, agent="ana")
                wins.append("forced")
            except Refused:
                wins.append("refused")

        supervisor = threading.Thread(target=force)
        supervisor.start()
        both.wait()
        made = other.write(passes.run, domain=domain, routing_domain=domain)
        supervisor.join()

        assert (made, wins[-1]) in ((1, "refused"), (0, "forced"))
        assert town.offers(ticket) == ["ringing"]
        town.do(offering.answer, "ana", offer=town.offer("ana").id)
        town.do(serving.finish, "ana")
        town.present("ana")
    assert len(wins) == 8
