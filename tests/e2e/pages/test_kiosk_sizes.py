"""The kiosk on every usual screen: nothing is cut off, nothing lies over another, what matters is seen at once."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Visit, axe, overflow, quiet, shortcomings
from tests.e2e.pages.at_kiosk import number, tile
from tests.e2e.pages.house import House

pytestmark = pytest.mark.browser

KIOSKS = [(1080, 1920), (1280, 800)]
MILLIMETRES = 1920 / 598  # pixels in one, on a kiosk of 27 inches that stands upright: the largest that are usual


@pytest.mark.parametrize(("width", "height"), KIOSKS)
@pytest.mark.parametrize("query", ["", "?lang=ar", "?theme=dark"])
def test_nothing_is_wrong_with_the_page(visit: Visit, house: House, width: int, height: int, query: str):
    page = visit(house.kiosk + query, width=width, height=height)
    expect(tile(page, "cash")).to_be_visible()
    box = tile(page, "cash").bounding_box()

    assert shortcomings(page) == []
    assert box
    assert box["height"] >= 20 * MILLIMETRES
    tile(page, "cash").click()
    expect(number(page)).to_be_visible()
    assert shortcomings(page) == []
    assert overflow(page) == []


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1280, 1024), (1024, 768), (1080, 1920), (768, 1024)])
def test_the_number_its_code_and_what_to_press_are_seen_at_once(visit: Visit, house: House, width: int, height: int):
    page = visit(house.kiosk, width=width, height=height)
    tile(page, "cash").click()

    expect(page.locator(".taken-actions .primary")).to_be_focused()

    for part in ("[data-number]", ".taken-qr", ".taken-stub p", ".taken-actions .primary"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    view = page.locator(".kiosk-view")
    assert view.evaluate("it => [it.scrollTop, it.scrollHeight - it.clientHeight]") == [0, 0]


def test_where_letters_are_too_large_for_that_the_number_is_seen_first_and_what_to_press_stays(
    visit: Visit, house: House
):
    page = visit(house.kiosk, width=600, height=1024)
    page.get_by_role("switch", name="Larger text").click()
    tile(page, "cash").click()

    expect(page.locator(".taken-actions .primary")).to_be_focused()

    expect(number(page)).to_be_in_viewport(ratio=1)
    expect(page.locator(".taken-actions .primary")).to_be_in_viewport(ratio=1)
    assert shortcomings(page) == []


def test_a_refusal_lies_over_no_half_of_a_heading(visit: Visit, house: House):
    page = visit(house.kiosk, width=1280, height=1024)
    quiet(page).forgive("404")
    page.fill("[name=code]", "NOBODY")
    page.locator("[data-action=check-in]").click()

    expect(page.get_by_role("alert")).to_contain_text("We do not know this code")

    assert page.locator(".start > h2").evaluate("it => getComputedStyle(it).opacity") == "0"
    assert axe(page) == []
