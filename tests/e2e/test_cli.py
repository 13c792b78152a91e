"""The command line as an operator has it: real processes, a database, exit codes, JSON for programs."""

import json
import re
import shutil
import sqlite3
import stat
import sys
from datetime import UTC, datetime

import psycopg
import pytest

from qms.services.key_tokens import read_token
from server.main import main
from tests.e2e.shell import Shell
from tests.unit.network.samples import ACME

ID = re.compile(r"[0-9a-f]{24}")
OVER = "expires: expected a time that is still to come\n"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{6}000000")


@pytest.fixture
def turnero(tmp_path):
    """In an empty folder."""
    return Shell(tmp_path)


@pytest.fixture(scope="module")
def acme(tmp_path_factory):
    """In a folder where Acme's network is applied; tests may issue keys, and change nothing else."""
    shell = Shell(tmp_path_factory.mktemp("acme"))
    shell.folder.joinpath("acme.toml").write_text(ACME)
    shell.applied = shell.json("apply", "acme.toml")
    return shell


@pytest.fixture
def here(acme, monkeypatch, capsys):
    """`here(…)`: exit code and words of a command in Acme's folder, run in this process: it is only about the words."""

    def here(*command):
        monkeypatch.chdir(acme.folder)
        monkeypatch.setattr(sys, "argv", ["turnero", *command])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code, capsys.readouterr().err

    return here


@pytest.fixture
def copy(acme, tmp_path):
    """In a folder with a copy of Acme's database."""
    for name in ("turnero.db", "turnero.db.secret"):
        shutil.copy(acme.folder / name, tmp_path)
    return Shell(tmp_path)


# -- settings --------------------------------------------------------------------------------------------------------


def test_the_version_is_printed_and_nothing_is_made(turnero):
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*\n", turnero.ok("version"))
    assert list(turnero.folder.iterdir()) == []


def test_an_unknown_setting_is_refused_with_the_nearest_name(turnero):
    said = turnero.refused("version", code=2, DATABASE_UTL="sqlite:///x.db")

    assert said == "turnero: TURNERO_DATABASE_UTL is unknown; the nearest name is TURNERO_DATABASE_URL\n"


def test_postgresql_wants_a_secret(turnero):
    said = turnero.refused("migrate", code=2, DATABASE_URL="postgresql://turnero@127.0.0.1:1/x")

    assert said == "turnero: TURNERO_SECRET_KEY: required with PostgreSQL (32 characters or more)\n"


def test_a_database_that_does_not_answer_is_told_in_one_line(turnero):
    down = {"DATABASE_URL": "postgresql://turnero@127.0.0.1:1/x", "SECRET_KEY": "x" * 32}

    said = turnero.refused("migrate", **down)

    assert said.startswith("turnero: connection")
    assert said.count("\n") == 1


# -- migrate, doctor -------------------------------------------------------------------------------------------------


