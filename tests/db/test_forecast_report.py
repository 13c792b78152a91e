"""`turnero forecast-report`: on an installation as an operator has it."""

import json

import pytest
from typer.testing import CliRunner

from server.main import command_line


@pytest.fixture
def run(tmp_path, monkeypatch):
    """`run(command, …)` in a folder with an empty installation."""
    monkeypatch.setenv("TURNERO_DATABASE_URL", f"sqlite:///{tmp_path}/turnero.db")
    CliRunner().invoke(command_line(["migrate"]), ["migrate"])

    return lambda *words: CliRunner().invoke(command_line(words), words)


def test_nothing_was_told_yet(run):
    shown, figures = run("forecast-report"), run("forecast-report", "--json")

    assert "within P90" in shown.output
    assert (figures.exit_code, json.loads(figures.output)) == (0, [])


def test_an_account_that_is_not_there_is_said(run):
    told = run("forecast-report", "--account", "nobody")

    assert (told.exit_code, told.output.strip()) == (1, "no account 'nobody'")
