"""Every command that the documents show is run, in order, as a reader would."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.servers import free_port

ROOT = Path(__file__).resolve().parents[2]
FILES = re.compile(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
TUTORIAL, CONNECT = "docs/tutorial/first-branch.md", "docs/howto/connect-a-qms.md"
LOG_IN = "docs/howto/log-in.md"
BACK_UP, ARCHIVE = "docs/howto/back-up.md", "docs/howto/archive-days.md"
OPERATE = "docs/howto/operate.md"
PRIVACY = "docs/howto/answer-a-privacy-request.md"
EDIT = "docs/howto/edit-the-network.md"
MOVE = "docs/howto/move-from-a-cloud.md"
WEBHOOKS, SECRETS = "docs/howto/receive-webhooks.md", "docs/howto/keep-secrets.md"
SANDBOX = "docs/howto/test-against-a-sandbox.md"

pytestmark = pytest.mark.timeout(240)


def script(page: str) -> str:
    """All the shell that a page shows."""
    return "\n".join(SHELL.findall((ROOT / page).read_text("utf-8")))


def run(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Run shell text in a folder where the tutorial's file is, on a free port instead of 8080."""
    for name, content in FILES.findall((ROOT / TUTORIAL).read_text("utf-8")):
        (folder / name).write_text(content, "utf-8")
    port = str(free_port())
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TURNERO_")}
    environment |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "TURNERO_PORT": port}
    bash = ["bash", "-e", "-o", "pipefail", "-m", "-c", text.replace("127.0.0.1:8080", f"127.0.0.1:{port}")]
    return subprocess.run(bash, cwd=folder, env=environment, capture_output=True, text=True, timeout=220, check=False)


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
