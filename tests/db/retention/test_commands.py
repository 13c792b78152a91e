"""`turnero archive`: on an installation as an operator has it."""

import json

import pytest
from typer.testing import CliRunner

from qms.store.revision import HEAD
from server.main import command_line
from tests.db.retention.conftest import BOB, EVE

pytestmark = pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
"""What commands do is tried on both databases elsewhere."""


@pytest.fixture
def run(house, store_url, folder, monkeypatch):
    """`run(words)`: a command of the installation, which has a folder for archives."""
    with house.store.engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{HEAD}')")
    monkeypatch.setenv("TURNERO_DATABASE_URL", store_url)
    monkeypatch.setenv("TURNERO_SECRET_KEY", "a secret of at least thirty-two bytes")
    monkeypatch.setenv("TURNERO_ARCHIVE_FOLDER", str(folder.root))

    def run(words):
        done = CliRunner().invoke(command_line(words.split()), words.split())
        return done.exit_code, done.output.strip()

    return run


def test_days_are_archived_listed_verified_searched_and_people_erased(run, folder):
    kept = run("archive run --account grown --before 2026-03-01 --keep")
    after = [run(f"archive {words}") for words in ("run", "run", "verify --account grown")]
    listed = json.loads(run("archive list --account grown --json")[1])
    _, bob = run(f"archive find --account grown --email {BOB}")
    erased, _ = run(f"person erase --account grown --email {EVE}")

    assert kept == (0, "3 archives written, 0 dropped from the database")
    assert after[0] == (0, "1 archives written, 4 dropped from the database")
    assert after[1] == (0, "0 archives written, 0 dropped from the database")
    assert after[2][1].startswith("ok   4 archives, ")
    assert [one["day"] for one in listed] == ["2025-01-26", "2026-02-27", "2026-02-28", "2026-03-01"]
    assert erased == 0
    assert json.loads(run(f"archive find --account grown --email {EVE}")[1]) == []
    assert json.loads(run(f"archive find --account grown --email {BOB}")[1]) == json.loads(bob)
    ticket = json.loads(bob)[1]["ticket"][0]
    (by_id,) = json.loads(run(f"archive find --account grown --ticket {ticket['id']} --day 2026-02-27")[1])
    assert by_id["ticket"] == [ticket]
    assert {entry["entity"] for entry in by_id["journal"]} == {ticket["id"]}


def test_what_is_lost_is_named_and_given_up(run, folder):
    run("archive run --account grown --before 2026-03-01 --keep")
    for name in folder.names():
        folder.drop(name)

    missed, stuck = run("archive verify --account grown"), run("archive run")
    healthy = run("doctor")[1]
    for day in ("2025-01-26", "2026-02-27", "2026-02-28"):
        run(f"archive renew --account grown {day}")

    assert (missed[0], missed[1].count("FAIL")) == (1, 3)
    assert (stuck[0], "No such file" in stuck[1]) == (1, True)
    assert "ok   archives" in healthy
    assert run("archive run") == (0, "4 archives written, 4 dropped from the database")
