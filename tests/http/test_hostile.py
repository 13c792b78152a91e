"""Clients that mean no good, or know no better: they are answered in words of ours, and are no bugs of ours."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from structlog.testing import capture_logs

import desk.face
import kiosk.face
import screens.face
from qms.web.pages import setup_pages
from qms.web.perform import LONGEST_SCOPE, scope_of
from qms_gateway.face import routes as gateway_routes
from tests.http.conftest import Keys, Serve
from tests.http.seed import Seeded

ENQUEUE = "/public/video-contact-center/branches/main/queues/tramites"


@pytest.fixture(params=["sqlite"])
def database_url(sqlite_url: str) -> str:
    """The database has no part in this: one will do."""
    return sqlite_url


@pytest.fixture
async def house(serve: Serve, seeded: Seeded) -> AsyncIterator[TestClient[Any, Any]]:
    """All faces; no bug may have been logged by the end."""

    def everything(app: Any) -> None:
        setup_pages(app, "screens", "kiosk", "desk")
        for routes in (gateway_routes, screens.face.routes, kiosk.face.routes, desk.face.routes):
            routes(app)

    with capture_logs() as logs:
        yield await serve(everything, public_url="http://127.0.0.1:8080")
    assert [entry for entry in logs if entry["event"] == "bug"] == []


async def spoken(house: TestClient[Any, Any], words: bytes) -> bytes:
    """What is answered to some bytes, until the line is closed."""
    reader, writer = await asyncio.open_connection(house.host, house.port)
    writer.write(words)
    async with asyncio.timeout(30):
        answer = await reader.read()
    writer.close()
    return answer


def posted(path: str, body: bytes, *headers: str) -> bytes:
    """A request of one's own spelling."""
    lines = [f"POST {path} HTTP/1.1", "Connection: close", "Content-Type: application/json", *headers]
    return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body


HOSTS = ["", ":80", "a b", "x:99999999", "x:abc", "[::1", "<script>", "a/b", "a?b", "u@evil.example", ".", "-"]


@pytest.mark.parametrize("host", HOSTS)
async def test_a_ticket_s_address_holds_no_nonsense_that_a_client_calls_us(house, seeded, host):
    path = f"/kiosk/{seeded.tokens['kiosk']}/tickets"

    answer = await spoken(house, posted(path, b'{"queue": "caja"}', f"Host: {host}"))
    head, _, body = answer.partition(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 201")
    assert json.loads(body)["url"].startswith("http://127.0.0.1:8080/t/")


@pytest.mark.parametrize("framing", ["Content-Length: 100", "Transfer-Encoding: chunked"])
@pytest.mark.parametrize("path", [ENQUEUE, "/kiosk/kiosk-acme/tickets", "/desk/api/session"])
async def test_who_hangs_up_in_the_middle_of_a_request_is_no_bug(house, keys, caplog, path, framing):
    key = keys()["Authorization"]
    head = f'POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {key}\r\n{framing}\r\n\r\n4\r\n{{"ti'

    _, writer = await asyncio.open_connection(house.host, house.port)
    writer.write(head.encode())
    await writer.drain()
    assert (await house.get("/t/0000000000000000/state")).status == 404  # by now, the other request has been begun
    writer.close()
    await writer.wait_closed()
    assert (await house.get("/t/0000000000000000/state")).status == 404

    assert [record for record in caplog.records if record.name == "aiohttp.server"] == []


@pytest.mark.parametrize(
    "content", ["multipart/form-data", "text/plain; charset=nope", "application/x-www-form-urlencoded"]
)
async def test_a_form_that_makes_no_sense_does_nothing_to_a_ticket(house, seeded, content):
    taken = await house.post(f"/kiosk/{seeded.tokens['kiosk']}/tickets", json={"queue": "caja"})
    path = "/t/" + (await taken.json())["url"].rpartition("/")[2]

    answer = await house.post(path, data=b"\xff\0=&do", headers={"Content-Type": content}, allow_redirects=False)

    assert (answer.status, answer.headers["Location"]) == (303, path)
    assert (await (await house.get(f"{path}/state")).json())["state"] == "waiting"


@pytest.mark.parametrize("path", ["/nowhere", "/kiosk/not a token", "/screens/" + "x" * 300, "/t/short"])
async def test_a_person_is_shown_a_page_where_there_is_nothing_and_a_program_a_problem(house, path):
    person = await house.get(path, headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": "es"})
    program = await house.get(path)

    assert (person.status, person.content_type, person.headers["Content-Language"]) == (404, "text/html", "es")
    assert (program.status, program.content_type) == (404, "application/problem+json")


async def test_a_chunked_body_that_breaks_off_into_nonsense_is_refused(house, keys: Keys):
    head = f"POST {ENQUEUE} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: {keys()['Authorization']}\r\n"

    answer = await spoken(house, head.encode() + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n")

    assert answer.startswith((b"HTTP/1.1 400", b"HTTP/1.0 400"))
    assert b"Traceback" not in answer


def test_an_idempotency_key_is_another_at_another_address_however_long():
    long = "/kiosk/" + "x" * 200

    scopes = {scope_of("kiosk:1", "POST", f"{long}/{what}") for what in ("tickets", "check-in")}

    assert len(scopes) == 2
    assert all(len(scope) <= LONGEST_SCOPE for scope in scopes)