def test_an_empty_database_is_migrated_once_found_healthy_and_refused_when_it_is_newer(turnero):
    turnero.folder.joinpath("turnero.toml").write_text('database_url = "sqlite:///elsewhere.db"\n')
    turnero.settings["CONFIG"] = "turnero.toml"

    unhealthy = turnero("doctor")
    first, second = turnero.ok("migrate"), turnero.ok("migrate")
    healthy = turnero.ok("doctor")
    with sqlite3.connect(turnero.folder / "elsewhere.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    newer = [turnero.refused(*command) for command in (("migrate",), ("token", "--account", "acme", "--list"))]

    assert unhealthy.returncode == 1
    assert "FAIL schema: elsewhere.db: there is no such database" in unhealthy.stdout
    assert (first, second) == ("empty -> 0001\n", "at revision 0001\n")
    found = {line.split()[1].rstrip(":"): line.split()[0] for line in healthy.splitlines()}
    assert set(found.values()) <= {"ok", "note"}
    assert {name for name, mark in found.items() if mark == "ok"} >= {
        "settings", "schema", "clock", "disk", "fonts", "screens", "database", "invariants", "calendars", "messages",
    }  # fmt: skip
    assert all("revision 9999, which this version does not know" in line for line in newer)


def test_the_doctor_says_what_is_broken(copy):
    with sqlite3.connect(copy.folder / "turnero.db") as database:
        database.execute("INSERT INTO number_counter VALUES ('b', 'q', '2026-03-02', 5)")

    sick = copy("doctor")

    assert sick.returncode == 1
    assert "FAIL invariants: I11: series b/q/2026-03-02" in sick.stdout


# -- apply -----------------------------------------------------------------------------------------------------------


def test_what_apply_prints_for_programs(acme):
    applied = acme.applied

    assert list(applied) == ["account", "changes", "ids", "tokens", "secrets"]
    assert applied["account"] == "acme"
    assert {"action": "add", "kind": "queue", "key": "tramites", "fields": []} in applied["changes"]
    assert applied["ids"]["branch"]["main-1345"] == {
        "id": "652720d479497a1b62df288b", "uuid": "652720d4-7949-87a1-8b62-df288b000000",
    }  # fmt: skip
    for kind in ("branch", "poc", "queue", "agent", "service", "form", "webhook", "screen", "kiosk"):
        for spelled in applied["ids"][kind].values():
            assert ID.fullmatch(spelled["id"])
            assert UUID.fullmatch(spelled["uuid"])
    assert set(applied["tokens"]) == {"screen", "kiosk"}
    assert applied["tokens"]["screen"]["lobby"] == "lobby-screen-secret"
    assert set(applied["secrets"]) == {"webhook"}
    assert applied["secrets"]["webhook"]["all"].startswith("whsec_")


def test_a_second_run_has_nothing_to_change_and_a_dry_run_says_what_it_would(acme):
    less = ACME.replace("ring_seconds = 20", "ring_seconds = 25").partition("[[kiosk]]")[0]
    acme.folder.joinpath("less.toml").write_text(less)

    dry = acme.ok("apply", "less.toml", "--dry-run", "--prune")
    unpruned = acme("apply", "less.toml", "--dry-run", "--json")
    again = acme.ok("apply", "acme.toml")

    assert "~ change queue tramites (ring_seconds)" in dry
    assert "- retire kiosk door" in dry
    assert dry.endswith("3 changes would be made (dry run)\n")
    assert [change["kind"] for change in json.loads(unpruned.stdout)["changes"]] == ["queue"]
    assert "left as it is (retire with --prune): kiosk door" in unpruned.stderr
    assert again == "nothing to change\n"


def test_a_wrong_file_is_refused_whole_with_line_key_and_expectation(turnero):
    wrong = ACME.replace('timezone = "America/Santiago"', 'timezone = "America/Santigo"', 1)
    turnero.folder.joinpath("wrong.toml").write_text(wrong.replace('kind = "booth"', 'kind = "boot"'))

    said = turnero.refused("apply", "wrong.toml").splitlines()

    assert said[0].startswith(
        'wrong.toml:4: account.timezone: "America/Santigo" is no time zone; expected an IANA name'
    )
    assert "branch[0].pocs[0].kind" in said[1]
    assert '"boot" is not one of booth, counter' in said[1]
    assert not turnero.folder.joinpath("turnero.db").exists()


def test_a_file_that_contradicts_another_account_or_is_not_there_is_refused(acme, here):
    acme.folder.joinpath("other.toml").write_text(ACME.replace('slug = "acme"', 'slug = "other"'))

    code, said = here("apply", "other.toml")

    assert (code, said.startswith("other.toml: "), "in use" in said) == (1, True, True)
    assert here("apply", "nowhere.toml") == (1, "nowhere.toml: No such file or directory\n")
    (acme.folder / "latin.toml").write_bytes('[account]\nslug = "café"\n'.encode("latin-1"))
    assert here("apply", "latin.toml") == (1, "latin.toml:2: not TOML: the text is not UTF-8\n")


# -- token -----------------------------------------------------------------------------------------------------------


def test_keys_of_all_kinds_are_issued_listed_and_taken_back(acme):
    printed = acme.at_once(
        ("token", "--account", "acme", "--kind", "backend", "--json"),
        ("token", "--account", "acme", "--kind", "public", "--json", "--expires", "2031-01-01T00:00:00Z"),
        ("token", "--account", "acme", "--kind", "api-token"),
        ("token", "--account", "acme", "--kind", "client", "--roles", "ROLE_AGENT,ROLE_SUPERVISOR",
         "--application", "app", "--agent", "jdoe", "--json"),
    )  # fmt: skip
    backend, public, client = (json.loads(printed[n]) for n in (0, 1, 3))
    revoked = acme.json("token", "--account", "acme", "--revoke", backend["id"])
    listed = {key["id"]: key for key in acme.json("token", "--account", "acme", "--list")}
    said = acme.ok("token", "--account", "acme", "--list")

    assert list(backend) == list(public) == ["id", "kind", "account", "token", "expires"]
    assert (backend["kind"], backend["account"], backend["expires"]) == ("backend", "acme", None)
    assert (public["kind"], public["expires"]) == ("public", "2031-01-01T00:00:00Z")
    assert re.search(r"^token: \S+\.\S+\.\S+$", printed[2], re.MULTILINE)
    assert list(client) == ["id", "kind", "account", "client_id", "client_secret", "roles"]
    assert UUID.fullmatch(client["client_id"])
    assert (client["kind"], client["roles"]) == ("client", ["ROLE_AGENT", "ROLE_SUPERVISOR"])
    assert {backend["id"], public["id"], client["id"]} <= listed.keys()
    assert client["client_secret"] not in json.dumps(listed)
    assert len(said.strip().split("\n\n")) == len(listed)
    assert "\nroles: ROLE_AGENT, ROLE_SUPERVISOR\n" in said
    assert revoked == {"id": backend["id"], "revoked": True}
    assert [listed[one["id"]]["revoked"] is None for one in (backend, public, client)] == [False, True, True]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("--account", "nobody", "--kind", "backend"), "no account 'nobody'"),
        (("--account", "acme", "--kind", "front"), "--kind: expected one of public, backend, api-token, client"),
        (("--account", "acme", "--kind", "client"), "--roles: expected some of ROLE_AGENT"),
        (("--account", "acme", "--kind", "backend", "--expires", "soon"), "--expires: expected an instant such as"),
        (("--account", "acme", "--kind", "backend", "--expires", "2020-01-01T00:00:00Z"), OVER),
        (("--account", "acme", "--kind", "client", "--roles", "ROLE_AGENT", "--expires", "2020-01-01T00:00:00Z"), OVER),
        (("--account", "acme", "--kind", "program", "--scopes", "reports.read", "--expires", "2020-01-01"), OVER),
    ],
)
def test_a_key_that_cannot_be_issued(here, command, said):
    code, told = here("token", *command)

    assert (code, said in told) == (1, True), told


