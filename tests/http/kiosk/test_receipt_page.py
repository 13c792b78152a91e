"""The receipt: one sheet of 80 mm paper, in the visitor's language, with a code that leads to the ticket."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from playwright.async_api import async_playwright

from tests.chromium import CHROMIUM
from tests.http.visits import Branch

POINTS_PER_MM = 72 / 25.4
CUT_OFF = """[...document.querySelectorAll(".sheet, .sheet > *")]
  .filter((box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
  .map((box) => box.className)"""


async def test_it_shows_number_queue_branch_and_the_day_and_time_there(branch, clock):
    await branch.arrive()
    ticket = await branch.arrive(language="es")

    response = await branch.client.get(f"/t/{ticket.link}/receipt")
    text = await response.text()

    assert (response.status, response.headers["Content-Language"]) == (200, "es")
    assert re.search(r"data-number>C002<", text)
    for words in ("Caja", "Virtual Main branch", "2 mar 2026", "12:00"):
        assert words in text


async def test_it_runs_under_the_strict_policy(branch):
    ticket = await branch.arrive()

    response = await branch.client.get(f"/t/{ticket.link}/receipt")
    text = await response.text()

    assert "style-src 'self';" in response.headers["Content-Security-Policy"] + ";"
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", text)


async def test_the_stylesheet_says_how_long_the_paper_is(branch):
    ticket = await branch.arrive()
    text = await (await branch.client.get(f"/t/{ticket.link}/receipt?lang=en")).text()

    response = await branch.client.get(re.findall(r'href="([^"]*receipt\.css\?[^"]*)"', text)[0])
    css = await response.text()

    assert response.content_type == "text/css"
    assert re.match(r"@page\{size:80mm \d+mm;margin:0\}", css)


async def test_its_length_does_not_change_while_somebody_waits(branch):
    await branch.work()
    ticket = await branch.arrive(language="es")
    path = f"/t/{ticket.link}/receipt.css"
    before = await (await branch.client.get(path)).text()

    await branch.call_next()

    assert await (await branch.client.get(path)).text() == before


async def test_an_unknown_link_has_no_receipt(branch):
    assert (await branch.client.get("/t/nobody-has-this-link/receipt")).status == 404
    assert (await branch.client.get("/t/nobody-has-this-link/receipt.css")).status == 404


@pytest.mark.browser
@pytest.mark.parametrize("case", [{}, {"number": "A" * 50}, {"language": "ar"}])
async def test_it_prints_on_one_sheet_80_mm_wide_and_nothing_is_cut_off(branch: Branch, case: Mapping[str, Any]):
    await branch.work()
    await branch.arrive()
    ticket = await branch.arrive(**case)

    printed, cut_off, violations = await print_it(str(branch.client.make_url(f"/t/{ticket.link}/receipt")))

    ((width, height),) = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert float(width) == pytest.approx(80 * POINTS_PER_MM, abs=1)
    assert 90 * POINTS_PER_MM < float(height) < 160 * POINTS_PER_MM
    assert cut_off == []
    assert violations == []


async def print_it(address: str) -> tuple[bytes, list[str], list[str]]:
    """The receipt as a kiosk's browser prints it; what did not fit; what the browser complained of."""
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = await browser.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        await page.goto(address)
        await page.evaluate("document.fonts.ready")
        await page.emulate_media(media="print")
        cut_off = await page.evaluate(CUT_OFF)
        printed = await page.pdf(prefer_css_page_size=True)
        await browser.close()
    return printed, cut_off, complaints
