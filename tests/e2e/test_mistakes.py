"""What an operator may get wrong: told in a line that names the file, and nothing is left behind."""

import shutil
import socket
import sqlite3

import pytest

from tests.e2e.shell import Shell
from tests.unit.network.samples import ACME

NOTHING_YET = "turnero: turnero.db: no installation yet; turnero serve, or apply, makes one\n"


@pytest.fixture
def turnero(tmp_path):
    """In an empty folder."""
    return Shell(tmp_path)


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A folder where Acme's network is applied; tests work in copies of it."""
    shell = Shell(tmp_path_factory.mktemp("acme"))
    shell.folder.joinpath("acme.toml").write_text(ACME)
    shell.ok("apply", "acme.toml")
    return shell


@pytest.fixture
def acme(begun, tmp_path):
    """In a copy of Acme's folder."""
    for name in ("acme.toml", "turnero.db", "turnero.db.secret"):
        shutil.copy(begun.folder / name, tmp_path)
    return Shell(tmp_path)


def left(shell):
    """What lies in a shell's folder."""
    return sorted(path.name for path in shell.folder.iterdir())


# -- the wrong folder ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        "export --account acme",
        "token --account acme --list",
        "login list --account acme",
        "secrets rotate",
        "secrets forget --yes",
        "person export --account acme --email ann@mail.example",
        "audit verify --account acme",
        "archive list --account acme",
        "webhooks list --account acme",
        "outbox list --account acme",
        "email verify --account acme",
        "forecast-report",
    ],
)
def test_what_works_with_an_installation_begins_none_in_an_empty_folder(turnero, command):
    assert turnero.refused(*command.split()) == NOTHING_YET
    assert left(turnero) == []


def test_what_works_with_an_installation_begins_none_in_an_empty_database(turnero, postgres_url):
    turnero.settings |= {"DATABASE_URL": postgres_url, "SECRET_KEY": "a secret of at least thirty-two characters"}

    said = turnero.refused("token", "--account", "acme", "--list")

    assert said == "turnero: the database: no installation yet; turnero serve, or apply, makes one\n"


def test_a_dry_run_says_what_would_be_added_and_leaves_nothing(turnero):
    turnero.folder.joinpath("acme.toml").write_text(ACME)

    said = turnero.ok("apply", "acme.toml", "--dry-run")

    assert "+ add account acme" in said
    assert said.endswith("changes would be made (dry run)\n")
    assert left(turnero) == ["acme.toml"]


def test_the_doctor_finds_no_database_and_makes_none(turnero):
    sick = turnero("doctor")

    assert (sick.returncode, sick.stderr) == (1, "")
    assert "FAIL schema: turnero.db: there is no such database" in sick.stdout
    assert left(turnero) == []


# -- the database ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("serve",), ("migrate",), ("apply", "acme.toml"), ("export", "--account", "acme")])
def test_a_file_that_is_no_database_is_named(acme, command):
    acme.folder.joinpath("turnero.db").write_text("all that we know")

    assert acme.refused(*command) == "turnero: turnero.db: file is not a database\n"
    assert acme.folder.joinpath("turnero.db").read_text() == "all that we know"


def test_the_doctor_and_a_backup_send_nobody_to_migrate_what_is_newer(acme):
    with sqlite3.connect(acme.folder / "turnero.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")

    sick, refused = acme("doctor"), acme.refused("backup", "x.turnero")

    newer = "the database is at revision 9999, which this version does not know\n"
    assert (sick.returncode, refused) == (1, newer)
    assert f"FAIL schema: {newer}" in sick.stdout


# -- the secret ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [("serve",), ("apply", "acme.toml"), ("apply", "acme.toml", "--dry-run")])
def test_no_secret_is_made_in_the_place_of_one_that_is_away(acme, command):
    acme.folder.joinpath("turnero.db.secret").unlink()

    assert "put that one back" in acme.refused(*command)
    assert left(acme) == ["acme.toml", "turnero.db"]


def test_a_secret_that_was_given_up_is_made_anew(acme):
    acme.folder.joinpath("turnero.db.secret").unlink()

    acme.ok("secrets", "forget", "--yes")
    healthy = acme.ok("doctor")

    assert "ok   secret" in healthy


def test_a_secret_that_is_none_is_not_backed_up(acme):
    acme.folder.joinpath("turnero.db.secret").write_text("")

    said = acme.refused("backup", "x.turnero", code=2)
    sick = acme("doctor")

    assert said.startswith("turnero: turnero.db.secret: expected a secret of 32 characters or more")
    assert (sick.returncode, sick.stderr) == (1, "")
    assert "FAIL secret: turnero.db.secret: expected a secret" in sick.stdout
    assert not acme.folder.joinpath("x.turnero").exists()


