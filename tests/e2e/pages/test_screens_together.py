"""Several screens of one lobby, with a browser and without: the desk is told on how many a call can be seen."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Visit
from tests.e2e.pages.desk import action, number
from tests.e2e.pages.glass import current
from tests.e2e.pages.house import House
from tests.e2e.turnero import PASSWORD, ROOT

pytestmark = pytest.mark.browser


@contextmanager
def panel(address: str, to: Path) -> Iterator[None]:
    """A panel that writes a screen's calls to a file, until the block ends."""
    command = [sys.executable, "-m", "server.main", "display", address, "--seconds", "0", "--to", str(to)]
    with subprocess.Popen(command, cwd=ROOT) as running:
        try:
            yield
        finally:
            running.terminate()


def at_the_desk(page: Page, house: House) -> Page:
    """Ana signs in at the desk's page; she is at a counter already."""
    house.sit_down("a1")
    page.goto(f"{house.url}/desk")
    for field, text in {"account": "acme", "email": "a1@acme.example", "password": PASSWORD}.items():
        page.fill(f"[name={field}]", text)
    page.press("[name=password]", "Enter")
    expect(action(page, "next")).to_be_visible()
    return page


def call(page: Page, house: House) -> str:
    """Somebody comes, and is called at the desk's page."""
    called = str(house.take()["number"])
    action(page, "next").click()
    expect(number(page)).to_have_text(called)
    return called


def heard_of(page: Page, house: House, key: str) -> None:
    """Wait until a screen has been heard of."""
    for _ in range(300):
        if house.read(f"SELECT seen_at FROM screen WHERE key = '{key}'")[0] is not None:
            return
        page.wait_for_timeout(100)
    raise AssertionError(key)


def until_last(page: Page, written: Path, line: str) -> None:
    """Wait until this is what a panel has written last."""
    for _ in range(300):
        if written.exists() and written.read_text("utf-8").splitlines()[-1:] == [line]:
            return
        page.wait_for_timeout(100)
    raise AssertionError(written.read_text("utf-8"))


def test_the_desk_says_on_how_many_screens_a_call_is_shown_whichever_of_them_is_gone(
    page: Page, visit: Visit, house: House, tmp_path: Path
):
    lobby, hall, desk = visit(house.lobby), visit(house.hall), at_the_desk(page, house)

    first = call(desk, house)

    for screen in (lobby, hall):
        expect(current(screen).locator("[data-number]")).to_have_text(first)
    expect(desk.get_by_text("Shown on 2 of 2 screens")).to_be_visible()
    hall.close()
    second = call(desk, house)
    expect(current(lobby).locator("[data-number]")).to_have_text(second)
    expect(desk.get_by_text("Shown on 1 of 2 screens")).to_be_visible()
    house.write("UPDATE screen SET seen_at = NULL WHERE key = 'both'")
    with panel(house.hall, tmp_path / "panel"):
        heard_of(desk, house, "both")  # before it has shown anything
        third = call(desk, house)
        expect(desk.get_by_text("Shown on 2 of 2 screens")).to_be_visible()
        assert (tmp_path / "panel").read_text("utf-8").splitlines() == [f"{third} Counter 1"]


def test_a_panel_shows_its_last_call_again_once_the_server_is_back(page: Page, house: House, tmp_path: Path):
    written = tmp_path / "panel"
    house.sit_down("a1")
    house.write("UPDATE screen SET seen_at = NULL WHERE key = 'lobby'")
    with panel(house.lobby, written):
        heard_of(page, house, "lobby")
        line = f"{house.call('a1')} Counter 1"
        until_last(page, written, line)

        house.screens.kill()
        until_last(page, written, "--")
        house.screens.start()

        until_last(page, written, line)
    assert written.read_text("utf-8").splitlines() == [line, "--", line]
