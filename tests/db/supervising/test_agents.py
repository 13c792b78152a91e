"""What a supervisor does with agents: moves them, sends them away or home."""

import pytest
import sqlalchemy as sa

from qms.domain.errors import Conflict, Forbidden, Invalid, NotFound
from qms.domain.network_file import read_network
from qms.services import presence, serving
from qms.services.applying import apply_network
from qms.services.supervising import agents, tickets
from qms.store.schema.audit import audit
from tests.db.marks import on_sqlite
from tests.db.supervising.conftest import PEOPLE
from tests.db.work.town import TOWN


def served(town, agent):
    """The keys of the queues that an agent serves now."""
    network = town.store.read(lambda tx: tx.network(town.account))
    return [network.queues[id].key for id in network.agents.find(agent).queues]


def test_an_agent_is_moved_to_another_poc_and_to_none(town, steer):
    town.present("ben", poc="c1")

    steer(agents.move, agent="ben", poc="main/c2")
    assert town.session("ben").poc_id == town.poc("c2")
    steer(agents.move, agent="ben", poc=None)

    assert (town.session("ben").poc_id, town.session("ben").branch_id) == (None, None)


@on_sqlite
def test_whoever_has_somebody_at_his_desk_is_not_moved(town, steer):
    town.present("ben", poc="c1")
    town.take("cash")
    town.do(serving.next_ticket, "ben")

    with pytest.raises(Conflict, match="busy"):
        steer(agents.move, agent="ben", poc="c2")


@on_sqlite
def test_nobody_is_moved_where_somebody_sits_or_he_serves_nothing(town, steer):
    town.present("ana", poc="c1")
    town.present("ben", poc="c2")

    with pytest.raises(Conflict):
        steer(agents.move, agent="ben", poc="c1")
    with pytest.raises(Conflict, match="serves nothing"):
        steer(agents.move, agent="ben", poc="f1")
    with pytest.raises(Conflict, match="offline"):
        steer(agents.move, agent="cyd", poc="c1")
    with pytest.raises(Invalid):
        steer(agents.move, agent="ben")
    with pytest.raises(Forbidden):
        steer(agents.move, by="bob", agent="cyd", poc=None)


def test_other_queues_are_served_until_the_agent_signs_out(town, steer):
    town.present("cyd", poc="c1")
    ticket = town.take("cash")

    steer(agents.move, agent="cyd", queues=["cash"])
    assert served(town, "cyd") == ["cash"]
    assert town.do(serving.next_ticket, "cyd").id == ticket.id
    town.do(serving.finish, "cyd")
    town.present("cyd", "offline")

    assert served(town, "cyd") == ["desk"]


def test_his_own_queues_come_back_by_hand_and_on_another_day(town, steer, clock):
    steer(agents.move, agent="cyd", queues=["cash", "desk"])
    steer(agents.move, agent="cyd", queues=[])
    assert served(town, "cyd") == ["desk"]
    town.present("cyd")
    steer(agents.move, agent="cyd", queues=["cash"])
    town.store.write(
        lambda tx: presence.lose(tx, town.session("cyd")), domain=town.network.branches.find("main").domain_id
    )
    town.present("cyd")
    assert served(town, "cyd") == ["cash"]  # a lost connection is not the end of the day
    town.store.write(
        lambda tx: presence.lose(tx, town.session("cyd")), domain=town.network.branches.find("main").domain_id
    )
    clock.move(hours=20)

    town.present("cyd")

    assert served(town, "cyd") == ["desk"]


@on_sqlite
def test_applying_the_network_file_leaves_the_move_alone(town, steer):
    steer(agents.move, agent="cyd", queues=["cash"])

    domains = town.store.read(agents.domains_to_hold, account=town.account, agent="cyd", queues=["far-cash"])
    town.store.write(apply_network, domain=domains, file=read_network(TOWN + PEOPLE, "town.toml"), hashes={})

    assert served(town, "cyd") == ["cash"]


def test_a_move_to_another_routing_domain_joins_the_two(town, steer):
    town.present("cyd")
    domains = town.store.read(agents.domains_to_hold, account=town.account, agent="cyd", queues=["far-cash"])
    assert len(domains) > 1

    steer(agents.move, domain=domains, agent="cyd", queues=["far-cash"])
    steer(agents.move, domain=domains, agent="cyd", poc="far/f1")

    network = town.store.read(lambda tx: tx.network(town.account))
    assert network.branches.find("far").domain_id == network.agents.find("cyd").domain_id
    assert town.session("cyd").domain_id == network.agents.find("cyd").domain_id
    assert town.session("cyd").poc_id == town.poc("f1")


def test_an_agent_is_sent_away_and_home(town, steer):
    town.present("ana")
    ticket = town.take("video")
    town.work()

    steer(agents.set_presence, agent="ana", state="away", reason="break")
    assert (town.state("ana"), town.now(ticket).state) == ("away", "waiting")
    steer(agents.set_presence, agent="ana", state="offline")

    assert town.state("ana") == "offline"
    with pytest.raises(Conflict, match="offline"):
        steer(agents.set_presence, agent="ana", state="idle")
    with pytest.raises(NotFound):
        steer(agents.set_presence, agent="nobody", state="away")


@on_sqlite
def test_whoever_serves_goes_home_once_his_visitor_is_taken_back(town, steer):
    town.present("ben", poc="c1")
    ticket = town.take("cash")
    town.do(serving.next_ticket, "ben")

    with pytest.raises(Conflict, match="busy"):
        steer(agents.set_presence, agent="ben", state="offline")
    steer(tickets.take_back, ticket=ticket.id)
    steer(agents.set_presence, agent="ben", state="offline")

    assert town.state("ben") == "offline"


@on_sqlite
def test_what_supervisors_do_is_in_the_audit(town, steer):
    town.present("ben", poc="c1")
    steer(agents.set_presence, agent="ben", state="away", reason="break")
    steer(agents.move, agent="ben", poc="c2")

    rows = town.store.read(lambda tx: [tuple(row) for row in tx.execute(sa.select(audit.c.actor, audit.c.action))])

    assert {(town.agent("sue"), "agent.away"), (town.agent("sue"), "agent.moved")} <= set(rows)