# -- the secret ------------------------------------------------------------------------------------------------------


def test_a_secret_is_made_once_beside_the_file_for_its_owner_only(turnero):
    turnero.folder.joinpath("acme.toml").write_text(ACME)
    turnero.at_once(*[("apply", "acme.toml")] * 3)
    printed = turnero.ok("token", "--account", "acme", "--kind", "backend", "--json")

    file = turnero.folder / "turnero.db.secret"
    claims = read_token(json.loads(printed)["token"], secret=file.read_bytes(), now=datetime.now(UTC))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in turnero.folder.glob("*.secret*")] == ["turnero.db.secret"]
    assert claims.kind == "backend"


# -- webhooks --------------------------------------------------------------------------------------------------------


def test_deliveries_are_listed(acme, here):
    assert acme.json("webhooks", "list", "--account", "acme") == []
    assert "no account 'nobody'" in here("webhooks", "list", "--account", "nobody")[1]
    assert "--state: expected one of" in here("webhooks", "list", "--account", "acme", "--state", "lost")[1]


# -- e-mail ----------------------------------------------------------------------------------------------------------


def test_a_code_that_proves_an_account_s_e_mail_is_on_its_way(acme, here):
    sent = acme.json("email", "verify", "--account", "acme", "--to", "it@acme.example")

    assert (sent["account"], sent["to"]) == ("acme", "it@acme.example")
    assert datetime.fromisoformat(sent["expires"]) > datetime.now(UTC)
    assert "no account 'nobody'" in here("email", "verify", "--account", "nobody")[1]
    assert "to: expected an e-mail address" in here("email", "verify", "--account", "acme", "--to", "x")[1]


# -- PostgreSQL ------------------------------------------------------------------------------------------------------


def test_the_same_on_postgresql(turnero, postgres_url):
    turnero.settings |= {"DATABASE_URL": postgres_url, "SECRET_KEY": "a secret of at least thirty-two characters"}
    turnero.folder.joinpath("acme.toml").write_text(ACME)

    applied = turnero.json("apply", "acme.toml")
    key = turnero.json("token", "--account", "acme", "--kind", "backend")
    healthy = turnero.ok("doctor")

    assert applied["ids"]["branch"]["main-1345"]["id"] == "652720d479497a1b62df288b"
    assert key["token"].count(".") == 2
    assert "FAIL" not in healthy
    with psycopg.connect(postgres_url) as database:
        assert database.execute("SELECT count(*) FROM api_key").fetchone() == (1,)
