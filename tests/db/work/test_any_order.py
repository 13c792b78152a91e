"""Whatever people and agents do, in whatever order: after every step the invariants hold.

What `test_any_day` does at random, hypothesis does on purpose: it looks for the shortest way to break something.
"""

import shutil
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from qms.domain.errors import Refused
from qms.domain.network_file import read_network
from qms.domain.ticket import Place
from qms.services import offering, parking, passes, presence, serving, sockets, undoing, visitors
from qms.services.admission import TakeTicket
from qms.services.applying import apply_network
from qms.services.intake import take_tickets
from qms.services.transfer import transfer
from qms.store.store import Store
from tests.db.clock import MachineClock
from tests.db.work.world import World, broken, moved, out_of_turn
from tests.vault import VAULT

HOUSE = """
[account]
slug = "SLUG"

[[branch]]
key = "main"
pocs = [{ key = "b1", kind = "booth" }, { key = "b2", kind = "booth" }, { key = "c1", kind = "counter" }]

[[branch]]
key = "shop"
hours = { mon-sun = ["08:00-20:00"] }
pocs = [{ key = "s1", kind = "counter" }]

[[queue]]
key = "video"
prefix = "V"
branches = ["main", "shop"]
wrap_up_seconds = 5
max_wait_minutes = 10
credit_seconds = { vip = 60 }

[[queue]]
key = "cash"
prefix = "C"
branches = ["main", "shop"]
mode = "counter"
wrap_up_seconds = 0

[[queue]]
key = "fast"
prefix = "F"
branches = ["main"]
mode = "counter"
call = "push"

[[agent]]
key = "ana"
queues = { video = 8, cash = 2 }

[[agent]]
key = "ben"
queues = ["video"]

[[agent]]
key = "cyd"
queues = ["cash", "fast"]

[[agent]]
key = "dan"
queues = ["video", "fast"]
"""

AGENTS = st.sampled_from(["ana", "ben", "cyd", "dan"])
LINES = st.sampled_from(
    [("video", "main"), ("video", "shop"), ("video", None), ("cash", "main"), ("cash", "shop"), ("fast", "main")]
)
ANY = st.integers(0, 1_000)
POCS = st.sampled_from(["c1", "s1", "b1", "", None])
AT_DESK = [serving.recall, serving.serve, serving.finish, serving.no_show, undoing.undo, parking.park, parking.resume]


