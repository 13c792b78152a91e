"""What operators are told: health, readiness, metrics, request ids, and that the dashboard asks for what there is."""

import json
import re
import shutil
from importlib.resources import files
from pathlib import Path

import pytest
import structlog
import yaml
from aiohttp.test_utils import TestClient, TestServer

from qms.domain.network_file import read_network
from qms.services.almanac import WORLD
from qms.web.keys import STOPPING, STORE
from server import logs
from server.applying import apply_to
from server.keys import WORKER_BEAT
from server.opened import open_installation
from server.settings import Settings
from server.wiring import EVENT_NAMES, application
from tools.dashboard import dashboard

ROOT = Path(__file__).parents[2]
PARTS = ("_bucket", "_count", "_sum")
NAME = re.compile(r"\bqms_\w+")
KIOSK = "/kiosk/demo-downtown-door"


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A database with the demo's network, made once: a test works on a copy."""
    file = tmp_path_factory.mktemp("operations") / "turnero.db"
    opened = open_installation(Settings.read({"TURNERO_DATABASE_URL": f"sqlite:///{file}"}))
    text = files("server.demo").joinpath("network.toml").read_text("utf-8")
    apply_to(opened.store, read_network(text, "network.toml", WORLD))
    opened.store.close()
    return file


@pytest.fixture
async def client(filled: Path, tmp_path: Path):
    """Everything in one process, with the demo's network."""
    for name in (filled.name, f"{filled.name}.secret"):
        shutil.copy(filled.with_name(name), tmp_path / name)
    settings = Settings.read({"TURNERO_DATABASE_URL": f"sqlite:///{tmp_path}/turnero.db"})
    opened = open_installation(settings, event_names=EVENT_NAMES)
    async with TestClient(TestServer(application(opened))) as client:
        yield client
    opened.store.close()


async def scraped(client) -> dict[str, float]:
    """Every sample by its name and labels."""
    lines = (await (await client.get("/metrics")).text()).splitlines()
    return {name: float(value) for name, _, value in (x.rpartition(" ") for x in lines if not x.startswith("#"))}


async def families(client) -> set[str]:
    """Every name that an expression may use, whether anything was counted yet or not."""
    text = await (await client.get("/metrics")).text()
    kinds = re.findall(r"^# TYPE (\w+) (\w+)$", text, re.MULTILINE)
    endings = {"histogram": PARTS}
    return {name + ending for name, kind in kinds for ending in endings.get(kind, ("",))}


def grown(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    return {name: value - before.get(name, 0.0) for name, value in after.items()}


async def test_the_dashboard_and_the_alerts_ask_for_metrics_that_there_are(client):
    there = await families(client)
    panels = json.loads((ROOT / "deploy/grafana/turnero.json").read_text())["panels"]
    rules = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text())["groups"][0]["rules"]

    asked = {name for panel in panels for target in panel.get("targets", ()) for name in NAME.findall(target["expr"])}
    alerted = {name for rule in rules for name in NAME.findall(rule["expr"])}

    assert asked | alerted <= there
    assert not [name for name in there - asked if name.startswith("qms_") and not name.endswith(PARTS)]
    assert len(rules) >= 8


async def test_every_metric_is_documented_and_no_other(client):
    page = (ROOT / "docs/reference/metrics.md").read_text("utf-8")
    text = await (await client.get("/metrics")).text()

    assert set(re.findall(r"^\| `(qms_\w+)`", page, re.MULTILINE)) == set(
        re.findall(r"^# TYPE (qms_\w+)", text, re.MULTILINE)
    )


def test_the_dashboard_is_the_one_that_its_tool_writes():
    assert json.loads((ROOT / "deploy/grafana/turnero.json").read_text()) == dashboard()


