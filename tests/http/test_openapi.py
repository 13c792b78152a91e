"""The document that describes our interfaces to programs, and the routes that it describes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import openapi

from server.openapi import describe
from server.opened import open_installation
from server.settings import Settings
from server.wiring import EVENT_NAMES, application

METHODS = ("get", "post", "put", "patch", "delete")


@pytest.fixture
async def whole(tmp_path: Path):
    """The application with all faces, on an empty database."""
    opened = open_installation(
        Settings.read({"TURNERO_DATABASE_URL": f"sqlite:///{tmp_path}/turnero.db"}), event_names=EVENT_NAMES
    )
    yield application(opened)
    opened.store.close()


def routes_of(app: web.Application) -> set[tuple[str, str]]:
    """Method and path of every route; HEAD goes without saying where there is GET."""
    found = {(r.method.lower(), r.resource.canonical) for r in app.router.routes() if r.resource is not None}
    return {(method, path) for method, path in found if method not in ("head", "*")}  # "*": where unknown ones end


async def test_every_route_is_in_the_document_and_the_document_holds_nothing_else(whole):
    described = describe("http://turnero.example")

    operations = {(method, path) for path, item in described["paths"].items() for method in item if method in METHODS}

    assert operations == routes_of(whole)


async def test_the_document_is_anybody_s_to_read_and_to_keep(whole):
    async with TestClient(TestServer(whole)) as client:
        first = await client.get("/openapi.json")
        again = await client.get("/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
        told = await first.json()

    assert (first.status, again.status) == (200, 304)
    assert first.headers["Cache-Control"] == "public, max-age=3600"
    assert told["openapi"] == "3.1.0"


def test_the_command_prints_the_document_of_the_address_that_is_set(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "server.main", "openapi"],
        env={"TURNERO_PUBLIC_URL": "https://turnero.example/", "PATH": "/usr/bin:/bin"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout)["servers"] == [{"url": "https://turnero.example"}]


def test_the_document_is_one_and_every_reference_leads_somewhere():
    described = describe("http://turnero.example")
    schemas = described["components"]["schemas"]

    openapi.from_dict(described).validate()
    assert not list(OpenAPIV31SpecValidator(described).iter_errors())
    references = {text.partition('"')[0] for text in json.dumps(described).split('"$ref": "#/components/schemas/')[1:]}

    assert references == set(schemas)


def test_nothing_is_said_in_a_way_that_generators_of_clients_stumble_over():
    text = json.dumps(describe("http://turnero.example")["components"])

    assert "prefixItems" not in text
    assert '{"type": "array"}' not in text


def test_every_operation_has_a_name_of_its_own_and_says_what_its_path_takes():
    described = describe("http://turnero.example")
    operations = [(path, one) for path, item in described["paths"].items() for one in item.values()]

    names = [one["operationId"] for _, one in operations]
    for path, one in operations:
        assert all(f"{{{p['name']}}}" in path for p in one["parameters"] if p["in"] == "path")

    assert len(names) == len(set(names))
