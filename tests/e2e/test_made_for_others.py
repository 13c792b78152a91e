"""What others make of ours: a client from the OpenAPI document, and the same wheel from the same sources."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from tests.e2e.networks import Agent, bank
from tests.e2e.turnero import ROOT, serving

pytestmark = pytest.mark.campaign

GENERATOR = "openapi-python-client==0.29.1"
QUICK_START = """
import json, sys
from turnero_client import AuthenticatedClient
from turnero_client.api.videsk import videsk_branches, videsk_enqueue, videsk_queues
from turnero_client.models import VideskEnqueue

url, key = sys.argv[1:]
client = AuthenticatedClient(base_url=url, token=key)
(branch,) = videsk_branches.sync(client=client)
queue = next(queue for queue in videsk_queues.sync(branch.id, client=client) if queue.name == "Informes")
ticket = videsk_enqueue.sync(branch.id, queue.id, client=client, body=VideskEnqueue.from_dict({"ticketId": "G-1"}))
again = videsk_enqueue.sync_detailed("nowhere", queue.id, client=client, body=VideskEnqueue.from_dict({}))
print(json.dumps({"segment": ticket.segment, "refused": again.parsed.class_name}))
"""


def run(*command: str, folder: Path, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.timeout(300)  # installs a generator
async def test_a_generated_client_takes_a_ticket(tmp_path: Path) -> None:
    python = str(tmp_path / "venv" / "bin" / "python")
    run(sys.executable, "-m", "venv", "--without-pip", "venv", folder=tmp_path)
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", GENERATOR, folder=tmp_path)
    (tmp_path / "quick_start.py").write_text(QUICK_START)

    with serving(tmp_path, bank()) as server:
        document = run(sys.executable, "-m", "server.main", "openapi", folder=tmp_path, PYTHONPATH=str(ROOT))
        (tmp_path / "openapi.json").write_text(document)
        generator = str(tmp_path / "venv" / "bin" / "openapi-python-client")
        said = run(generator, "generate", "--path", "openapi.json", folder=tmp_path)
        key = json.loads(server.run("token", "--account", "acme", "--kind", "backend", "--json"))["token"]
        async with aiohttp.ClientSession() as http:
            await Agent(http, server.url).sign_in("c1")
            path = str(tmp_path / "turnero-client")
            told = run(python, "quick_start.py", server.url, key, folder=tmp_path, PYTHONPATH=path)

    assert "Unable to process schema" not in said
    assert json.loads(told) == {"segment": "Informes", "refused": "not-found"}


def test_the_same_sources_give_the_same_wheel_to_the_byte(tmp_path: Path) -> None:
    digests: list[str] = []
    for name in ("one", "other"):
        sources = tmp_path / name
        run("git", "clone", "--quiet", str(ROOT), str(sources), folder=tmp_path)
        for file in sources.rglob("*.py"):
            os.utime(file, (1_600_000_000 + len(digests), 1_600_000_000 + len(digests)))
        build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(sources / "out")]
        run(*build, folder=sources, SOURCE_DATE_EPOCH="1767225600")
        (wheel,) = (sources / "out").glob("*.whl")
        digests.append(hashlib.sha256(wheel.read_bytes()).hexdigest())
        shutil.rmtree(sources)

    assert digests[0] == digests[1]
