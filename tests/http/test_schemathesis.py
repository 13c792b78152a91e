"""The documented operations of a real server, asked sensibly and senselessly by schemathesis.

The answers must be those of the document: status, media type, shape; and nothing may be a bug. Each operation is asked
some forty times, which takes a minute for all: `make test` asks every third, `make campaign` all, and more often.
"""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.pytest.lazy import get_all_tests
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from server.openapi import describe
from tests.e2e.networks import bank
from tests.e2e.turnero import Turnero, serving

EXAMPLES = int(os.environ.get("TURNERO_TEST_EXAMPLES", "1"))
EVERY = 3 if EXAMPLES == 1 else 1

FORMS = """
[[form]]
key = "intake"
fields = [
  { name = "firstname", id = "aaaaaaaaaaaaaaaaaaaaaaaa", type = "text", label = "Nombre", required = true },
  { name = "age", type = "number", label = "Edad", min = 18, max = 99 },
]

[[queue]]
key = "asked"
name = "Con formulario"
prefix = "F"
branches = ["main"]
form = "intake"
contact_form = "intake"

[[service]]
key = "visit"
title = "Visita"
queue = "asked"
agents = ["a1"]
form = "intake"
"""
TICKET, LINK = "a-ticket", "its-link"
MEETING, SOMEBODY, ROOM = "a-meeting", "somebody-there", "its-room"
"""Stand for what is only known once there is a server."""

NOTHING, NOBODY = "0" * 24, "00000000-0000-8000-8000-000000000000"
PLACES = {
    "branch": ["652720d479497a1b62df288b", "main", "nowhere"],
    "queue": ["push", "asked", "nothing"],
    "segment": ["asked", "push"],
    "service": ["visit", "nothing"],
    "user": ["a1", "nobody"],
    "ticket": [TICKET, NOTHING],
    "offer": [NOTHING],
    "link": [LINK, NOTHING],
    "id": [MEETING, NOBODY],
    "pid": [SOMEBODY, NOBODY],
    "code": [ROOM, "abc-def-ghi-jkl-mno-pqr"],
    "path": ["live.js", "nothing.js"],
}
TOKENS = {"/screens": "lobby-screen-secret", "/kiosk": "kiosk-secret"}


LENIENT = (
    "GET /supervisor",
    "GET /public/video-contact-center/segments",
    "GET /public/video-contact-center/services",
    "GET /api/v1/appointments",
    "GET /api/v1/appointments/conflicts",
    "GET /api/v1/departments",
    "GET /api/v1/customers",
)
"""Where senseless parameters count as absent, as the vendor has it, or blank ones do."""

SHADOWED = {"POST /screens/pairings": [unsupported_method]}
"""To GET it is the page of a screen of that name."""

LEAVING = ("DELETE /desk/api/session", "POST /api/auth/logout")
"""What nobody may do while others are still asking."""


class Leading(requests.adapters.HTTPAdapter):
    """Sends requests to what the names in their addresses stand for."""

    def __init__(self, known: dict[str, str]) -> None:
        super().__init__()
        self._known = known

    def send(self, request: requests.PreparedRequest, *arguments: Any, **more: Any) -> requests.Response:
        for name, value in self._known.items():
            request.url = str(request.url).replace(f"/{name}", f"/{value}")
        return super().send(request, *arguments, **more)