class AnyOrder(RuleBasedStateMachine):
    """One account on a store; `open_again` closes the store and opens another one on the same database."""

    def __init__(self, open_again, clock):
        super().__init__()
        self.open_again, self.clock = open_again, clock
        self.taken = []

    @initialize()
    def begin(self):
        self.store, slug = self.open_again()
        self.store.write(apply_network, file=read_network(HOUSE.replace("SLUG", slug), "house.toml"), hashes={})
        self.account = self.store.read(lambda tx: tx.raw("SELECT id FROM account WHERE slug = :slug", {"slug": slug}))[
            0
        ][0]
        self.network = self.store.read(lambda tx: tx.network(self.account))
        (self.domain,) = {queue.domain_id for queue in self.network.queues.values()}
        self.world = self.look()

    def look(self):
        return self.store.read(World.seen, account=self.account)

    def act(self, service, *, rule="", take=False, **arguments):
        """Do something; what is refused has changed nothing, and what is done has moved nobody against the rules."""
        before = self.world
        try:
            if take:
                (answer,) = self.store.write(service, domain=self.domain, **arguments)
                if isinstance(answer, Refused):
                    raise answer
                self.taken.append(answer)
            else:
                answer = self.store.write(service, domain=self.domain, **arguments)
        except Refused as refused:
            assert self.look() == before
            return refused
        self.world = self.look()
        if rule not in ("transfer", "later"):
            assert moved(before, self.world) == []
        if rule not in ("resume", "undo"):
            assert out_of_turn(before, self.world) == []
        return answer

    def do(self, service, agent, **arguments):
        rule = service.__name__
        return self.act(service, rule=rule, account=self.account, agent=self.agent(agent), **arguments)

    def agent(self, key):
        return self.network.agents.find(key).id

    def work(self):
        """What a worker does, until there is nothing left to do."""
        while self.act(passes.run, routing_domain=self.domain):
            pass

    # -- visitors -----------------------------------------------------------------------------------------------------

    @rule(line=LINES, of=st.sampled_from([None, None, "vip"]), number=st.sampled_from([None, None, "Q-1"]))
    def come(self, line, of, number):
        queue, branch = line
        place: Place = "remote" if branch is None else "onsite"
        item = TakeTicket(
            account=self.account,
            branch=branch,
            queue=queue,
            source="kiosk",
            ticket_class=of,
            number=number,
            place=place,
        )
        self.act(take_tickets, take=True, items=[item])
        self.work()

    @rule(which=ANY, state=st.sampled_from(["waiting", "offered", "called", "serving", None]))
    @precondition(lambda self: self.taken)
    def leave(self, which, state):
        there = [ticket for ticket in self.taken if state in (None, self.world.tickets[ticket.id].state)] or self.taken
        self.act(visitors.leave, link=there[which % len(there)].link)
        self.work()

    @rule(which=ANY)
    @precondition(lambda self: self.taken)
    def be_late(self, which):
        self.act(visitors.later, rule="later", link=self.taken[which % len(self.taken)].link)
        self.work()

    # -- agents -------------------------------------------------------------------------------------------------------

    @rule(agent=AGENTS, poc=POCS)
    def be_there(self, agent, poc):
        self.do(presence.set_presence, agent, state="idle", poc=poc)
        self.work()

    @rule(agent=AGENTS, state=st.sampled_from(["away", "offline"]))
    def be_gone(self, agent, state):
        self.do(presence.set_presence, agent, state=state)
        self.work()

    @rule(agent=AGENTS, opens=st.booleans())
    def socket(self, agent, opens):
        arguments = {"agent": self.agent(agent), "socket": f"{self.account} {agent}"}
        if opens:
            self.act(sockets.opened, process="p", **arguments)
        else:
            self.act(sockets.closed, **arguments)
        self.work()

    @rule(which=ANY, service=st.sampled_from([offering.answer, offering.answer, offering.decline]))
    @precondition(lambda self: any(offer.state == "ringing" for offer in self.world.offers.values()))
    def pick_up(self, which, service):
        ringing = sorted((o for o in self.world.live() if o.state == "ringing"), key=lambda o: o.id)
        offer = ringing[which % len(ringing)]
        answer = self.act(service, account=self.account, agent=offer.agent_id, offer=offer.id)
        assert not isinstance(answer, Refused)
        self.work()

    @rule(which=ANY, agent=AGENTS, service=st.sampled_from([offering.answer, offering.decline]))
    @precondition(lambda self: self.world.offers)
    def pick_up_too_late(self, which, agent, service):
        over = sorted(
            o.id for o in self.world.offers.values() if o.state != "ringing" or o.agent_id != self.agent(agent)
        )
        if over:
            offer = over[which % len(over)]
            answer = self.act(service, account=self.account, agent=self.agent(agent), offer=offer)
            assert isinstance(answer, Refused)

    @rule(agent=AGENTS, queue=st.sampled_from([None, None, "cash", "video"]))
    def call_next(self, agent, queue):
        self.do(serving.next_ticket, agent, queue=queue)
        self.work()

    @rule(agent=AGENTS, service=st.sampled_from(AT_DESK))
    def at_the_desk(self, agent, service):
        self.do(service, agent)
        self.work()

    @rule(agent=AGENTS)
    def end_wrap_up(self, agent):
        self.do(serving.finish_wrap_up, agent)
        self.work()

    @rule(which=ANY)
    @precondition(lambda self: any(ticket.state == "no_show" for ticket in self.world.tickets.values()))
    def come_after_all(self, which):
        missed = sorted(t.id for t in self.world.tickets.values() if t.state == "no_show")
        self.act(serving.reactivate, account=self.account, ticket=missed[which % len(missed)])
        self.work()

    @rule(agent=AGENTS, line=LINES, to=AGENTS, how=st.integers(0, 2), place=st.sampled_from(["keep", "first", "last"]))
    def send_on(self, agent, line, to, how, place):
        queue, branch = line
        where = ({"queue": queue}, {"queue": queue, "branch": branch}, {"to_agent": self.agent(to)})[how]
        self.do(transfer, agent, place=place, **where)
        self.work()

    # -- time ---------------------------------------------------------------------------------------------------------

    @rule(seconds=st.sampled_from([1, 1, 4, 6, 21, 35, 61, 200, 610, 6 * 3600]), restart=st.integers(0, 7))
    def wait(self, seconds, restart):
        if restart == 7:
            self.restart()
        self.clock.move(seconds=seconds)
        self.work()

    def restart(self):
        before = self.world
        self.store.close()
        self.store, _ = self.open_again()

        assert self.look() == before

    # -- always -------------------------------------------------------------------------------------------------------

    @invariant()
    def nobody_is_lost(self):
        assert {ticket.id for ticket in self.taken} == self.world.tickets.keys()
        assert self.store.read(broken, account=self.account) == []

    def teardown(self):
        if hasattr(self, "store"):
            self.store.close()


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def run(machine: Any, profile: settings) -> None:
    """Run a machine that is made by a function, which hypothesis takes although it does not say so."""
    run_state_machine_as_test(machine, settings=profile)


@pytest.mark.parametrize("examples", [6, pytest.param(60, marks=[pytest.mark.campaign, pytest.mark.timeout(600)])])
def test_the_invariants_hold_on_sqlite(sqlite_with_tables, tmp_path, examples):
    file = tmp_path / "turnero.db"

    def machine():
        for old in tmp_path.iterdir():
            old.unlink()
        shutil.copy(sqlite_with_tables, file)
        clock = MachineClock()
        return AnyOrder(lambda: (Store(f"sqlite:///{file}", clock, VAULT), "house"), clock)

    profile = settings(max_examples=examples, stateful_step_count=40, deadline=None, suppress_health_check=QUIET)
    run(machine, settings(profile, derandomize=True, database=None))


@pytest.mark.parametrize("examples", [3, pytest.param(30, marks=[pytest.mark.campaign, pytest.mark.timeout(600)])])
@pytest.mark.parametrize("store_url", ["postgresql"], indirect=True)
def test_the_invariants_hold_on_postgresql(store_url, clock, examples):
    slugs = iter(range(10_000))

    def machine():
        slug = f"house-{next(slugs)}"
        return AnyOrder(lambda: (Store(store_url, clock, VAULT, writers=2), slug), clock)

    profile = settings(max_examples=examples, stateful_step_count=30, deadline=None, suppress_health_check=QUIET)
    once = settings(profile, derandomize=True, database=None, phases=[Phase.generate])
    run(machine, once)
