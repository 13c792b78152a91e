"""Every command that the documents show is run, in order, as a reader would."""

import re
from pathlib import Path

import pytest

from tests.e2e.howtos import TUTORIAL, run, script
from tests.e2e.turnero import ROOT

CONNECT, LOG_IN = "docs/howto/connect-a-qms.md", "docs/howto/log-in.md"
BACK_UP, ARCHIVE = "docs/howto/back-up.md", "docs/howto/archive-days.md"
OPERATE = "docs/howto/operate.md"
PRIVACY = "docs/howto/answer-a-privacy-request.md"
EDIT = "docs/howto/edit-the-network.md"
MOVE = "docs/howto/move-from-a-cloud.md"
WEBHOOKS, SECRETS = "docs/howto/receive-webhooks.md", "docs/howto/keep-secrets.md"
SANDBOX = "docs/howto/test-against-a-sandbox.md"

pytestmark = pytest.mark.timeout(240)


def test_the_tutorial_goes_from_nothing_to_a_number_on_the_screen(tmp_path: Path) -> None:
    done = run(tmp_path, script(TUTORIAL))

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.campaign  # a dozen commands, each a process
def test_people_are_let_in_as_the_howto_says(tmp_path: Path) -> None:
    opened = script(TUTORIAL).split("turnero doctor")[0]

    done = run(tmp_path, f"trap 'kill %1' EXIT\n{opened}\n{script(LOG_IN)}")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "one-time password of sam" in done.stdout
    assert "ended: 1" in done.stdout


def test_a_vendor_is_connected_and_a_cloud_left_as_the_howtos_say(tmp_path: Path) -> None:
    opened = script(TUTORIAL).split("turnero doctor")[0]

    done = run(tmp_path, f"trap 'kill %1' EXIT\n{opened}\n{script(CONNECT)}\n{script(MOVE)}")

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.campaign  # thirty commands, each a process
def test_a_server_is_looked_after_and_all_is_backed_up_and_restored_as_the_howtos_say(tmp_path: Path) -> None:
    opened = script(TUTORIAL).split("turnero doctor")[0]

    done = run(
        tmp_path,
        f"trap 'kill %1' EXIT\n{opened}\n{script(EDIT)}\n{script(OPERATE)}\n{script(ARCHIVE)}\n{script(BACK_UP)}",
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing to change" in done.stdout
    assert "qms_build_info" in done.stdout
    assert "restored and compared" in done.stdout


@pytest.mark.campaign  # test_sandbox.py does the same without a shell
def test_a_client_is_tested_against_a_sandbox_as_the_howto_says(tmp_path: Path) -> None:
    done = run(tmp_path, f"trap 'kill %1' EXIT\n{script(SANDBOX)}")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "ok   the same key gives the same answer" in done.stdout


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_the_commands_of_make_that_a_page_names_exist(page: str) -> None:
    named = set(re.findall(r"^make (\w+)", (ROOT / page).read_text("utf-8"), re.MULTILINE))
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert named
    assert named <= targets


EVA = """
import sqlite3
row = ("c" * 24, "Eva", "eva@mail.example", "{}", 0)
with sqlite3.connect("turnero.db") as database:
    columns = "id, account_id, firstname, email, data, created_at"
    database.execute(f"INSERT INTO customer ({columns}) SELECT ?, id, ?, ?, ?, ? FROM account", row)
"""


@pytest.mark.campaign  # half a dozen commands, each a process
def test_a_privacy_request_is_answered_as_the_howto_says(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text('[account]\nslug = "acme"\n', "utf-8")
    (tmp_path / "eva.py").write_text(EVA, "utf-8")

    done = run(tmp_path, f"turnero apply acme.toml\npython eva.py\n{script(PRIVACY)}")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "erased: customer 1" in done.stdout
    assert "3 rows, whole; head 3:" in done.stdout
    assert "Eva" in (tmp_path / "eva.json").read_text("utf-8")


CRM = """
[account]
slug = "bank"
[[webhook]]
key = "crm"
url = "https://crm.example/hook"
events = ["*"]
dialect = "native"
secret = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
"""


@pytest.mark.campaign  # a dozen commands, each a process
def test_webhooks_are_looked_after_and_secrets_changed_as_the_howtos_say(tmp_path: Path) -> None:
    (tmp_path / "crm.toml").write_text(CRM, "utf-8")

    done = run(tmp_path, f"turnero apply crm.toml\n{script(WEBHOOKS)}\n{script(SECRETS)}")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "msg_" in done.stdout
    assert "0 to be sent again" in done.stdout
    assert "sealed anew: 4" in done.stdout
    assert "webhook bank/crm: secret whsec_" in done.stdout
