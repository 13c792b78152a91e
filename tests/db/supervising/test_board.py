"""The board: what a supervisor sees of a branch, and the alerts that come and go by themselves."""

import pytest

from qms.domain.errors import Forbidden, NotFound
from qms.services import screen_reports, serving
from qms.services.supervising import board, lines
from tests.db.marks import on_sqlite


@pytest.fixture
def look(town):
    """`look("main")`: Sue's board of a branch, or of all."""

    def look(branch=None, by="sue"):
        network = town.store.read(lambda tx: tx.network(town.account))
        return town.store.read(board.read, viewer=network.agents.find(by), branch=branch)

    return look


def alerts(seen):
    return {
        (one.kind, seen.network.queues[one.queue].key if one.queue else one.screen): one.since for one in seen.alerts
    }


def test_everything_of_a_branch_is_on_it(town, look):
    town.present("ben", poc="c1")
    first, second = town.take("cash"), town.take("cash")
    town.do(serving.next_ticket, "ben")

    seen = look("main")

    cash = next(one for one in seen.queues if one.queue.key == "cash")
    assert (cash.waiting, cash.since, cash.servers, cash.free, cash.is_open) == (1, second.enqueued_at, 1, 0, True)
    ben = seen.agents[0]
    assert (ben.agent.key, ben.session.state, [one.ticket.number for one in ben.held]) == (
        "ben",
        "busy",
        [first.number],
    )
    assert [(one.poc.key, one.agent and one.agent.key, one.ticket and one.ticket.number) for one in seen.pocs] == [
        ("b1", None, None),
        ("b2", None, None),
        ("c1", "ben", first.number),
        ("c2", None, None),
    ]
    assert [one.device.key for one in seen.devices] == ["lobby"]
    assert {one.agent.key for one in seen.agents} == {"ana", "ben", "cyd"}


@on_sqlite
def test_two_looks_are_equal_while_nothing_happens_but_time(town, look, clock):
    town.take("video")
    before = look()
    clock.move(seconds=5)

    assert look() == before
    town.take("video")
    assert look() != before


@on_sqlite
def test_a_supervisor_of_one_branch_sees_that_one(town, look):
    assert [one.key for one, _ in look(by="bob").branches] == ["bare"]
    assert {one.branch.key for one in look(by="bob").queues} == {"bare"}
    with pytest.raises(Forbidden):
        look("main", by="bob")
    with pytest.raises(Forbidden):
        look(by="ana")
    with pytest.raises(NotFound):
        look("nowhere")


def test_a_wait_over_target_and_nobody_to_serve_are_alerts_until_they_are_not(town, look, clock):
    ticket = town.take("video")
    assert alerts(look("main"))["undeliverable", "video"] == ticket.enqueued_at
    clock.move(minutes=11)
    assert ("wait_over_target", "video") in alerts(look("main"))

    town.present("ana")
    assert ("undeliverable", "video") not in alerts(look("main"))
    town.present("ana", "away")
    gone = town.session("ana").state_since
    assert alerts(look("main"))["undeliverable", "video"] == gone
    town.present("ana")
    town.work()

    assert not {kind for kind, _ in alerts(look("main"))} & {"undeliverable", "wait_over_target"}


@on_sqlite
def test_an_agent_at_no_counter_serves_nobody_at_one(town, look):
    town.take("cash")
    town.present("ana")
    assert ("undeliverable", "cash") in alerts(look("main"))

    town.present("ana", poc="c1")

    assert ("undeliverable", "cash") not in alerts(look("main"))


def test_three_services_in_no_time_are_an_alert_for_an_hour(town, look, clock):
    town.present("ben", poc="c1")
    for _ in range(3):
        town.take("cash")
        town.do(serving.next_ticket, "ben")
        clock.move(seconds=3)
        town.do(serving.finish, "ben")

    short = [one for one in look("main").alerts if one.kind == "short_services"]
    assert [town.network.agents[one.agent].key for one in short] == ["ben"]
    clock.move(minutes=61)
    assert not [one for one in look("main").alerts if one.kind == "short_services"]


def test_a_screen_is_silent_until_it_reports_and_shows(town, look, clock):
    assert alerts(look("main")) == {("silent_screen", "lobby"): None}
    screen = town.network.screens.find("lobby")
    domain = town.network.branches.find("main").domain_id

    def report(painted):
        town.store.write(
            screen_reports.note, domain=domain, screen=screen, routing_domains=[domain], painted=painted, audio="played"
        )

    report(0)
    assert alerts(look("main")) == {}
    town.present("ben", poc="c1")
    town.take("cash")
    called = town.do(serving.next_ticket, "ben")
    clock.move(seconds=31)
    assert alerts(look("main")) == {("silent_screen", "lobby"): called.called_at}
    report(1)

    assert alerts(look("main")) == {}


def test_a_line_lists_who_waits_in_order_and_who_is_with_an_agent(town):
    town.present("ben", poc="c1")
    first, second, third = (town.take("cash") for _ in range(3))
    town.do(serving.next_ticket, "ben")

    sue = town.network.agents.find("sue")
    seen = town.store.read(lines.read, viewer=sue, queue="cash", branch="main")

    assert [one.number for one in seen.at_desks] == [first.number]
    assert [one.number for one in seen.waiting] == [second.number, third.number]
    with pytest.raises(NotFound):
        town.store.read(lines.read, viewer=sue, queue="far-cash", branch="main")
    with pytest.raises(Forbidden):
        town.store.read(lines.read, viewer=town.network.agents.find("bob"), queue="cash", branch="main")
