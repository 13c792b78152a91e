"""The drill: a backup of a server at work, proven, and restored here and there."""

import asyncio
import json
import os
import stat
import subprocess
import zipfile
from pathlib import Path

import aiohttp
import pytest

from tests.e2e import forked
from tests.e2e.networks import VIDESK, Agent, bank
from tests.e2e.turnero import Turnero, serving

SECRET = "a secret of at least thirty-two characters"


def run(folder: Path, *command: str, **settings: str) -> "subprocess.CompletedProcess[str]":
    """A command in a folder, as an operator gives it."""
    return forked.run(*command, folder=folder, environment=forked.environment(settings))


def ok(folder: Path, *command: str, **settings: str) -> str:
    done = run(folder, *command, **settings)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def rows(archive: Path, table: str) -> list[list[object]]:
    with zipfile.ZipFile(archive) as file:
        return [json.loads(line) for line in file.read(f"tables/{table}.jsonl").splitlines()]


async def visitors(http: aiohttp.ClientSession, server: Turnero, acknowledged: dict[str, str]) -> None:
    """People who take one number after the other, until nobody lets them."""
    while True:
        async with http.post(f"{server.url}/kiosk/kiosk-secret/tickets", json={"queue": "pull"}) as answer:
            if answer.status == 201:
                ticket = await answer.json()
                acknowledged[ticket["id"]] = ticket["number"]


async def queues(http: aiohttp.ClientSession, server: Turnero, token: str) -> int:
    """The status that a vendor's key gets."""
    headers = {"Authorization": f"Bearer {token}"}
    async with http.get(f"{server.url}{VIDESK}/main/queues", headers=headers) as answer:
        return answer.status


@pytest.mark.timeout(180)
async def test_a_server_at_work_is_backed_up_and_goes_on_from_the_backup(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    archive = tmp_path / "day.turnero"
    acknowledged: dict[str, str] = {}
    async with aiohttp.ClientSession() as http:
        with serving(here, bank(agents=1)) as server:
            token = json.loads(server.run("token", "--account", "acme", "--kind", "backend", "--json"))["token"]
            ana = Agent(http, server.url)
            await ana.sign_in("c1")
            coming = [asyncio.create_task(visitors(http, server, acknowledged)) for _ in range(3)]
            while len(acknowledged) < 20:  # noqa: ASYNC110 - a program from outside can only ask again
                await asyncio.sleep(0.02)
            await ana.do("next")
            before = dict(acknowledged)
            said = await asyncio.to_thread(server.run, "backup", str(archive))
            during = len(acknowledged)
            for one in coming:
                one.cancel()
            await asyncio.gather(*coming, return_exceptions=True)
        proven = await asyncio.to_thread(ok, tmp_path, "restore", str(archive), "--verify")
        with zipfile.ZipFile(archive) as opened:
            kept = opened.read("secret")
        moved = Turnero(there, {})
        moved.run("restore", str(archive))
        healthy = moved.run("doctor")
        moved.start()
        try:
            ana.url = moved.url
            state, status = await ana.look(), await queues(http, moved, token)
            await ana.do("ticket/finish")
            async with http.post(f"{moved.url}/kiosk/kiosk-secret/tickets", json={"queue": "pull"}) as answer:
                following = (await answer.json())["number"]
        finally:
            moved.stop()

    tickets = {str(row[0]) for row in rows(archive, "ticket")}
    assert "the secret that signs keys and links is in it" in said
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    assert during > len(before)
    assert before.keys() <= tickets
    assert "restored and compared, the invariants hold" in proven
    assert "FAIL" not in healthy
    assert kept == (there / "turnero.db.secret").read_bytes() == (here / "turnero.db.secret").read_bytes().strip()
    assert stat.S_IMODE((there / "turnero.db.secret").stat().st_mode) == 0o600
    assert status == 200
    assert state["ticket"]["id"] in before
    assert following == f"C{len(tickets) + 1:03}"
    assert sorted(os.listdir(tmp_path)) == ["day.turnero", "here", "there"]


@pytest.mark.campaign  # twenty seconds; the drill above is in make test
def test_sqlite_is_outgrown_and_come_back_to(tmp_path: Path, postgres_url: str) -> None:
    postgres = {"DATABASE_URL": postgres_url, "SECRET_KEY": SECRET}
    (tmp_path / "bank.toml").write_text(bank(agents=1))
    ok(tmp_path, "apply", "bank.toml")
    ok(tmp_path, "token", "--account", "acme", "--kind", "backend")
    ok(tmp_path, "backup", "small.turnero")

    other_secret = run(tmp_path, "restore", "small.turnero", **postgres)
    refused = run(tmp_path, "restore", "small.turnero", **postgres)
    with zipfile.ZipFile(tmp_path / "small.turnero") as opened:
        postgres["SECRET_KEY"] = opened.read("secret").decode()
    forced = run(tmp_path, "restore", "small.turnero", "--force", **postgres)
    nothing_changes = ok(tmp_path, "apply", "bank.toml", **postgres)
    healthy = ok(tmp_path, "doctor", **postgres)
    ok(tmp_path, "backup", "large.turnero", **postgres)
    proven = ok(tmp_path, "restore", "large.turnero", "--verify", **postgres)
    back = run(tmp_path, "restore", "large.turnero", DATABASE_URL="sqlite:///back.db")

    assert (other_secret.returncode, forced.returncode, back.returncode) == (0, 0, 0)
    assert "TURNERO_SECRET_KEY is that one (it is in the archive, as `secret`)" in other_secret.stderr
    assert forced.stderr == ""
    assert refused.returncode == 1
    assert "the database is not empty" in refused.stderr
    assert nothing_changes == "nothing to change\n"
    assert "FAIL" not in healthy
    assert "restored and compared" in proven
    assert "it was set, and is not in the archive" in back.stderr
    assert rows(tmp_path / "large.turnero", "agent") == rows(tmp_path / "small.turnero", "agent")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("backup", "x.turnero"), "turnero.db: there is no such database"),
        (("backup", "nowhere/x.turnero"), "nowhere/x.turnero: No such file or directory"),
        (("restore", "x.turnero"), "x.turnero: No such file or directory"),
        (("restore", "bank.toml"), "bank.toml is damaged, or no archive"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line_and_leaves_nothing(tmp_path, command, said) -> None:
    (tmp_path / "bank.toml").write_text(bank(agents=1))

    done = run(tmp_path, *command)

    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["bank.toml"]
