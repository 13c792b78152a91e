"""The model: it begins as the formula, learns, keeps its figures in order, and goes on after a restart."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acd.forecast import Line, Model, Recent
from acd.forecast.line import queue_length_seconds
from acd.forecast.wait import erlang_quantile
from tests.unit.forecast.traffic import MEAN, SERVERS, waits

seconds = st.floats(0, 7200)
recents = st.builds(
    Recent,
    handling_seconds=st.floats(1, 3600),
    leaving_per_second=st.floats(0, 0.1),
    last_wait_seconds=seconds,
    mean_wait_seconds=seconds,
    answered_per_hour=st.floats(0, 5000),
    credited_per_hour=st.floats(0, 5000),
)
lines = st.builds(
    Line,
    ahead=st.integers(0, 3000),
    servers=st.integers(0, 200),
    length=st.integers(0, 3000),
    others=st.integers(0, 3000),
    free=st.integers(0, 50),
    head_seconds=seconds,
    credited=st.booleans(),
    recent=recents,
)
lessons = st.lists(st.tuples(lines, seconds), max_size=120)


def taught(pairs) -> Model:
    model = Model()
    for line, waited in pairs:
        model.learn(model.forecast(line), waited)
    return model


def test_a_model_begins_as_the_formula():
    forecast = Model().forecast(Line(ahead=1, servers=1, recent=Recent(handling_seconds=300)))

    assert forecast.likely_seconds == pytest.approx(erlang_quantile(2, 0.5) * 300)
    assert forecast.safe_seconds == pytest.approx(erlang_quantile(2, 0.9) * 300)


@settings(deadline=None, max_examples=60)
@given(lessons, st.lists(lines, min_size=1, max_size=5))
def test_nought_likely_safe_whatever_was_learnt(pairs, asked):
    model = taught(pairs)

    for line in asked:
        forecast = model.forecast(line)

        assert 0 <= forecast.likely_seconds <= forecast.safe_seconds


@settings(deadline=None, max_examples=40)
@given(lessons, lessons, st.lists(lines, min_size=1, max_size=3))
def test_a_restart_changes_nothing(before, after, asked):
    stayed = taught(before)
    restarted = Model.of_json(json.loads(json.dumps(stayed.as_json())))

    for line, waited in after:
        stayed.learn(stayed.forecast(line), waited)
        restarted.learn(restarted.forecast(line), waited)

    assert [restarted.forecast(line) for line in asked] == [stayed.forecast(line) for line in asked]
    assert restarted.as_json() == stayed.as_json()


def test_what_another_release_learnt_is_begun_anew():
    assert Model.of_json({"shape": -1, "median": "?"}).learnt == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nine_tenths_wait_no_longer_than_what_is_called_safe(seed):
    model, held, likely = Model(), [], []

    for line, waited in waits(random.Random(seed), people=12000):
        forecast = model.forecast(line)
        held.append(waited <= forecast.safe_seconds)
        likely.append(waited <= forecast.likely_seconds)
        model.learn(forecast, waited)

    later = slice(2000, None)
    assert len(held) > 6000
    assert sum(held[later]) / len(held[later]) == pytest.approx(0.9, abs=0.015)
    assert sum(likely[later]) / len(likely[later]) == pytest.approx(0.5, abs=0.04)


def test_a_wrong_handling_time_is_found_out():
    """Serving takes three times as long as the formula is told: what was learnt makes up for it."""
    model, errors = Model(), []
    for line, waited in waits(random.Random(5), people=9000, told=MEAN / 3):
        forecast = model.forecast(line)
        formula = Model().forecast(line)
        errors.append((abs(forecast.likely_seconds - waited), abs(formula.likely_seconds - waited)))
        model.learn(forecast, waited)

    ours, formulas = (sum(column) for column in zip(*errors[2000:], strict=True))
    assert ours < 0.75 * formulas


@given(st.integers(0, 400), st.integers(1, 50), st.floats(10, 2000), st.floats(0, 0.05))
def test_the_sum_over_those_ahead_is_what_adding_gives(ahead, servers, handling, leaving):
    added = sum(1 / (servers / handling + i * leaving) for i in range(ahead + 1))

    assert queue_length_seconds(ahead, servers, handling, leaving) == pytest.approx(added, rel=1e-3)


def test_people_who_give_up_shorten_the_wait_of_those_behind():
    assert queue_length_seconds(9, SERVERS, MEAN, 0.002) < queue_length_seconds(9, SERVERS, MEAN)
