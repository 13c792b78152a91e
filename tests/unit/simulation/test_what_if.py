"""Plans, what is changed in them, and rehearsals: bands, verdicts, the same bytes for the same seed."""

import csv
import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from acd.simulation import change
from acd.simulation.day import HOUR, MINUTE, Policy
from acd.simulation.dayfile import read_day
from acd.simulation.durations import Constant, Exponential, Lognormal, durations
from acd.simulation.gaps import Habits, Rates
from acd.simulation.page import page
from acd.simulation.plan import Plan
from acd.simulation.rehearsal import calibrated, rehearse
from acd.simulation.report import as_csv, as_json
from acd.simulation.rollouts import WHOLE
from tests.unit.simulation.worlds import an_agent

EXAMPLES = Path(__file__).parents[3] / "examples" / "rehearsal"


def example(name: str = "day.toml") -> Plan:
    return read_day((EXAMPLES / name).read_text("utf-8"), lambda file: (EXAMPLES / file).open(encoding="utf-8"))


def a_plan(**more) -> Plan:
    """Two agents from nine to five, a visitor of `q` every five minutes."""
    facts = {
        "name": "a plan",
        "agents": tuple(an_agent(key, "q", shift=(9 * HOUR, 17 * HOUR)) for key in ("ana", "ben")),
        "policies": {"q": Policy()},
        "habits": Habits(handling={"q": Exponential(400)}, patience={"q": Exponential(900)}),
        "rates": (Rates(queue="q", stretches=((9 * HOUR, 17 * HOUR, 96.0),)),),
    }
    return Plan(**{**facts, **more})


def shifts(plan: Plan) -> dict[str, list[tuple[float, float]]]:
    return {agent.key: [(on / HOUR, off / HOUR) for on, off in agent.shifts] for agent in plan.agents}


def test_one_more_agent_serves_what_most_do_all_day():
    changed = change.with_agents(a_plan(), "+1")

    assert shifts(changed)["extra 1"] == [(9, 17)]
    assert changed.agents[-1].queues == {"q": 5}


def test_one_more_agent_for_some_hours_and_queues():
    plan = a_plan(policies={"q": Policy(), "other": Policy()})

    changed = change.with_agents(plan, "+2@10:00-11:30:q|other")

    assert shifts(changed)["extra 2"] == [(10, 11.5)]
    assert changed.agents[-1].queues == {"q": 5, "other": 5}


def test_one_agent_less_for_some_hours_has_a_gap_then():
    assert shifts(change.with_agents(a_plan(), "-1@10:00-11:00")) == {"ana": [(9, 10), (11, 17)], "ben": [(9, 17)]}


def test_one_agent_less_all_day_is_gone():
    assert shifts(change.with_agents(a_plan(), "-1")) == {"ben": [(9, 17)]}


def test_other_hours_bring_the_agents_along_and_turn_away_whoever_is_late():
    changed = change.with_hours(a_plan(), "08:00-16:00")

    assert shifts(changed)["ana"] == [(8, 16)]
    assert rehearse(changed, count=2).before.bands[WHOLE]["refused"].p50 > 5


def test_who_comes_before_the_doors_open_comes_when_they_do():
    day = replace(a_plan(), opens=10 * HOUR).day("1")

    assert min(visitor.at for visitor in day.visitors) == 10 * HOUR


def test_another_rule_for_one_queue_or_for_all():
    plan = a_plan(policies={"q": Policy(), "other": Policy()})

    assert change.with_policy(plan, "q.wrap_up_seconds=0").policies["q"].wrap_up_seconds == 0
    assert change.with_policy(plan, "*.credit_seconds.vip=60").policies["other"].credit_seconds == {"vip": 60}
    assert change.with_policy(plan, "q.answer=exponential:6").policies["q"].answer == Exponential(6)
    assert change.with_policy(plan, "q.mode=counter").policies["q"].mode == "counter"


def test_appointments_are_spread_over_the_agents_time():
    day = change.with_appointments(a_plan(), "40%").day("1")

    slots = [visitor.slot for visitor in day.visitors if visitor.slot is not None]
    assert 25 <= len(slots) <= 55
    assert all(9 * HOUR <= slot < 17 * HOUR and slot % (5 * MINUTE) == 0 for slot in slots)
    assert max(slots) - min(slots) > 7 * HOUR
    assert all(v.at <= v.slot <= v.at + 10 * MINUTE for v in day.visitors if v.slot is not None)


