"""The replay of recorded traffic: in time order, never ahead of it, and the command that scores it."""

import csv
import json
import random
import re
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from acd.forecast.record import Call, Shift, call_of, shift_of
from acd.forecast.replay import replay
from acd.forecast.score import safety, score
from server.main import command_line

COLUMNS = ("day", "arrive_s", "queue", "prio", "service_s", "patience_s", "wait_s", "outcome", "agent")
DAY = date(2026, 3, 2)
AGENTS = ("ana", "ben", "cyd")
EVENING = 40000


def came(arrived: int, wait: int = 0, service: int | None = 100, agent: str = "ana", credit: int = 0) -> Call:
    return Call(
        day=DAY, arrived=arrived, queue="cash", credit=credit, wait=wait, service=service, agent=agent
    )  # fmt: skip


def shift(*agents: str) -> list[Shift]:
    return [Shift(day=DAY, agent=agent, on=0, off=EVENING, queues=frozenset({"cash"})) for agent in agents]


def rows(days: int, seed: int) -> list[dict[str, object]]:
    """A recording of a counter with three agents, served in the order of arrival."""
    chance, found = random.Random(seed), []
    for day in range(1, days + 1):
        now, free_at = 30000.0, dict.fromkeys(AGENTS, 30000)
        while (now := now + chance.expovariate(1 / 70)) < EVENING:
            agent = min(free_at, key=lambda one: (free_at[one], one))
            start = max(int(now), free_at[agent])
            service = 1 + int(chance.expovariate(1 / 200))
            free_at[agent] = start + service
            fields = (f"202603{day:02d}", int(now), "cash", "", service, "", start - int(now), "served", agent)
            found.append(dict(zip(COLUMNS, fields, strict=True)))
    return found


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """A folder with twenty recorded days."""
    with (tmp_path / "03.calls.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows(20, seed=7))
    with (tmp_path / "03.agents.csv").open("w") as file:
        file.write("day,agent,on_s,off_s,queues\n")
        file.writelines(f"202603{day:02d},{agent},30000,{EVENING},cash\n" for day in range(1, 21) for agent in AGENTS)
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(command_line(["forecast-score"]), ["forecast-score", *arguments])


def test_whoever_comes_counts_those_before_him():
    calls = [came(0, service=500), came(10, wait=490), came(20, wait=580)]

    judged = list(replay(calls, shift("ana")))

    assert [one.ahead for one in judged] == [0, 0, 1]
    assert judged[2].said["head"] == 10


def test_a_credit_puts_somebody_ahead():
    calls = [came(0, service=500), came(10, wait=590), came(20, wait=480, credit=90)]

    judged = list(replay(calls, shift("ana")))

    assert [one.ahead for one in judged] == [0, 0, 0]


def test_those_who_gave_up_are_in_line_but_teach_nothing():
    calls = [came(0, service=500), came(10, wait=100, service=None, agent=""), came(20, wait=480)]

    judged = list(replay(calls, shift("ana")))

    assert [one.ahead for one in judged] == [0, 0, 1]
    assert judged[2].said["abandonment"] < judged[2].said["ahead"] + 1


def test_what_happens_later_changes_no_forecast():
    calls = [call_of({k: str(v) for k, v in row.items()}) for row in rows(3, seed=1)]
    shorter = [call for call in calls if call.day.day < 3]
    shifts = [Shift(day=c.day, agent=c.agent, on=0, off=EVENING, queues=frozenset({"cash"})) for c in calls]

    whole, part = list(replay(calls, shifts)), list(replay(shorter, shifts))

    assert [one.forecast for one in whole[: len(part)]] == [one.forecast for one in part]


def test_a_recording_may_spell_dates_and_skills_in_either_way():
    row = {"day": "2026-03-02", "agent": "ana", "on_s": "0", "off_s": "9", "queues": "cash=8|advice"}

    assert shift_of(row) == Shift(day=DAY, agent="ana", on=0, off=9, queues=frozenset({"cash", "advice"}))


def test_scores_are_what_they_say():
    pairs = [(10.0, 20.0), (30.0, 20.0), (20.0, 20.0), (60.0, 20.0)]

    found, safe = score(pairs), safety(pairs)

    assert (found.mean_error, found.median_error, found.bias, found.under) == (15, 10, 10, 0.25)
    assert (safe.held, safe.mean) == (0.75, 30)
    assert safe.pinball == pytest.approx((0.9 * 10 + 0.1 * 10 + 0 + 0.1 * 40) / 4)


def test_the_command_scores_a_recording_beside_the_usual_estimators(recording):
    told = run("--data", str(recording), "--judge-from", "20260311")

    assert told.exit_code == 0, told.output
    assert "this project's forecast" in told.output
    assert "exponentially weighted mean of recent waits" in told.output
    assert "P90 held for" in told.output


def test_the_figures_come_as_json_too(recording):
    figures = json.loads(run("--data", str(recording), "--judge-from", "20260311", "--json").output)

    assert figures["from"] == "2026-03-11"
    assert figures["scores"]["model"]["mean_error"] < figures["scores"]["average"]["mean_error"]
    assert 0.8 < figures["p90"]["held"] < 0.97


def test_a_wrong_row_is_named(recording):
    with (recording / "03.calls.csv").open("a") as file:
        file.write("soon,1,cash,,1,,0,served,ana\n")

    told = run("--data", str(recording))

    assert told.exit_code == 1
    assert re.search(r"03\.calls\.csv:\d+: ", told.output)


def test_nothing_to_read_is_said(tmp_path):
    told = run("--data", str(tmp_path))

    assert (told.exit_code, told.output.strip()) == (1, f"{tmp_path}: no calls")
