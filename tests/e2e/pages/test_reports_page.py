"""Reports, simulation and staffing in a browser, against the real server, on whose day somebody was served."""

import re
from collections.abc import Iterator

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from desk.reports.words import TITLES
from tests.e2e.browser import overflow, shortcomings
from tests.e2e.pages.office import NETWORK, Office, arrive, sign_in
from tests.e2e.pages.supervisor import SUE
from tests.e2e.turnero import serving

pytestmark = pytest.mark.browser

A4_BETWEEN_MARGINS = 1046
PAGES = ("/reports", "/reports/simulation", "/reports/staffing")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One server for all tests: Ana has served two people, and a third waits."""
    with serving(tmp_path_factory.mktemp("reported"), NETWORK + SUE) as server:
        office = Office(server)
        office.do("ana", "presence", {"state": "idle", "poc": "main/c1"}, method="PUT")
        for _ in range(2):
            office.take_number("cash")
            office.do("ana", "next")
        office.do("ana", "ticket/finish")
        office.take_number("loans")
        yield office


def read(page: Page, office: Office, path: str) -> Page:
    """A supervisor opens one of the pages."""
    arrive(page, office, path, "sue")
    return page


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("ar", "dark")])
def test_every_page_can_be_used_by_everybody(visit, office, language, theme):
    page = visit(width=360, color_scheme=theme)
    sign_in(page, office, "sue", query=f"?lang={language}")

    for path in PAGES:
        page.goto(f"{office.url}{path}?lang={language}")
        assert shortcomings(page) == []


def test_each_thing_has_a_table_and_the_figures_are_those_of_the_day(page, office):
    read(page, office, "/reports")
    page.get_by_role("link", name="Today").click()

    for name in TITLES:
        expect(page.locator(f"[data-table={name}]")).to_be_visible()
    came = page.locator("[data-table=summary] tbody tr").first
    expect(came).to_contain_text("Came")
    expect(came.locator("td").first).to_have_text("2")
    expect(page.locator("[data-table=waits] svg[role=img]")).to_be_visible()


def test_a_queue_is_chosen_and_the_files_are_of_it(page, office, tmp_path):
    read(page, office, "/reports")
    page.locator("[name=queue]").select_option("cash")
    page.get_by_role("button", name="Show").click()

    expect(page).to_have_url(re.compile("queue=cash"))
    with page.expect_download() as loading:
        page.get_by_role("link", name="Workbook (XLSX)").click()
    loading.value.save_as(tmp_path / "report.xlsx")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    assert [row[1].value for row in book["In brief"].iter_rows(min_row=2, max_row=2)] == [2]
    assert book["By queue"]["A2"].value == "Cash <b>desk</b>"


def test_on_paper_only_the_figures_remain_in_black_on_white_and_within_its_edges(page, office):
    read(page, office, "/reports?lang=de&branch=main")
    page.set_viewport_size({"width": A4_BETWEEN_MARGINS, "height": 720})
    page.emulate_media(media="print", color_scheme="dark")

    expect(page.locator(".report-form")).to_be_hidden()
    expect(page.locator(".report-pages")).to_be_hidden()
    expect(page.locator("[data-table=summary] table")).to_be_visible()
    expect(page.locator(".report-about")).to_contain_text("Main branch")
    assert overflow(page) == []
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--surface')") == "#ffffff"
    assert len(page.pdf(format="A4")) > 10_000


def test_a_day_is_simulated_and_the_page_turns_into_the_result(page, office):
    read(page, office, "/reports/simulation")
    today = page.locator("[name=day]").get_attribute("max")
    page.get_by_label("Day", exact=True).fill(str(today))
    page.get_by_label("More or fewer agents").fill("+1")
    page.get_by_label("Days to simulate").select_option("20")
    page.get_by_role("button", name="Simulate").click()

    expect(page.locator("[data-rehearsal=done]")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("heading", name="The whole day")).to_be_visible()
    assert shortcomings(page) == []
    page.get_by_role("link", name="Ask for something else").click()
    expect(page.get_by_role("link", name="agents +1")).to_be_visible()


def test_whoever_may_not_read_reports_is_told_so(page, office):
    arrive(page, office)
    answer = page.request.get(f"{office.url}/reports", headers={"Accept": "text/html"})

    assert answer.status == 403
