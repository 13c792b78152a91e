"""Closed days: their tickets go, and every report says the same as before."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms.services import inspection, offering, serving
from qms.services.retention import dropping
from qms.services.retention.kinds import KINDS
from qms.services.statistics import closing
from qms.services.statistics.period import Period
from qms.services.statistics.report import report
from qms.store.schema import forecast, work
from qms.store.schema.past import past_day, past_figures
from tests.clock import MONDAY_NOON
from tests.db.networks import settle
from tests.db.statistics.conftest import Past
from tests.db.work.town import TOWN

FIRST = datetime.fromisoformat("2026-02-20")
MINUTES = st.integers(0, 90).map(lambda minutes: minutes * 60.0 + 0.25)
VISITS = st.lists(
    st.fixed_dictionaries(
        {
            "at": st.tuples(st.integers(0, 3), st.integers(0, 24 * 60 - 1)).map(
                lambda when: FIRST + timedelta(days=when[0], minutes=when[1])
            ),
            "wait": MINUTES,
            "service": MINUTES,
            "state": st.sampled_from(("done", "done", "cancelled", "no_show", "expired")),
            "outcome": st.sampled_from((None, "paid", "gone")),
            "lane": st.sampled_from((("cash", "main"), ("desk", "main"), ("video", None), ("far-cash", "far"))),
        }
    ),
    max_size=25,
)
RANGES = (("2026-02-20", "2026-02-23"), ("2026-02-21", "2026-02-21"), ("2026-02-22", "2026-03-02"))


def close_and_forget(store):
    """All that the forgetter does, until there is nothing left to do; how many steps it took to drop rows."""
    while (due := store.read(closing.due)) is not None:
        store.write(closing.keep, due=due, some=store.read(closing.figures, due=due))
        store.write(closing.close, due=due)
    steps = 0
    while store.write(dropping.forget):
        steps += 1
    return steps


def reports(town, **chosen):
    """What is said of some ranges of days."""
    days = [[datetime.fromisoformat(day).date() for day in span] for span in RANGES]
    return [town.store.read(report, account=town.account, period=Period.of(*span), **chosen) for span in days]


def count(town, *tables):
    return [
        town.store.read(lambda tx, table=table: tx.execute(sa.select(sa.func.count()).select_from(table)).scalar())
        for table in tables
    ]


def enter(past, visits):
    for visit in visits:
        called = visit["wait"] if visit["state"] in ("done", "no_show") else None
        queue, branch = visit["lane"]
        ended = visit["wait"] + visit["service"]
        how = {"state": visit["state"], "outcome": visit["outcome"]}
        past.came(visit["at"], called=called, ended=ended, queue=queue, branch=branch, **how)


def keeping(days):
    """The town's file, with that option."""
    return TOWN.replace('slug = "town"', f'slug = "town"\noptions = {{ keep_tickets_days = {days} }}')


@pytest.fixture
def long_ago(town):
    """The town, longer after what will be written down of its past than it keeps."""
    settle(town.store, keeping(31))
    town.clock.move(days=35)
    return town


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(visits=VISITS)
def test_every_report_says_the_same_after_the_tickets_are_gone(long_ago, visits):
    past = Past(long_ago)
    enter(past, visits)
    past.report("2026-03-02")
    asked: list[dict[str, str]] = [{}, {"branch": "main"}, {"queue": "cash"}]
    before = [reports(past.town, **chosen) for chosen in asked]

    close_and_forget(past.town.store)

    assert count(past.town, work.ticket) == [0]
    assert [reports(past.town, **chosen) for chosen in asked] == before
    past.town.store.write(reopen)


def reopen(tx):
    """Forget that any day was closed."""
    for table in (past_figures, past_day):
        tx.execute(table.delete())


def a_day_at_work(town):
    town.present("ana")
    town.present("ben", poc="c1")
    town.take("cash")
    town.take("video")
    town.work()
    town.clock.move(seconds=10)
    town.do(offering.answer, "ana", offer=town.offer("ana").id)
    town.do(serving.next_ticket, "ben", queue="cash")
    town.do(serving.serve, "ben")
    town.clock.move(hours=12, minutes=5)
    town.do(serving.finish, "ana")
    town.do(serving.finish, "ben")
    town.clock.move(seconds=4)
    town.do(serving.finish_wrap_up, "ana")
    town.present("ana", "offline")
    town.present("ben", "offline")


def test_agents_times_survive_also_over_midnight_and_nothing_of_the_tickets_is_left(town):
    settle(town.store, keeping(31))
    a_day_at_work(town)
    town.clock.move(days=35)
    before = reports(town)

    steps = close_and_forget(town.store)

    assert before[2].agents
    assert reports(town) == before
    tables = (work.ticket, work.offer, work.call, work.session, work.number_counter, work.journal, forecast.quote)
    assert (steps, count(town, *tables)) == (1, [0] * 7)
    assert town.store.read(inspection.broken_invariants) == []


def say_it_as_before(tx):
    """What is kept of agents' work in the words of earlier versions."""
    c = past_figures.c
    for day, agent, kept in tx.execute(sa.select(c.day, c.agent_id, c.figures).where(c.kind == "work")).all():
        worded = {"lanes": kept["lines"], **{name: kept[name] for name in kept if name != "lines"}}
        where = (c.kind == "work") & (c.day == day) & (c.agent_id == agent)
        tx.execute(past_figures.update().where(where).values(figures=worded))


def test_what_an_earlier_version_kept_of_agents_is_still_told(town):
    settle(town.store, keeping(31))
    a_day_at_work(town)
    town.clock.move(days=35)
    before = reports(town)
    close_and_forget(town.store)

    town.store.write(say_it_as_before)

    assert sum(said.served for _, said in before[2].agents) > 0
    assert reports(town) == before


def test_an_account_that_keeps_its_tickets_for_good_closes_its_days_all_the_same(town):
    settle(town.store, keeping(0))
    a_day_at_work(town)
    town.clock.move(days=35)
    before = reports(town)

    steps = close_and_forget(town.store)

    assert (steps, count(town, work.ticket)) == (0, [2])
    assert reports(town) == before


@pytest.mark.parametrize(("days", "left"), [(30, [2]), (33, [0])])
def test_tickets_go_at_their_age_and_not_before(town, days, left):
    settle(town.store, keeping(31))
    a_day_at_work(town)
    town.clock.move(days=days)

    close_and_forget(town.store)

    assert count(town, work.ticket) == left


def test_a_day_is_not_closed_while_somebody_is_still_there_but_at_last_it_is(town):
    town.take("cash")
    town.clock.move(days=20)
    soon = town.store.read(closing.due)

    town.clock.move(days=50)

    assert soon is None
    assert town.store.read(closing.due).day == MONDAY_NOON.date()


def test_many_tickets_are_dropped_in_small_steps(long_ago, monkeypatch):
    past = Past(long_ago)
    for n in range(7):
        past.came(f"2026-02-20 09:0{n}", called=60, ended=120)
    past.report("2026-03-02")
    monkeypatch.setattr(dropping, "KINDS", [replace(kind, at_once=3) for kind in KINDS])

    assert close_and_forget(long_ago.store) == 3
    assert count(long_ago, work.ticket) == [0]
