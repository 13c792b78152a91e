"""A plain form is sent while the server is away: its page stays with what was typed, says so, and sends it later."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from qms.web.pages import SHIPPED, translations
from tests.e2e.browser import Visit, quiet, shortcomings
from tests.e2e.pages.office import NETWORK, OWNER, Office, sign_in
from tests.e2e.turnero import serving

pytestmark = pytest.mark.browser

AWAY = "There is no connection at the moment. Nothing was sent, and nothing that you typed is lost. Please try again."
BACK = "The connection is back. Please try again."


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with an owner."""
    with serving(tmp_path_factory.mktemp("sent"), NETWORK + OWNER) as server:
        yield Office(server)


@pytest.fixture
def owner(visit: Visit, office: Office) -> Page:
    """The owner, signed in."""
    page = visit()
    sign_in(page, office, "olga")
    return page


@contextmanager
def outage(page: Page, office: Office) -> Iterator[None]:
    """The server is away."""
    quiet(page).forgive("net::ERR_")
    office.server.stop()
    try:
        yield
    finally:
        office.server.start()


def said(page: Page) -> Locator:
    """What is said of the connection."""
    return page.locator("p[data-sending]")


def sent(page: Page) -> list[str]:
    """What forms have sent from now on."""
    found: list[str] = []
    page.on("request", lambda it: found.append(it.post_data or "") if it.method == "POST" else None)
    return found


def keys(office: Office) -> int:
    """How many keys there are."""
    return int(office.server.ask("SELECT count(*) AS keys FROM api_key")[0].keys)


def test_a_form_waits_with_all_that_was_typed_and_is_sent_once(owner: Page, office: Office):
    owner.goto(f"{office.url}/admin/keys")
    before, posted = keys(office), sent(owner)
    owner.get_by_label("Name").fill("Wall")
    owner.get_by_label("reports.read").check()
    make = owner.get_by_role("button", name="Make a key").first

    with outage(owner, office):
        make.click()
        expect(said(owner)).to_have_text(AWAY)
        assert shortcomings(owner) == []
        make.click()
        expect(said(owner)).to_have_text(AWAY)
        expect(owner.get_by_label("Name")).to_have_value("Wall")
        expect(owner.get_by_label("reports.read")).to_be_checked()
    expect(said(owner)).to_have_text(BACK)
    assert shortcomings(owner) == []
    assert posted == []
    make.dblclick()

    expect(owner.locator("[data-secret]")).to_contain_text("turnero_live_")
    expect(said(owner)).to_have_count(0)
    assert len(posted) == 1
    assert keys(office) == before + 1


def test_a_chosen_file_is_still_chosen_and_the_pressed_button_is_told(owner: Page, office: Office, tmp_path: Path):
    file = tmp_path / "network.toml"
    file.write_text('[account]\nslug = "acme"\nname = "Another bank"\n')
    owner.goto(f"{office.url}/admin/import")
    owner.get_by_label("Network file").set_input_files(file)
    look = owner.get_by_role("button", name="Look at the change")

    with outage(owner, office):
        look.click()
        expect(said(owner)).to_have_text(AWAY)
    expect(said(owner)).to_have_text(BACK)
    look.click()

    expect(owner.locator("[data-change]").first).to_contain_text("Another bank")


def test_a_search_waits_too_and_may_be_asked_again_and_again(owner: Page, office: Office):
    owner.goto(f"{office.url}/reports")
    show = owner.get_by_role("button", name="Show")
    owner.locator("[name=queue]").select_option(label="Loans")

    with outage(owner, office):
        owner.locator("[name=queue]").press("Enter")
        show.click()
        expect(said(owner)).to_have_text(AWAY)
    expect(said(owner)).to_have_text(BACK)
    for _ in range(2):
        with owner.expect_navigation(url="**/reports?*queue=*"):
            show.click()
    expect(owner.locator("[name=queue]").locator("option:checked")).to_have_text("Loans")


def test_what_a_proxy_says_whose_server_is_away_is_no_answer(owner: Page, office: Office):
    quiet(owner).forgive("502")
    owner.goto(f"{office.url}/admin/keys")
    posted = sent(owner)
    owner.get_by_label("Name").fill("Wall")
    owner.route("**/healthz", lambda route: route.fulfill(status=502))

    owner.get_by_role("button", name="Make a key").first.click()

    expect(said(owner)).to_have_text(AWAY)
    assert posted == []


def test_one_that_hides_its_health_is_sent_to_all_the_same(owner: Page, office: Office):
    quiet(owner).forgive("403")
    owner.goto(f"{office.url}/admin/keys")
    owner.get_by_label("Name").fill("Wall")
    owner.get_by_label("reports.read").check()
    owner.route("**/healthz", lambda route: route.fulfill(status=403))

    owner.get_by_role("button", name="Make a key").first.click()

    expect(owner.locator("[data-secret]")).to_contain_text("turnero_live_")


def test_an_older_browser_sends_as_ever(owner: Page, office: Office):
    owner.add_init_script("delete HTMLFormElement.prototype.requestSubmit")
    owner.route("**/healthz", lambda route: route.abort())
    owner.goto(f"{office.url}/admin/keys")
    owner.get_by_label("Name").fill("Wall")
    owner.get_by_label("reports.read").check()

    owner.get_by_role("button", name="Make a key").first.click()

    expect(owner.locator("[data-secret]")).to_contain_text("turnero_live_")


@pytest.mark.parametrize("language", SHIPPED, ids=lambda it: it.tag)
def test_it_is_said_in_the_language_of_the_page(owner: Page, office: Office, language):
    quiet(owner).forgive("net::ERR_")
    owner.set_viewport_size({"width": 360, "height": 700})
    owner.goto(f"{office.url}/own-login?lang={language.tag}")
    owner.route("**/healthz", lambda route: route.abort())

    owner.locator("form[aria-labelledby=password] [type=password]").evaluate_all(
        "all => all.forEach((it) => (it.value = 'secret-enough'))"
    )
    owner.locator("form[aria-labelledby=password] button").click()

    expect(said(owner)).to_have_text(translations(language).gettext(AWAY))
    assert shortcomings(owner) == []