@pytest.mark.parametrize(
    ("what", "text"),
    [
        (change.with_agents, "one"),
        (change.with_agents, "+1@10-11"),
        (change.with_agents, "+1@11:00-10:00"),
        (change.with_agents, "+1:nowhere"),
        (change.with_agents, "-3"),
        (change.with_hours, "nine to five"),
        (change.with_policy, "q.speed=9"),
        (change.with_policy, "nowhere.wrap_up_seconds=9"),
        (change.with_policy, "q.wrap_up_seconds=-1"),
        (change.with_policy, "q.wrap_up_seconds=nan"),
        (change.with_policy, "wrap_up_seconds"),
        (change.with_appointments, "120%"),
        (change.with_appointments, "many"),
    ],
)
def test_what_cannot_be_meant_is_refused(what, text):
    with pytest.raises(ValueError, match=r"."):
        what(a_plan(), text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("180", Constant(180)), ("exponential:60", Exponential(60)), ("lognormal:60,1.4", Lognormal(60, 1.4))],
)
def test_durations_are_written_as_short_texts(text, meant):
    assert durations(text) == meant


@pytest.mark.parametrize("text", ["", "soon", "exponential", "exponential:-1", "lognormal:1", "nan", "inf", "-3"])
def test_a_duration_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="expected seconds"):
        durations(text)


def test_the_same_seed_gives_the_same_bytes():
    first, second = (rehearse(example(), change.with_agents(example(), "+1"), count=3, seed=4) for _ in range(2))

    assert as_json(first) == as_json(second)
    assert as_csv(first) == as_csv(second)
    assert page(first) == page(second)


def test_another_seed_gives_another_answer():
    first, second = (rehearse(a_plan(), count=2, seed=seed) for seed in (1, 2))

    assert as_json(first) != as_json(second)


def test_a_day_that_is_told_completely_is_reproduced():
    found = rehearse(example(), count=5)

    assert found.reproduced
    assert found.actual[WHOLE].offered == found.before.bands[WHOLE]["offered"].p50


def test_a_day_whose_agents_were_slower_than_the_record_says_is_not():
    quick = change.with_policy(example(), "*.wrap_up_seconds=0")

    found = rehearse(quick, count=5)

    assert not found.reproduced
    assert "mean_wait_seconds" in {one.figure for one in found.verdicts if not one.reproduced}


def test_calibration_finds_the_seconds_that_the_record_does_not_tell():
    quick = change.with_policy(example(), "*.wrap_up_seconds=0")

    plan, found = calibrated(quick)

    assert 15 <= found <= 25  # the example was made with twenty
    assert plan.policies["cash"].wrap_up_seconds == found


def test_one_more_agent_at_ten_helps():
    found = rehearse(example(), change.with_agents(example(), "+1@10:00-11:00"), count=10)

    assert found.difference[WHOLE]["mean_wait_all_seconds"].p90 < 0
    assert found.better["mean_wait_all_seconds"] == 10
    assert found.difference["*", 8]["mean_wait_all_seconds"].p90 == 0  # nothing has changed before ten


def test_what_is_only_expected_has_no_verdict():
    found = rehearse(example("expected.toml"), count=2)

    assert not found.verdicts
    assert json.loads(as_json(found))["reproduced"] is None


def test_the_csv_says_every_figure_of_every_queue_and_hour():
    rows = list(csv.DictReader(io.StringIO(as_csv(rehearse(example(), count=2)))))

    ten = {row["figure"]: row for row in rows if (row["queue"], row["hour"]) == ("*", "10")}
    assert ten["offered"]["actual"] == "53"
    assert {row["queue"] for row in rows} == {"*", "cash", "advice"}


class Outline(HTMLParser):
    """The tags of a page, and every attribute by which it could ask for something."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.asks: list[str] = []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.asks += [f"{tag} {name}" for name, _ in attributes if name in ("src", "href", "srcset", "data", "action")]


def test_the_page_stands_by_itself():
    text = page(rehearse(example(), change.with_agents(example(), "+1"), count=2))

    outline = Outline()
    outline.feed(text)
    assert outline.asks == []
    assert not re.search(r"https?://|url\(|@import", text)
    assert "default-src 'none'" in text
    assert outline.tags.count("svg") >= 5
    assert "script" not in outline.tags


def test_the_page_says_strange_names_as_they_are():
    text = page(rehearse(replace(a_plan(), name="<script>alert(1)</script>"), count=1))

    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_a_spreadsheet_is_given_no_formula():
    plan = a_plan(
        policies={}, rates=(Rates(queue="=1+1", stretches=((0, HOUR, 9.0),)),), habits=Habits(handling={}, patience={})
    )

    assert "\n'=1+1," in as_csv(rehearse(plan, count=1))
