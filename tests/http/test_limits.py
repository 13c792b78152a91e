"""How much a caller may send, to every address that takes a body; and what he may repeat."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient
from structlog.testing import capture_logs

from server.openapi import describe
from server.opened import open_installation
from server.settings import Settings
from server.wiring import EVENT_NAMES, MOST_BODY_BYTES, application
from tests.http.conftest import Server

WRITING = ("post", "put", "patch", "delete")
DEEP = b'{"queue": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"
LARGE = b'{"queue": "' + b"x" * (MOST_BODY_BYTES + 1 - 13) + b'"}'
JSON = {"Content-Type": "application/json"}
WIDE = {f"X-Header-{number}": "x" for number in range(140)}
LONG = {"X-Long": "x" * 16 * 1024}

TAKES_NONE = ("post", "/screens/pairings")
"""Here anybody may ask, and no body is looked at."""

FORMS = "pages' own forms, which a browser cannot give a header: what they hold or link is done once"
SIGNING = "begins or ends a login, or counts a guess: each is one of its own"
AGAIN = "doing it again changes nothing more"
READS = "reads only, whatever its method"
WITHOUT_KEY = {
    "/public/video-contact-center/reports/exports/": READS,
    "/admin/": FORMS,
    "/setup": FORMS,
    "/own-login": FORMS,
    "/reports/": "works something out, and changes nothing that people see",
    "/desk/api/rehearsals": "works something out, and changes nothing that people see",
    "/desk/api/playground": READS,
    "/desk/api/account/people/export": READS,
    "/desk/api/webhooks/{webhook}/secret": "gives out a secret, which nothing may keep to repeat it",
    "/security/oauth/token": SIGNING,
    "/api/auth/": SIGNING,
    "/desk/api/session": SIGNING,
    "/desk/api/second-factor": SIGNING,
    "/screens/pairings": "a code of its own for each, that goes by itself",
    "/kiosk/{token}/help": "a call for help that goes on",
    "/kiosk/{token}/prints": "says what a printer said",
    "/kiosk/{token}/test-prints": "prints once for each order, which has an id",
    "/kiosk/{token}/report": "says what a page said of itself",
    "/t/{link}": FORMS,
    "/book/": FORMS,
    "/q/": FORMS,
}
"""POSTs that take no Idempotency-Key, by how their addresses begin, and why."""


def operations() -> list[tuple[str, str, dict]]:
    """Method, path and description of whatever writes."""
    paths = describe("http://turnero.example")["paths"]
    return [(method, path, it) for path, item in paths.items() for method, it in item.items() if method in WRITING]


@pytest.fixture
async def whole(tmp_path: Path):
    """A client of the application with all faces, on an empty database."""
    opened = open_installation(
        Settings.read({"TURNERO_DATABASE_URL": f"sqlite:///{tmp_path}/turnero.db", "TURNERO_RATE_LIMIT": "0"}),
        event_names=EVENT_NAMES,
    )
    async with TestClient(Server(application(opened))) as client:
        yield client
    opened.store.close()


@pytest.fixture(autouse=True)
def quiet():
    """Hundreds of refusals need no lines."""
    with capture_logs():
        yield


def test_every_post_takes_an_idempotency_key_or_needs_none():
    keyed, named = set(), set()
    for method, path, operation in operations():
        if any("Idempotency-Key" in json.dumps(parameter) for parameter in operation.get("parameters", ())):
            keyed.add((method, path))
        elif method == "post":
            named.add(next((start for start in WITHOUT_KEY if path.startswith(start)), path))

    assert len(keyed) >= 59
    assert named <= set(WITHOUT_KEY)


async def test_nothing_too_deep_or_large_breaks_anything(whole):
    statuses = {}
    for body in (DEEP, LARGE):
        for method, path, _ in operations():
            at = path.replace("{", "").replace("}", "")
            async with whole.request(method, at, data=BytesIO(body), headers=JSON) as answer:
                statuses[method, path, len(body)] = answer.status
                assert "Traceback" not in await answer.text()

    assert len(statuses) >= 2 * 96
    assert {one[:2] for one, status in statuses.items() if not 400 <= status < 500} <= {TAKES_NONE}


@pytest.mark.parametrize("headers", [WIDE, LONG], ids=["wide", "long"])
async def test_a_head_that_is_too_wide_or_long_is_refused(whole, headers):
    async with whole.post("/desk/api/session", json={}, headers=headers) as answer:
        assert answer.status == 400
        assert "Traceback" not in await answer.text()


@pytest.mark.parametrize(("body", "status"), [(DEEP, 400), (LARGE, 413)])
async def test_whoever_signs_in_is_told_what_was_too_much(whole, body, status):
    async with whole.post(
        "/desk/api/session", data=BytesIO(body), headers={"Content-Type": "application/json"}
    ) as answer:
        assert (answer.status, answer.content_type) == (status, "application/problem+json")
