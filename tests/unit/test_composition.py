"""docker-compose.yml describes the shape of many processes: what it says, read as data. tests/composed runs it."""

import re
from ipaddress import ip_address
from pathlib import Path

import pytest
import yaml

from server.main import COMMANDS
from server.settings import Settings

ROOT = Path(__file__).parents[2]
SOURCE = (ROOT / "docker-compose.yml").read_text()
SERVICES = yaml.safe_load(SOURCE)["services"]
ROLES = {"gateway", "acd", "screens", "kiosk", "desk"}
PROCESSES = ["gateway", "acd", "screens"]


def test_each_role_is_played_exactly_once():
    played = [role for name in PROCESSES for role in SERVICES[name]["environment"]["TURNERO_ROLES"].split(",")]

    assert sorted(played) == sorted(ROLES)


@pytest.mark.parametrize("name", PROCESSES)
def test_a_process_waits_for_its_neighbours_and_says_when_it_is_ready(name):
    service = SERVICES[name]

    assert set(service["depends_on"]) == {"migrate", "postgres", "redis"}
    assert any("/readyz" in word for word in service["healthcheck"]["test"])
    assert "postgres:5432" in service["environment"]["TURNERO_DATABASE_URL"]
    assert "redis:6379" in service["environment"]["TURNERO_REDIS_URL"]


@pytest.mark.parametrize("name", sorted(name for name, one in SERVICES.items() if one["image"] == "turnero"))
def test_what_a_service_runs_is_a_command_of_ours(name):
    assert SERVICES[name].get("command", ["serve"])[0] in COMMANDS


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_every_service_that_stays_has_a_health_check_and_comes_back(name):
    assert SERVICES[name]["healthcheck"]["test"]
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_nobody_starts_with_a_secret_that_we_chose():
    assert re.search(r"TURNERO_SECRET_KEY: \$\{TURNERO_SECRET_KEY:\?", SOURCE)
    assert all(message.startswith(":?") for message in re.findall(r"\$\{POSTGRES_PASSWORD([^}]*)\}", SOURCE))


def test_the_proxy_sends_screens_to_their_own_process_and_upgrades_sockets():
    proxy = (ROOT / "deploy/nginx.conf").read_text()

    mounted = [volume.partition(":")[0] for volume in SERVICES["proxy"]["volumes"]]

    assert mounted == ["./deploy/nginx.conf"]
    assert re.search(r"location /screens/ \{\s+proxy_pass \$screens;", proxy)
    assert re.search(r"location / \{\s+proxy_pass \$gateway;", proxy)
    assert "proxy_set_header Upgrade $http_upgrade;" in proxy


def test_what_the_proxy_says_of_who_asks_is_believed():
    name, value = "TURNERO_TRUSTED_PROXIES", SERVICES["gateway"]["environment"]["TURNERO_TRUSTED_PROXIES"]
    trusted = Settings.read({name: value.removeprefix("${TURNERO_TRUSTED_PROXIES:-").removesuffix("}")}).proxies

    assert all(any(ip_address(one) in network for network in trusted) for one in ("172.18.0.5", "192.168.16.5"))
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in (ROOT / "deploy/nginx.conf").read_text()


def test_the_image_is_built_from_the_lock_and_does_not_run_as_root():
    image = (ROOT / "Dockerfile").read_text()

    assert "--require-hashes -r /src/requirements.lock" in image
    assert re.search(r"^USER turnero$", image, re.MULTILINE)
    assert "/healthz" in image
