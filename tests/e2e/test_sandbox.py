"""A vendor's sandbox: it starts by itself; its check tells who keeps the contract from who does not."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from aiohttp import web
from standardwebhooks import Webhook, WebhookVerificationError
from typer.testing import CliRunner

from server.sandbox.command import app
from server.sandbox.contract import Part, check_contract
from server.sandbox.particulars import Particulars
from tests.e2e import forked
from tests.e2e.turnero import ROOT
from tests.receiver import Receiver
from tests.servers import free_port

ENDS = (
    "the integration data comes back as it was sent",
    "what is cancelled is shown no more: 401",
    "what is cancelled is not found: 404, in the envelope",
    "what is cancelled is not confirmed: 422, with its errors",
)
"""The last thing that each part of the contract tries."""

TURNERO = [sys.executable, "-m", "server.main", "sandbox"]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    """A sandbox whose webhooks go to a port where nobody listens yet."""
    folder = tmp_path_factory.mktemp("sandbox")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TURNERO_PORT": str(free_port())}
    hook = f"http://127.0.0.1:{free_port()}/hook"
    command = [*TURNERO, "--webhook", hook]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        line = next(line for line in server.stdout if line.startswith("written:"))
        yield folder / line.removeprefix("written: ").strip()
        server.send_signal(signal.SIGTERM)


def checked(file: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    return forked.run("sandbox", "check", "--file", str(file), *options, folder=ROOT, environment=dict(os.environ))


def test_the_sandbox_keeps_its_contract_and_the_command_says_so(sandbox):
    done = checked(sandbox, "--json")
    findings = json.loads(done.stdout)

    assert [one for one in findings if one["state"] != "ok"] == []
    assert [one for one in ENDS if one not in {finding["name"] for finding in findings}] == []
    assert done.returncode == 0
    assert sandbox.stat().st_mode & 0o077 == 0


def test_one_part_of_the_contract_can_be_tried_alone(sandbox):
    done = checked(sandbox, "--only", "voki")

    assert done.returncode == 0
    assert "somebody logs in" in done.stdout
    assert "ticket" not in done.stdout


@pytest.mark.parametrize(("careful", "failed"), [(True, 0), (False, 4)])
async def test_a_receiver_that_checks_signatures_passes_and_one_that_takes_anything_does_not(sandbox, careful, failed):
    told = Particulars.read(sandbox)

    async def answer(request: web.Request) -> web.Response:
        try:
            Webhook(told.webhook_secret).verify(await request.read(), dict(request.headers))
        except WebhookVerificationError:
            return web.Response(status=400 if careful else 200)
        return web.Response(status=204)

    async with Receiver(answer) as receiver:
        findings = await check_contract(told, told.url, receiver.url, [Part.TICKETS])

    assert [one.name for one in findings if one.failed and not one.name.startswith("receiver")] == []
    assert len([one for one in findings if one.failed]) == failed


def test_without_a_sandbox_s_file_the_command_says_what_writes_it():
    done = CliRunner().invoke(app, ["check", "--file", "/nowhere.json"])

    assert done.exit_code == 1
    assert "turnero sandbox writes it" in done.stderr


async def test_nothing_is_tried_where_it_is_no_sandbox(sandbox):
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.json_response({"sandbox": None})

    server = web.Server(answer)  # type: ignore[arg-type]
    runner = web.ServerRunner(server)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()

    findings = await check_contract(Particulars.read(sandbox), f"http://127.0.0.1:{port}", None)
    await runner.cleanup()

    assert [one.failed for one in findings] == [True]
    assert asked == ["/version"]
