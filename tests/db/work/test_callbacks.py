"""Call-backs: who comes while nobody is there leaves a number, and is in line when somebody signs in."""

import pytest

from qms.domain.errors import BranchClosed, Conflict, Invalid, NoAgentAvailable
from qms.services import callbacks, serving
from qms.services.kiosk_menu import menu
from qms.store import callbacks as stored
from tests.db.work.town import TOWN, Town

TOKEN = "door-of-the-town"
CALLING = TOWN.replace('key = "cash"\n', 'key = "cash"\nunstaffed = "callback"\n', 1) + (
    f'[[kiosk]]\nkey = "door"\nbranch = "main"\ntoken = "{TOKEN}"\n'
)


@pytest.fixture
def office(store, clock):
    """The town, whose cash desk calls people back; nobody is there."""
    return Town.built(store, clock, CALLING)


def ask(office: Town, phone: str = "+56 2 2345 6789", **more):
    office.clock.move(seconds=1)
    domain = office.network.branches.find("main").domain_id
    given = {"token": TOKEN, "queue": "cash", "phone": phone, **more}
    return office.store.write(callbacks.ask, domain=domain, **given)


def now(office: Town, wish):
    return office.store.read(stored.get, id=wish.id)


def test_while_nobody_is_there_nobody_is_given_a_number_but_may_leave_one(office, store):
    with pytest.raises(NoAgentAvailable):
        office.take()

    shown = {queue["key"]: queue for queue in store.read(menu, token=TOKEN)[1]["queues"]}
    assert (shown["cash"]["open"], shown["cash"]["closed_for"], shown["cash"]["callback"]) == (False, "unstaffed", True)
    assert shown["video"]["callback"] is False


def test_when_somebody_signs_in_all_are_in_line_in_the_order_in_which_they_asked(office, clock):
    first, second = ask(office, name="Ana"), ask(office, "+56 2 9999 9999")
    clock.move(minutes=20)
    office.present("ana", poc="c1")
    meanwhile = office.take()
    called = [office.do(serving.next_ticket, "ana") for _ in range(3)]

    assert [ticket.id for ticket in called] == [
        now(office, first).ticket_id,
        now(office, second).ticket_id,
        meanwhile.id,
    ]
    assert called[0].customer == {"firstname": "Ana", "phone": "+56 2 2345 6789"}
    assert (called[0].place, called[0].source, called[0].poc_id) == ("remote", "callback", None)


def test_the_number_is_in_the_ticket_and_nowhere_else_then(office):
    wish = ask(office, name="Ana")
    office.present("ana")

    after = now(office, wish)
    assert (after.state, after.phone, after.name) == ("ticketed", None, None)


def test_whoever_signs_in_away_or_for_other_queues_calls_nobody(office):
    wish = ask(office)
    office.present("cyd")
    office.present("ana", "away")
    before = now(office, wish).state
    office.present("ana", "idle")

    assert (before, now(office, wish).state) == ("waiting", "ticketed")


def test_the_same_number_again_is_the_same_wish(office):
    first, again, other = ask(office), ask(office, "+56223456789"), ask(office, "+56 2 9999 9999")

    assert first.id == again.id
    assert first.id != other.id


def test_where_somebody_has_come_meanwhile_it_is_a_ticket_at_once(office):
    office.present("ana")
    wish = ask(office)

    assert wish.state == "ticketed"
    assert office.store.read(stored.waiting, queues=[wish.queue_id]) == []


def test_who_asked_days_ago_is_not_called(office, clock):
    wish = ask(office)
    clock.move(minutes=60 * 24 * 3 + 1)
    office.present("ana")

    assert (now(office, wish).state, now(office, wish).phone) == ("expired", None)


@pytest.mark.parametrize(("given", "refusal"), [({"phone": "call me"}, Invalid), ({"queue": "video"}, Conflict)])
def test_what_cannot_be_is_refused(office, given, refusal):
    with pytest.raises(refusal):
        ask(office, **given)


def test_a_closed_branch_calls_nobody_back(store, clock):
    closed = CALLING.replace('key = "main"\n', 'key = "main"\nhours = { sat = ["09:00-10:00"] }\n', 1)
    office = Town.built(store, clock, closed)

    with pytest.raises(BranchClosed):
        ask(office)
