"""What is noted of a visit at the desk, and read at the next."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import quiet, shortcomings
from tests.e2e.pages.desk import action, session, ticket
from tests.e2e.pages.office import start_work

pytestmark = pytest.mark.browser


class TestRemarks:
    def test_what_is_noted_of_a_visit_is_read_at_the_next(self, page, office):
        quiet(page)
        maria = {"firstname": "Mar\u00eda", "email": "maria@mail.example"}
        start_work(page, office)
        office.do("ana", "tickets", {"queue": "cash", "branch": "main", "customer": maria})
        action(page, "next").click()
        expect(ticket(page, "called")).to_be_visible()

        page.get_by_label("Note", exact=True).fill("Wants <i>two</i> cards")
        page.get_by_label("Outcome").select_option("Comes <b>back</b>")
        page.get_by_label("Note", exact=True).press("Alt+f")  # what is typed is kept before all else
        expect(session(page, "wrap_up")).to_be_visible()
        expect(page.get_by_label("Note", exact=True)).to_have_value("Wants <i>two</i> cards")
        page.get_by_label("Note", exact=True).fill("Wants <i>two</i> cards\nby Friday")
        expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
        assert shortcomings(page) == []

        office.do("ana", "tickets", {"queue": "cash", "branch": "main", "customer": maria})
        action(page, "next").click()
        expect(ticket(page, "called")).to_be_visible()
        expect(page.get_by_label("Note", exact=True)).to_have_value("")
        page.get_by_text("Earlier visits").press("Enter")
        visit = page.locator(".history-visit")
        expect(visit).to_contain_text("Wants <i>two</i> cards\nby Friday")
        expect(visit).to_contain_text("Comes <b>back</b>")
        for width, scheme in ((1280, "light"), (360, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            assert shortcomings(page) == []
        assert office.state("ana")["ticket"]["customer"]["email"] == maria["email"]
