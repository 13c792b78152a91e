"""`turnero simulate` and `turnero staffing` as people run them, and the tutorial that shows them."""

import json
import shutil
from pathlib import Path

import pytest

from qms.services import serving
from qms.store.store import Store
from tests.clock import HandClock
from tests.db.work.town import TOWN, Town
from tests.e2e.howtos import run, script
from tests.e2e.shell import Shell
from tests.e2e.turnero import ROOT
from tests.vault import VAULT

EXAMPLES = ROOT / "examples" / "rehearsal"
QUICK = ("--rollouts", "2")


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A folder with the examples in it."""
    shutil.copytree(EXAMPLES, tmp_path / "examples" / "rehearsal")
    return Shell(tmp_path)


def test_the_tutorial_replays_a_day_and_has_one_more_agent_at_ten(shell):
    done = run(shell.folder, script("docs/tutorial/one-more-agent.md"))

    assert done.returncode == 0, done.stdout + done.stderr
    for said in ("242", "74.0", "53"):
        assert said in (shell.folder / "monday.txt").read_text("utf-8")


def test_a_seed_gives_the_same_bytes_again(shell, monkeypatch):
    command = ("simulate", "examples/rehearsal/expected.toml", *QUICK, "--seed", "7", "--json")

    monkeypatch.setenv("PYTHONHASHSEED", "1")
    first = shell.ok(*command)
    monkeypatch.setenv("PYTHONHASHSEED", "2")
    assert shell.ok(*command) == first


def test_files_without_a_day_file_are_enough(shell):
    files = ("examples/rehearsal/visits.csv", "--roster", "examples/rehearsal/roster.csv")

    found = json.loads(
        shell.ok("simulate", *files, "--day", "2026-03-03", "--rule", "*.wrap_up_seconds=20", *QUICK, "--json")
    )

    assert found["day"] == "2026-03-03"
    assert found["reproduced"] is True


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "name a file"),
        (("nowhere.toml",), "nowhere.toml: No such file"),
        (("examples/rehearsal/day.toml", "--agents", "some"), "expected agents such as"),
        (("examples/rehearsal/visits.csv", "--day", "1999-01-01"), "there is no day '1999-01-01'"),
        (("examples/rehearsal/roster.csv",), "line 1, column arrive_s"),
        (("--account", "nobody", "--day", "2026-03-02"), "turnero.db: no installation yet"),
        (("--account", "nobody", "--day", "soon"), "expected a date"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(shell, arguments, told):
    error = shell.refused("simulate", *arguments)

    assert told in error
    assert "Traceback" not in error


@pytest.fixture
def recorded(shell: Shell) -> Shell:
    """An installation that has recorded a Monday: two served, one after the other."""
    (shell.folder / "town.toml").write_text(TOWN, "utf-8")
    shell.settings["DATABASE_URL"] = f"sqlite:///{shell.folder / 'turnero.db'}"
    shell.ok("apply", "town.toml")
    clock = HandClock()
    store = Store(shell.settings["DATABASE_URL"], clock, VAULT)
    town = Town.built(store, clock)
    town.present("cyd", poc="c1")
    for _ in range(2):
        town.take("desk")
        town.work()
    for _ in range(2):
        clock.move(minutes=3)
        town.do(serving.finish, "cyd")
        town.work()
    town.present("cyd", "offline")
    store.close()
    return shell


def test_a_day_of_this_installation_is_replayed(recorded):
    found = json.loads(
        recorded.ok("simulate", "--account", "town", "--branch", "main", "--day", "2026-03-02", *QUICK, "--json")
    )

    assert found["day"] == "town main 2026-03-02"
    assert found["reproduced"] is True
    assert found["actual"][0]["offered"] == 2
    assert found["actual"][0]["p90_wait_seconds"] == pytest.approx(179, abs=1)


def test_a_week_is_staffed_from_what_this_installation_has_recorded(recorded):
    week = json.loads(
        recorded.ok("staffing", "--account", "town", "--until", "2026-03-09", "--rollouts", "0", "--json")
    )

    assert [(day["weekday"], day["learned_from_days"]) for day in week] == [("Monday", 1)]


def test_a_day_on_which_nobody_came_is_told(recorded):
    error = recorded.refused("simulate", "--account", "town", "--day", "2026-03-01")

    assert error == "nobody was served, or left, on 2026-03-01\n"


def test_a_week_is_staffed_from_files(shell):
    files = ("examples/rehearsal/visits.csv", "--roster", "examples/rehearsal/roster.csv")

    week = json.loads(
        shell.ok("staffing", *files, "--rollouts", "1", "--weekday", "friday", "--page", "week.html", "--json")
    )

    assert [day["weekday"] for day in week] == ["Friday"]
    assert max(one["needed"] for one in week[0]["intervals"]) > max(1, week[0]["intervals"][0]["needed"])
    assert "<svg" in (shell.folder / "week.html").read_text("utf-8")
