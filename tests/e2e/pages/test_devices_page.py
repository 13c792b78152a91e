"""Looking after devices: a blank screen is paired by its code, obeys from afar, and shows what it is set up for."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import PATIENCE_MS, Visit, axe, overflow, quiet, shortcomings
from tests.e2e.pages.glass import CAP_SHARE, CUT_OFF, OVERLAPPING, PICTURE, SCREENS, WORDS, current
from tests.e2e.pages.house import House
from tests.e2e.pages.house_network import NETWORK, PEOPLE
from tests.e2e.turnero import ROOT, serving

pytestmark = pytest.mark.browser

MORE = """
[[agent]]
key = "mia"
firstname = "Mia"
lastname = "Boss"
email = "mia@acme.example"
password = "a-good-password"
role = "manager"
queues = []

[[screen]]
key = "hall"
name = "Hall, left"
branch = "main"
token = "hall-screen-1"
languages = ["en", "es"]
ticker = ["Please have your identity card ready.", "On 24 December we close at noon."]
media = true
diagonal_inches = 43
farthest_metres = 30

[[branch]]
key = "shut"
name = "shut"
label = "Closed branch"
address = "1 Road"
location = [7.0, 9.0]
hours = { mon = ["03:00-03:01"] }

[[screen]]
key = "night"
branch = "shut"
token = "night-screen-1"
"""


@pytest.fixture(scope="module")
def well_kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with a manager, a screen that has everything, and a branch that is closed."""
    folder = tmp_path_factory.mktemp("well_kept")
    (folder / "media" / "acme").mkdir(parents=True)
    (folder / "media" / "acme" / "welcome.png").write_bytes(PICTURE)
    with serving(folder, NETWORK + MORE, MEDIA_FOLDER=str(folder / "media")) as server:
        house = House(server, server)
        for agent in PEOPLE:
            house.sit_down(agent)
        for agent in ("a3", "a1", "a2", "a1", "a2", "a3"):
            house.call(agent)
        yield house


def manage(visit: Visit, house: House, **context: int) -> Page:
    """The list of devices, as a manager sees it."""
    page = visit(**context)
    who = {"account": "acme", "email": "mia@acme.example", "password": "a-good-password"}
    assert page.request.post(f"{house.url}/desk/api/session", data=who).status == 201
    page.goto(f"{house.url}/admin/devices")
    return page


def test_a_screen_that_has_everything_is_read_from_afar_on_every_glass(visit: Visit, well_kept: House):
    page = visit()
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{well_kept.url}/screens/hall-screen-1")
        expect(page.locator("[data-connection]")).to_have_attribute("data-connection", "online")
        expect(page.locator(".media img")).to_be_visible()
        page.evaluate("document.fonts.ready")

        assert cut_off(page) == []
        assert current(page).locator("[data-number]").evaluate(CAP_SHARE) >= 0.2
        assert not page.evaluate(OVERLAPPING)
        assert overflow(page) == []
        expect(page.locator(".ticker")).to_contain_text("identity card")
    assert axe(page) == []