async def test_a_ticket_s_way_is_counted_and_who_waits_is_told(client):
    before = await scraped(client)
    login = {"account": "demo", "email": "ana@demo.example", "password": "turnero-demo"}
    token = (await (await client.post("/desk/api/session", json=login)).json())["token"]
    staff = {"Authorization": f"Bearer {token}"}
    await client.put("/desk/api/presence", json={"state": "idle", "poc": "downtown/1"}, headers=staff)

    for _ in range(2):
        await client.post(f"{KIOSK}/tickets", json={"queue": "cash", "language": "en"})
    called = await (await client.post("/desk/api/next", json={}, headers=staff)).json()
    await client.post("/desk/api/ticket/serve", headers=staff)
    await client.post("/desk/api/ticket/finish", headers=staff)
    after = await scraped(client)
    more = grown(before, after)

    assert called["ticket"]["state"] == "called"
    assert more['qms_tickets_created_total{channel="kiosk",queue_type="counter"}'] == 2
    assert more["qms_ticket_wait_seconds_count"] == more["qms_service_seconds_count"] == 1
    assert more['qms_assignments_total{result="answered"}'] == 1
    assert after['qms_tickets_waiting{branch="demo/downtown"}'] == 1
    assert more['qms_http_request_seconds_count{code="201",method="POST",route="/kiosk/{token}/tickets"}'] == 2


async def test_an_open_socket_is_counted_by_whose_it_is_and_no_series_names_a_token(client):
    async with client.ws_connect("/screens/demo-downtown-lobby/socket") as socket:
        await socket.receive()
        during = await scraped(client)
    samples = "\n".join(await scraped(client))

    assert during['qms_ws_connections{kind="screen"}'] >= 1
    assert "demo-downtown-lobby" not in samples


async def test_guessed_addresses_and_methods_make_no_series(client):
    for path in ("/nothing-here", "/nothing-there"):
        await client.request("PROPFIND", path)

    there = await scraped(client)

    assert 'qms_http_request_seconds_count{code="404",method="unknown",route="unknown"}' in there
    assert not [name for name in there if "nothing" in name or "PROPFIND" in name]


async def test_a_request_s_id_is_on_its_answer_and_in_its_line_and_a_strange_one_is_not_taken_over(client):
    with structlog.testing.capture_logs(processors=[logs.add_request]) as lines:
        given = await client.post(f"{KIOSK}/tickets", json={"queue": "no"}, headers={"X-Request-Id": "theirs-12345"})
        strange = await client.get("/healthz", headers={"X-Request-Id": "a<script>"})
    (line,) = [one for one in lines if one.get("request_id") == "theirs-12345"]

    assert given.headers["X-Request-Id"] == "theirs-12345"
    assert re.fullmatch(r"[0-9a-f]{16}", strange.headers["X-Request-Id"])
    assert line["route"] == "/kiosk/{token}/tickets"
    assert "demo-downtown-door" not in json.dumps(lines)


async def test_the_version_says_what_time_it_is_as_every_other_answer_does(client):
    told = await (await client.get("/version")).json()

    assert list(told) == ["version", "tzdata", "sandbox", "now"]
    assert told["now"].endswith("Z")


async def test_ready_names_what_is_wrong_and_is_itself_again(client):
    app = client.app
    well = await client.get("/readyz")
    beat, app._state[WORKER_BEAT] = app[WORKER_BEAT], lambda: 60.0
    stalled = await client.get("/readyz")
    app._state[WORKER_BEAT] = beat
    app[STOPPING].begin()
    draining = await client.get("/readyz")

    told = [await answer.json() for answer in (well, stalled, draining)]

    assert [answer.status for answer in (well, stalled, draining)] == [200, 503, 503]
    assert [answer.headers.get("Connection") for answer in (well, stalled)] == [None, "close"]
    assert (
        set(told[0]["checks"]) == set(told[0]["ms"]) == {"database", "migrations", "bus", "disk", "draining", "worker"}
    )
    assert told[1]["checks"]["worker"] == "stalled"
    assert told[2]["checks"]["draining"] == "yes"


async def test_without_a_database_the_metrics_say_so_and_the_process_is_alive_but_not_ready(client):
    await client.get("/readyz")
    client.app[STORE].store._readers.shutdown()

    ready, alive, there = await client.get("/readyz"), await client.get("/healthz"), await scraped(client)

    assert (ready.status, alive.status) == (503, 200)
    assert there["qms_database_up"] == 0
    assert not [name for name in there if name.startswith("qms_tickets_waiting")]
