"""The units and proxies that are shipped: held to what the server needs of whoever starts it and stands before it."""

import asyncio
import configparser
import os
import re
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from server import notifying
from server.settings import ROLES, Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
PROXIES = ("nginx.conf", "nginx-tls.conf", "Caddyfile")


def unit(name: str) -> configparser.RawConfigParser:
    parser = configparser.RawConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string((DEPLOY / "systemd" / name).read_text())
    return parser


@pytest.mark.parametrize("name", ["turnero.service", "turnero@.service"])
def test_a_unit_waits_until_it_is_ready_watches_it_and_gives_it_time_to_drain(name):
    service = unit(name)["Service"]

    assert service["Type"] == "notify"
    assert int(service["WatchdogSec"]) >= 10
    assert int(service["TimeoutStopSec"]) >= 20
    assert service["NoNewPrivileges"] == service["DynamicUser"] == "yes"


def test_systemd_finds_nothing_wrong_with_the_units(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here")
    for file in UNITS:
        (tmp_path / file.name).write_text(file.read_text().replace("/opt/turnero/bin/turnero", "/bin/true"))
    names = [str(tmp_path / file.name.replace("@", "@gateway")) for file in UNITS]

    done = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False)

    assert [line for line in done.stderr.splitlines() if str(tmp_path) in line] == []


def test_a_command_runs_where_the_unit_does_and_as_its_user():
    page = (DEPLOY.parent / "docs/howto/operate.md").read_text("utf-8")
    service = unit("turnero.service")["Service"]

    given = dict(re.findall(r" -p (\w+)=(\S+)", page))

    assert given.keys() >= {"User", "StateDirectory", "WorkingDirectory", "EnvironmentFile", "UMask"}
    assert given == {name: service[name] for name in given}


def test_every_role_and_every_setting_that_a_deployment_names_exists():
    text = "\n".join(file.read_text() for file in DEPLOY.rglob("*") if file.is_file())

    named = set(re.findall(r"\bTURNERO_([A-Z_]+)", text))
    roles = set(re.findall(r"\bturnero@(\w+)", text))

    assert named <= {name.upper() for name in Settings.__struct_fields__}
    assert roles == set(ROLES)


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_proxy_keeps_figures_inside_and_lets_sockets_through(proxy):
    text = (DEPLOY / proxy).read_text()

    assert re.search(r"/metrics[ {]+\s*(return )?404", text)
    assert "Upgrade $http_upgrade" in text or "reverse_proxy" in text


async def test_whoever_starts_it_is_told_that_it_is_ready_and_alive(tmp_path, monkeypatch):
    line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    line.bind(str(tmp_path / "notify"))
    monkeypatch.setattr(os, "environ", {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "20000000"})

    notifying.notify("READY=1")
    watching = asyncio.create_task(notifying.watched())
    await asyncio.sleep(0)
    watching.cancel()
    heard = [line.recv(100), line.recv(100)]
    line.close()

    assert heard == [b"READY=1", b"WATCHDOG=1"]


async def test_where_nobody_wants_to_know_nothing_is_told(monkeypatch):
    monkeypatch.setattr(os, "environ", {})

    notifying.notify("READY=1")
    await asyncio.wait_for(notifying.watched(), timeout=20)  # or else it would go on watching