def test_a_secret_that_is_none_does_not_matter_where_another_is_set(turnero):
    turnero.folder.joinpath("acme.toml").write_text(ACME)
    turnero.settings["SECRET_KEY"] = "a secret of at least thirty-two characters"
    turnero.ok("apply", "acme.toml")
    turnero.folder.joinpath("turnero.db.secret").write_text("")

    assert turnero.ok("backup", "x.turnero").startswith("x.turnero: ")


def test_a_secret_that_cannot_be_read_is_told_in_one_line(acme):
    acme.folder.joinpath("turnero.db.secret").unlink()
    acme.folder.joinpath("turnero.db.secret").mkdir()

    said = [acme.refused(*command, code=2) for command in (("serve",), ("backup", "x.turnero"))]

    assert said == ["turnero: TURNERO_SECRET_KEY: none is set, and turnero.db.secret: Is a directory\n"] * 2
    assert left(acme) == ["acme.toml", "turnero.db", "turnero.db.secret"]


# -- settings --------------------------------------------------------------------------------------------------------


def test_a_port_that_somebody_else_has_is_named_once(turnero):
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        port = str(somebody.getsockname()[1])

        said = turnero.refused("serve", PORT=port)

    assert said == f"turnero: cannot listen on 127.0.0.1:{port}: Address already in use\n"


@pytest.mark.parametrize(("file", "said"), [("no.toml", "No such file or directory"), (".", "Is a directory")])
def test_a_file_of_settings_that_cannot_be_read_is_named_once(turnero, file, said):
    assert turnero.refused("doctor", code=2, CONFIG=file) == f"turnero: TURNERO_CONFIG: {file}: {said}\n"


def test_a_sandbox_that_has_never_run_is_not_checked(turnero):
    said = turnero.refused("sandbox", "check")

    assert said == "turnero-sandbox.json: No such file or directory; turnero sandbox writes it\n"


# -- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("export --account acme nowhere/acme.toml", "nowhere/acme.toml: No such file or directory"),
        ("display http://127.0.0.1:1/screens/x --to nowhere/led", "nowhere/led: No such file or directory"),
        ("sandbox --webhook vendor", "--webhook: expected an http or https address, found 'vendor'"),
        ("webhooks render latin.csv", "latin.csv: the text is not UTF-8"),
        ("webhooks render body.txt --data acme.toml", "acme.toml:1: not JSON: Expecting value"),
        ("forecast-score --data nowhere.csv", "nowhere.csv: No such file or directory"),
        ("forecast-score --data body.txt", "body.txt:2: there is no column 'outcome'"),
        ("forecast-score --data latin.csv", "latin.csv: the text is not UTF-8"),
        ("forecast-score --data body.csv.gz", "body.csv.gz: Not a gzipped file (b'a,')"),
        ("staffing latin.csv", "latin.csv: the text is not UTF-8"),
        ("simulate latin.csv", "latin.csv: the text is not UTF-8"),
        ("apply folder", "folder: Is a directory"),
        ("export --account acme folder", "folder: Is a directory"),
        ("backup folder", "folder: Is a directory"),
        ("restore folder", "folder: Is a directory"),
        ("display http://127.0.0.1:1/screens/x --to folder", "folder: Is a directory"),
        ("sandbox --file folder", "folder: Is a directory"),
        ("sandbox --file nowhere/keys.json", "nowhere/keys.json: No such file or directory"),
        ("sandbox check --file folder", "folder: Is a directory; turnero sandbox writes it"),
        ("webhooks render folder", "folder: Is a directory"),
        ("webhooks render nowhere.txt", "nowhere.txt: No such file or directory"),
        ("webhooks render body.txt --data folder", "folder: Is a directory"),
        ("webhooks render body.txt --data nowhere.json", "nowhere.json: No such file or directory"),
        ("staffing folder", "folder: Is a directory"),
        ("simulate folder", "folder: Is a directory"),
        ("apply branded.toml", "logo.svg: Input/output error"),
        ("archive find --account acme", "expected --ticket, or --email, --phone or --customer of a person"),
        ("person erase --account acme --email eva@mail.example", "nothing is kept of this person"),
    ],
)
def test_a_file_or_an_option_that_will_not_do_is_told_in_one_line(acme, command, said):
    acme.settings["ARCHIVE_FOLDER"] = "."
    acme.folder.joinpath("folder").mkdir()
    acme.folder.joinpath("branded.toml").write_text(
        ACME.replace("[account]\n", '[account]\nbrand = { logo = "logo.svg" }\n', 1)
    )
    acme.folder.joinpath("logo.svg").symlink_to("/proc/self/mem")  # readable by everybody who asks, and yet not
    for name in ("body.txt", "body.csv.gz"):
        acme.folder.joinpath(name).write_text("a,b\n1,2\n")
    acme.folder.joinpath("latin.csv").write_bytes("día,cuántos\n1,2\n".encode("latin-1"))
    before = left(acme)

    assert acme.refused(*command.split()) == f"{said}\n"
    assert left(acme) == before
