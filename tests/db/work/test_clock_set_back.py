"""A clock that was set forward by an hour, and right again: what was written meanwhile holds nobody up."""

import pytest

from qms.services import ahead, logins, passes, serving, sockets
from qms.services.idempotency import Kept, once
from tests.db.work.town import TOWN, Town

FAILED = "somebody@acme.example"


@pytest.fixture
def slow(store, clock):
    """The town, where what is left to do after a visit takes ten minutes."""
    return Town.built(store, clock, TOWN.replace("wrap_up_seconds = 0", "wrap_up_seconds = 600"))


def due(town):
    return town.store.read(passes.due_domains)


def test_an_offer_of_that_time_does_not_ring_on(town, clock):
    clock.move(hours=1)
    town.present("ben", poc="b1")
    ticket = town.take("video")
    town.work()
    rang = town.offers(ticket)
    clock.move(hours=-1)

    found = due(town)
    town.work()

    assert rang == ["ringing"]
    assert found == [town.network.branches.find("main").domain_id]
    assert town.offers(ticket) == ["missed"]
    clock.move(seconds=61)
    town.work()
    assert sorted(town.offers(ticket)) == ["missed", "ringing"]
    assert due(town) == []


def test_nobody_stays_in_a_wrap_up_of_that_time(slow, clock):
    clock.move(hours=1)
    slow.present("ana", poc="c1")
    slow.take()
    slow.do(serving.next_ticket, "ana")
    slow.do(serving.finish, "ana")
    before = slow.state("ana")
    clock.move(hours=-1)

    found = due(slow)
    slow.work()

    assert (before, slow.state("ana")) == ("wrap_up", "idle")
    assert found == [slow.network.branches.find("main").domain_id]


def test_a_desk_that_was_left_at_that_time_is_lost_half_a_minute_later(town, clock):
    clock.move(hours=1)
    town.present("ana", poc="c1")
    domain = town.network.agents.find("ana").domain_id
    for change in (sockets.opened, sockets.closed):
        how = {"process": "p"} if change is sockets.opened else {}
        town.store.write(change, domain=domain, agent=town.agent("ana"), socket="s", **how)
    clock.move(hours=-1)

    town.work()
    clock.move(seconds=29)
    town.work()
    before = town.state("ana")
    clock.move(seconds=2)
    town.work()

    assert (before, town.state("ana")) == ("idle", "offline")


def test_who_failed_to_sign_in_at_that_time_is_not_shut_out(store, clock):
    clock.move(hours=1)
    for _ in range(20):
        store.write(logins.fail, scope=FAILED)
    clock.move(hours=-1)

    store.read(logins.check, scope=FAILED)
    store.write(logins.fail, scope=FAILED)

    store.read(logins.check, scope=FAILED)


def test_an_answer_that_was_kept_at_that_time_is_repeated(store, clock):
    asked = {
        "scope": "s",
        "key": "k",
        "fingerprint": "f",
        "answer": lambda body: Kept(status=201, headers={}, body=body),
    }
    clock.move(hours=1)
    first = store.write(once, act=lambda tx: "first", **asked)
    clock.move(hours=-1)

    again = store.write(once, act=lambda tx: "again", **asked)

    assert again == first


def test_where_no_clock_was_wrong_nothing_is_set_right(town, clock):
    town.present("ben", poc="b1")
    town.take("video")
    town.work()

    assert due(town) == []
    assert town.store.read(ahead.anything) is False
