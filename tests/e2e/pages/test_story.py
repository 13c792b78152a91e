"""One visit through real pages: kiosk, receipt, phone, desk, lobby and report; and the webhook that the vendor gets."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from standardwebhooks import Webhook

from tests.e2e.browser import Visit, shortcomings
from tests.e2e.networks import SECRET, bank
from tests.e2e.turnero import serving

pytestmark = pytest.mark.browser

PASSWORD = "a-good-password"
SUPERVISOR = f"""
[[agent]]
key = "sue"
firstname = "Sue"
lastname = "Lee"
email = "sue@acme.example"
password = "{PASSWORD}"
role = "supervisor"
"""


class Vendor:
    """A vendor's server: keeps the webhooks that it received, once they verify."""

    def __init__(self) -> None:
        self.received: Queue[Any] = Queue()
        vendor = self

        class Hook(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                vendor.received.put(Webhook(SECRET).verify(body, headers))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """A test has no use for an access log."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Hook)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    one = Vendor()
    thread = threading.Thread(target=one.server.serve_forever)
    thread.start()
    yield one
    one.server.shutdown()
    thread.join()
    one.server.server_close()


def test_a_visit_goes_from_the_kiosk_to_the_counter_and_into_the_report_and_the_vendor_hears_of_it(
    visit: Visit, vendor: Vendor, tmp_path: Path
) -> None:
    with serving(tmp_path, bank(vendor.url) + SUPERVISOR, WEBHOOK_ALLOW_CIDRS="127.0.0.0/8") as server:
        kiosk = visit(f"{server.url}/kiosk/kiosk-secret?lang=en", width=1080, height=1920)
        lobby = visit(f"{server.url}/screens/lobby-screen-secret", width=1920, height=1080)
        desk = visit(f"{server.url}/desk")
        sit_down(desk, "c1")

        with kiosk.expect_response(lambda answer: answer.url.endswith("/tickets")) as taken:
            kiosk.click("[data-queue=pull]")
        expect(kiosk.locator("[data-number]")).to_have_text("C001")
        answer = json.loads(taken.value.body())
        receipt = visit(answer["receipt"])
        expect(receipt.locator("[data-number]")).to_have_text("C001")
        phone = visit(answer["url"], width=390, height=844)
        expect(phone.locator("[data-ahead]")).to_have_attribute("data-ahead", "0")

        desk.click("[data-action=next]")
        expect(lobby.locator("[data-call][aria-current=true] [data-number]")).to_have_text("C001")
        expect(lobby.locator("[data-call][aria-current=true] [data-poc]")).to_have_text("Counter 1")
        expect(phone.locator("[data-state=called]")).to_be_visible()
        expect(phone.locator("[data-poc]")).to_contain_text("Counter 1")
        event = vendor.received.get(timeout=20)
        wrong = [found for page in (kiosk, lobby, desk, phone) for found in shortcomings(page)]

        desk.click("[data-action=serve]")
        expect(phone.locator("[data-state=serving]")).to_be_visible()
        desk.click("[data-action=finish]")
        expect(phone.locator("[data-state=done]")).to_be_visible()
        desk.click("[data-action=sign-out]")
        supervisor = report(visit, server.url)
        row = supervisor.locator("[data-table=queues] tbody tr", has_text="Caja")
        expect(row.locator("td").first).to_have_text("1")
        wrong += shortcomings(supervisor)
        for page in (kiosk, receipt, lobby, desk, phone, supervisor):
            page.goto("about:blank")  # before the server goes: nobody is to complain of that here

    assert wrong == []
    assert (event["event"], event["data"]["ticketId"]) == ("qms.assigned", "C001")
    assert (event["data"]["poc"]["label"], event["data"]["agent"]["email"]) == ("Counter 1", "a1@acme.example")


def report(visit: Visit, url: str) -> Page:
    """Today, as a supervisor reads of it."""
    page = visit()
    who = {"account": "acme", "email": "sue@acme.example", "password": PASSWORD}
    assert page.request.post(f"{url}/desk/api/session", data=who).status == 201
    page.goto(f"{url}/reports?lang=en")
    page.get_by_role("link", name="Today").click()
    return page


def sit_down(desk: Page, poc: str) -> None:
    """The agent signs in, chooses a counter and is ready."""
    desk.fill("[name=account]", "acme")
    desk.fill("[name=email]", "a1@acme.example")
    desk.fill("[name=password]", PASSWORD)
    desk.press("[name=password]", "Enter")
    desk.select_option("[name=poc]", poc)
    desk.click("[data-action=idle]")
    desk.wait_for_selector("[data-state=idle]")
