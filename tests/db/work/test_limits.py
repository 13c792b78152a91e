"""Limits of a queue: so many wait at most, and nobody is given a number who could not be served before closing."""

import pytest

from qms.domain.errors import QueueFull, Refused
from qms.services import serving
from qms.services.admission import TakeTicket
from qms.services.intake import take_tickets
from tests.db.work.town import TOWN, Town

OPEN = TOWN.replace('key = "main"\n', 'key = "main"\nhours = { mon-fri = ["09:00-13:00"] }\n', 1)


def limited(store, clock, rule: str, text: str = TOWN) -> Town:
    """The town with a rule for the queue at the counters."""
    return Town.built(store, clock, text.replace('key = "cash"\n', f'key = "cash"\n{rule}\n', 1))


def test_a_full_queue_takes_nobody_more_until_somebody_is_called(store, clock):
    town = limited(store, clock, "max_waiting = 2")
    town.present("ana", poc="c1")
    town.take()
    town.take()
    with pytest.raises(QueueFull) as refused:
        town.take()
    town.do(serving.next_ticket, "ana")
    again = town.take()

    assert (refused.value.why, again.number) == ("full", "C003")


def test_each_branch_has_its_own_limit(store, clock):
    town = limited(store, clock, "max_waiting = 1")
    town.take()

    assert town.take(branch="bare").number == "C001"


def test_many_at_once_are_counted_too(store, clock):
    town = limited(store, clock, "max_waiting = 2")
    line = town.network.queues.find("cash")
    items = [TakeTicket(account=town.account, branch="main", queue="cash", source="vendor") for _ in range(4)]
    answers = store.write(take_tickets, domain=line.domain_id, items=items)

    assert [isinstance(answer, Refused) for answer in answers] == [False, False, True, True]


@pytest.mark.parametrize("who", [{"source": "desk"}, {"appointment": "b" * 24}])
def test_whoever_has_an_appointment_or_is_let_in_by_staff_is_not_refused(store, clock, who):
    town = limited(store, clock, "max_waiting = 1")
    town.take()
    line = town.network.queues.find("cash")
    item = TakeTicket(**{"account": town.account, "branch": "main", "queue": "cash", "source": "kiosk", **who})

    assert not isinstance(store.take(take_tickets, item, domain=line.domain_id), Refused)


def test_before_closing_only_as_many_are_taken_as_can_be_served(store, clock):
    town = limited(store, clock, "close_by_forecast = true", OPEN)
    town.present("ana", poc="c1")
    clock.move(minutes=49)  # eleven minutes are left, and serving takes five
    taken = [town.take(), town.take()]
    with pytest.raises(QueueFull) as refused:
        town.take()
    town.present("ben", poc="c2")
    clock.move(seconds=1)
    more = town.take()

    assert [ticket.number for ticket in (*taken, more)] == ["C001", "C002", "C003"]
    assert refused.value.why == "closing"


def test_nothing_is_forecast_while_nobody_is_on_duty_or_where_it_never_closes(store, clock):
    office = limited(store, clock, "close_by_forecast = true", OPEN)
    clock.move(minutes=59)

    assert office.take().number == "C001"
    office.present("ana", poc="c1")
    assert office.take(branch="bare").number == "C001"


def test_how_long_serving_takes_is_what_the_forecast_has_learned(store, clock):
    service = '\n[[service]]\nkey = "s"\nqueue = "cash"\nduration_minutes = 2\nagents = ["ana"]\n'
    town = limited(store, clock, "close_by_forecast = true", OPEN + service)
    town.present("ana", poc="c1")
    clock.move(minutes=49)  # eleven minutes are left, and serving takes two, as far as anybody can know yet

    taken = [town.take() for _ in range(5)]

    with pytest.raises(QueueFull):
        town.take()
    assert [ticket.number for ticket in taken] == ["C001", "C002", "C003", "C004", "C005"]