def cut_off(page: Page) -> list[str]:
    """What is cut off once the letters have found their size."""
    for _ in range(PATIENCE_MS // 100):
        if not (found := page.evaluate(CUT_OFF, WORDS)):
            break
        page.wait_for_timeout(100)
    return list(found)


def test_a_closed_branch_says_when_it_opens(visit: Visit, well_kept: House):
    page = visit(f"{well_kept.url}/screens/night-screen-1")

    expect(page.locator(".closed")).to_contain_text("We are closed")
    expect(page.locator(".closed")).to_contain_text("Monday")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert axe(page) == []


def test_a_blank_screen_is_paired_and_obeys(visit: Visit, well_kept: House):
    blank = visit(f"{well_kept.url}/screens/")
    expect(blank.locator("[data-pairing]")).not_to_be_empty()
    assert shortcomings(blank) == []
    manager = manage(visit, well_kept)
    hall = manager.locator("[data-device=hall]")
    assert shortcomings(manager) == []

    hall.get_by_text("Set up").click()
    hall.get_by_label("Code on the blank screen").fill(blank.locator("[data-pairing]").inner_text().lower())
    hall.get_by_role("button", name="Pair").click()

    expect(current(blank)).to_be_visible()
    assert blank.url == f"{well_kept.url}/screens/hall-screen-1"
    expect(hall.locator("[data-presence]")).to_have_attribute("data-presence", "online")
    expect(hall.locator("[data-legible=no]")).to_contain_text("the farthest seat is 30 m away")
    hall.locator("[data-action=identify]").click()
    expect(blank.locator(".identity")).to_contain_text("Hall, left")
    expect(blank.locator("[data-legible=no]")).to_contain_text("30")
    hall.locator("[data-action=test]").click()
    expect(hall.locator("[data-test=done]")).to_be_visible()  # once it was spoken
    hall.get_by_label("Volume").fill("0")
    expect(hall.locator("output")).to_have_text("0")
    assert axe(manager) == []

    with blank.expect_event("load"):
        hall.locator("[data-action=reload]").click()
    renewed = hall.locator("[data-action=renew-token]")
    quiet(blank).forgive("404", "WebSocket")
    renewed.click()
    renewed.click()
    expect(blank.locator("[data-pairing]")).not_to_be_empty(timeout=45_000)


@pytest.mark.campaign  # it waits for a kiosk to be left alone
def test_a_kiosk_obeys_once_nobody_is_served(visit: Visit, well_kept: House):
    kiosk, manager = visit(well_kept.kiosk), manage(visit, well_kept)
    door = manager.locator("[data-device=door]")

    door.locator("[data-action=identify]").click()
    expect(kiosk.locator(".identity")).to_contain_text("door")
    door.locator("[data-action=test]").click()
    expect(door.locator("[data-test=done]")).to_be_visible()
    kiosk.locator("[data-queue=cash]").click()
    expect(kiosk.locator("[data-number]")).to_be_visible()
    door.locator("[data-action=reload]").click()
    with kiosk.expect_event("load"):
        kiosk.get_by_role("button", name="Done").click()

    expect(kiosk.locator("[data-queue=cash]")).to_be_visible()
    assert axe(manager) == []


def test_the_list_fits_a_telephone(visit: Visit, well_kept: House):
    page = manage(visit, well_kept, width=360, height=740)

    expect(page.locator("[data-device=lobby]")).to_be_visible()
    assert shortcomings(page) == []


def test_a_picture_is_put_up_and_taken_down(visit: Visit, well_kept: House, tmp_path: Path):
    page = manage(visit, well_kept)
    (tmp_path / "offer.png").write_bytes(PICTURE)

    page.get_by_label("Picture or film").set_input_files(tmp_path / "offer.png")
    page.get_by_role("button", name="Put up").first.click()
    expect(page.get_by_text("offer.png")).to_be_visible()
    page.get_by_role("button", name="Remove offer.png").click()

    expect(page.get_by_text("offer.png")).to_have_count(0)


def reported(house: House, seq: int) -> bool:
    """Whether the screen has said that it showed this call, or a later one: what it says is written once a second."""
    deadline = time.monotonic() + PATIENCE_MS / 1000
    while (house.read("SELECT painted_seq FROM screen WHERE key = 'lobby'")[0] or 0) < seq:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_a_panel_writes_the_calls_and_reports_them(well_kept: House):
    lobby = f"{well_kept.url}/screens/lobby-screen"
    command = [sys.executable, "-u", "-m", "server.main", "display", lobby, "--json", "--seconds", "0", "--calls", "2"]
    called: list[str] = []
    well_kept.call_all("a1")
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as panel:
        try:
            while panel.poll() is None and len(called) < 60:  # what is called before it listens, it does not show
                called.append(well_kept.call("a1"))
                with suppress(subprocess.TimeoutExpired):
                    panel.wait(0.5)
        finally:
            panel.terminate()
        shown = [json.loads(line) for line in panel.stdout or ()]

    assert panel.returncode == 0
    numbers = [one["number"] for one in shown]
    start = called.index(numbers[0])
    assert numbers == called[start : start + 2]
    assert {one["poc"] for one in shown} == {"Counter 1"}
    assert reported(well_kept, shown[0]["seq"])
