"""What visitors do by their own link: leave, and let others pass."""

import pytest

from qms.domain.errors import Conflict, Gone, NotFound
from qms.services import presence, serving, visitors


def by_link(town, service, ticket):
    return town.store.write(service, domain=ticket.domain_id, link=ticket.link)


def test_whoever_leaves_is_out_of_the_line(town):
    first, second = town.take(), town.take()

    by_link(town, visitors.leave, first)

    assert town.now(first).state == "cancelled"
    assert town.line("cash") == [second.number]


def test_whoever_leaves_after_being_called_frees_the_desk(town):
    town.present("ana", poc="c1")
    ticket = town.take()
    town.do(serving.next_ticket, "ana")

    by_link(town, visitors.leave, ticket)

    assert (town.now(ticket).state, town.state("ana")) == ("cancelled", "idle")


def test_whoever_leaves_a_desk_whose_agent_was_lost_frees_its_place(town):
    town.present("ana", poc="c1")
    ticket = town.take()
    town.do(serving.next_ticket, "ana")
    town.store.write(presence.lose, domain=ticket.domain_id, session=town.session("ana"))

    by_link(town, visitors.leave, ticket)

    assert town.offers(ticket) == ["done"]
    assert town.present("ana", poc="c1").state == "idle"


def test_nobody_leaves_who_is_being_served_or_has_been(town):
    town.present("ana", poc="c1")
    ticket = town.take()
    town.do(serving.next_ticket, "ana")
    town.do(serving.serve, "ana")

    with pytest.raises(Conflict):
        by_link(town, visitors.leave, ticket)
    town.do(serving.finish, "ana")
    with pytest.raises(Gone):
        by_link(town, visitors.leave, ticket)


def test_whoever_is_late_lets_three_pass_three_times_at_most(town):
    late, *others = [town.take() for _ in range(5)]

    by_link(town, visitors.later, late)
    once = town.line("cash")
    by_link(town, visitors.later, late)
    by_link(town, visitors.later, late)

    assert once == [others[0].number, others[1].number, others[2].number, late.number, others[3].number]
    assert town.line("cash")[-1] == late.number
    with pytest.raises(Conflict):
        by_link(town, visitors.later, late)


def test_a_link_that_nobody_has_opens_nothing(town):
    ticket = town.take()

    with pytest.raises(NotFound):
        town.store.write(visitors.leave, domain=ticket.domain_id, link="x")