class Somewhere:
    """A server with a few people in it, and what lets one in."""

    def __init__(self, turnero: Turnero) -> None:
        self.url = turnero.url
        backend, exports = (
            json.loads(turnero.arrange("token", "--account", "acme", "--kind", kind, "--json"))["token"]
            for kind in ("backend", "api-token")
        )
        person = {"account": "acme", "email": "a1@acme.example", "password": "a-good-password"}
        desk = self._ask("POST", "/desk/api/session", json=person)["token"]
        self.headers = {
            "Videsk": {"Authorization": f"Bearer {backend}"},
            "VideskReports": {"X-API-Token": f"Bearer {exports}"},
            "Desk": {"Authorization": f"Bearer {desk}"},
        }
        self._ask("PUT", "/desk/api/presence", json={"state": "idle", "poc": "c1"}, headers=self.headers["Desk"])
        taken = self._ask("POST", "/kiosk/kiosk-secret/tickets", json={"queue": "pull"})
        known = {TICKET: taken["id"], LINK: taken["url"].rpartition("/")[2]}
        self.session = requests.Session()
        self.session.mount("http://", Leading({**known, **self._meeting(turnero)}))
        named = {"tenant": "acme", "email": person["email"], "password": person["password"]}
        staff = self._ask("POST", "/api/auth/login", json=named)["data"]["access_token"]
        self.headers["Voki"] = {"Authorization": f"Bearer {staff}", "X-Tenant": "acme"}

    def _meeting(self, turnero: Turnero) -> dict[str, str]:
        """A client of the Auvious dialect that may do everything, and a meeting that goes on."""
        roles = "ROLE_AGENT,ROLE_SUPERVISOR,ROLE_CLIENT_SERVICE,ROLE_ADMIN"
        made = turnero.arrange(
            "token", "--account", "acme", "--kind", "client", "--roles", roles, "--agent", "a1", "--json"
        )
        client = {"grant_type": "client_credentials", **json.loads(made)}
        token = self._ask("POST", "/security/oauth/token", data=client)["access_token"]
        self.headers["Auvious"] = {"Authorization": f"Bearer {token}"}
        wanted = {"start": "2040-03-09T19:00:00Z", "duration": "PT5M", "customer": {"username": "eve"}}
        made = self._ask("POST", "/api/appointments/", json=wanted, headers=self.headers["Auvious"])
        path = f"/api/appointments/activate/{made['id']}"
        url = self._ask("POST", path, headers=self.headers["Auvious"])["url"]
        return {MEETING: made["id"], SOMEBODY: made["participantIds"][0]["id"], ROOM: url.rpartition("/")[2]}

    def _ask(self, method: str, path: str, **more: Any) -> Any:
        answer = requests.request(method, self.url + path, timeout=30, **more)
        answer.raise_for_status()
        return answer.json()


def document() -> dict[str, Any]:
    """The document, closed to fields that it does not name, and with addresses that lead somewhere."""
    made = describe("http://turnero.example")
    operations = [(path, one) for path, item in made["paths"].items() for one in item.values()]
    schemas = made["components"]["schemas"]
    heard: set[str] = set()
    found = {name for _, one in operations for name in _names(one.get("requestBody"))}
    while found:
        heard |= found
        found = {inner for name in found for inner in _names(schemas[name])} - heard
    for name, schema in schemas.items():
        if name not in heard:
            schema["additionalProperties"] = False
    for path, one in operations:
        token = TOKENS.get(path[: path.find("/", 1)], "unknown")
        for parameter in one["parameters"]:
            if parameter["in"] == "path":
                parameter["schema"] = {"enum": PLACES.get(parameter["name"], [token, "unknown"])}
    return made


def _names(part: Any) -> list[str]:
    return [text.partition('"')[0] for text in json.dumps(part).split('"#/components/schemas/')[1:]]


@pytest.fixture(scope="module")
def somewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Somewhere]:
    """A server; it must not have met a bug by the end."""
    with serving(tmp_path_factory.mktemp("turnero"), bank() + FORMS) as turnero:
        yield Somewhere(turnero)
        bugs = [line for line in turnero.log.splitlines() if '"bug"' in line or "Traceback" in line]
    assert bugs == []


DOCUMENT = document()
LABELS = [f"{method.upper()} {path}" for path, item in DOCUMENT["paths"].items() for method in item]

schema = schemathesis.openapi.from_dict(DOCUMENT)
schema.config.output.sanitization.update(enabled=False)
schema.config.generation.update(allow_extra_parameters=False)  # what nobody knows is passed over everywhere


@pytest.mark.parametrize("label", [label for label in LABELS if sum(label.encode()) % EVERY == 0])
def test_an_operation_answers_as_documented_whatever_it_is_asked(label, somewhere):
    # What an operation is asked takes long to think up: here one process does it, at collection every process would.
    [thought_up] = get_all_tests(schema=schema.include(name=label), test_func=asked, settings=None, given_kwargs={})
    assert isinstance(thought_up, Ok)
    _, ask_it_all = thought_up.ok()

    ask_it_all(somewhere=somewhere)


@settings(max_examples=EXAMPLES, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def asked(case: schemathesis.Case, somewhere: Somewhere) -> None:
    """One question, and its answer looked at."""
    label, headers = case.operation.label, somewhere.headers.get(case.operation.definition.raw["tags"][0], {})
    if label in LEAVING:
        headers = {"Authorization": "Bearer nobody"}

    case.call_and_validate(
        base_url=somewhere.url,
        session=somewhere.session,
        headers=headers,
        allow_redirects=False,
        excluded_checks=[negative_data_rejection] if label in LENIENT else SHADOWED.get(label, []),
        checks=[
            not_a_server_error,
            status_code_conformance,
            content_type_conformance,
            response_headers_conformance,
            response_schema_conformance,
            negative_data_rejection,
            unsupported_method,
        ],
    )
