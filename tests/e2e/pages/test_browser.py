"""The instruments see what they are there to see."""

import pytest

from tests.e2e.browser import quiet, shortcomings

pytestmark = pytest.mark.browser

FAULTY = """<!doctype html><html lang=en><title>Faulty</title><main><h1>Faulty</h1>
<button style="width: 10px; height: 10px; padding: 0"></button>
<div style="width: 3000px">wide</div></main></html>"""


def test_a_faulty_page_falls_short_in_every_way(page):
    page.set_content(FAULTY)

    found = " | ".join(shortcomings(page))

    assert "button-name" in found
    assert "overflows" in found
    assert "small: 10×10" in found


def test_what_a_page_complains_of_is_heard_unless_forgiven(page):
    page.evaluate("console.error('the sky is falling')")
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('it fell') })")

    heard = list(quiet(page).complaints)
    quiet(page).forgive("sky", "it fell")

    assert len(heard) == 2
    assert quiet(page).complaints == []
