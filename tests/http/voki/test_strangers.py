"""Callers who mean no good, or know no better; pages of other origins; and two accounts with the same ids and keys."""

import asyncio

import pytest
from structlog.testing import capture_logs

from qms.domain.ids import to_uuid
from tests.http.voki.conftest import APPOINTMENTS, JOAO, NOBODY, ROBERTO, SUPPORT

BAD = (400, {"errors": {"detail": "Bad Request"}})


@pytest.fixture(autouse=True)
def no_bugs():
    """Nothing that is asked may be a bug of ours."""
    with capture_logs() as logs:
        yield
    assert [entry for entry in logs if entry["event"] == "bug"] == []


NONSENSE = [
    {"title": 5},
    {"title": ["x"]},
    {"title": "x" * 256},
    {"title": "a\0b"},
    {"title": "\u0000"},
    {"description": {}},
    {"description": "x" * 20_001},
    {"notes": True},
    {"scheduled_at": 1774447200},
    {"scheduled_at": "tomorrow"},
    {"scheduled_at": "2026-03-25"},
    {"scheduled_at": "2026-13-25T14:00:00Z"},
    {"scheduled_at": "2026-03-25T25:00:00Z"},
    {"scheduled_at": "9999-12-31T23:59:59Z"},
    {"scheduled_at": "0001-01-01T00:00:00+23:59"},
    {"scheduled_at": "\uff12\uff10\uff12\uff16-03-25T14:00:00Z"},
    {"duration_minutes": "forty"},
    {"duration_minutes": 45.5},
    {"duration_minutes": True},
    {"duration_minutes": 0},
    {"duration_minutes": -5},
    {"duration_minutes": 44_641},
    {"duration_minutes": 10**30},
    {"department_id": []},
    {"department_id": "support"},
    {"user_id": "joao"},
    {"user_id": {}},
    {"customer_id": "' OR 1=1 --"},
    {"customer_name": 5},
    {"customer_name": "  "},
    {"customer_email": "nobody"},
    {"customer_email": "a@" + "x" * 320},
    {"customer_phone": "5" * 41},
    {"customer_phone": {"number": 5}},
]


@pytest.mark.parametrize("wrong", NONSENSE, ids=str)
async def test_nonsense_in_a_field_is_told_by_field(office, wrong):
    (name,) = wrong
    made = await office.make()

    created, changed = await office.create(**wrong), await office.change(made, **wrong)

    for status, body in (created, changed):
        assert (status, list(body["errors"])) == (422, [name])
        assert all(isinstance(text, str) for text in body["errors"][name])
    assert len(await office.listed()) == 1


@pytest.mark.parametrize("body", ["", "{}", "null", "[]", '"x"', "5", '{"appointment": null}', '{"appointment": []}'])
async def test_a_body_without_an_appointment_is_told_so(office, body):
    status, told = await office.ask("POST", APPOINTMENTS, data=body, headers={"Content-Type": "application/json"})

    assert status == 422
    assert list(told["errors"]) in (["appointment"], ["detail"])


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b'{"a": ' + b"[" * 3000, b'{"title": "\\ud800"}', b"x=1"])
@pytest.mark.parametrize(("method", "path"), [("POST", APPOINTMENTS), ("POST", "/api/auth/login")])
async def test_a_body_that_is_not_json_is_a_bad_request(office, method, path, body):
    assert await office.ask(method, path, data=body, headers={"Content-Type": "application/json"}) == BAD


async def test_another_media_type_is_not_read(office):
    answer = await office.ask("POST", APPOINTMENTS, data={"title": "x"})

    assert answer == (415, {"errors": {"detail": "Unsupported Media Type"}})


@pytest.mark.parametrize(
    "query",
    ["user_id=%00", "date_from=%00", "date_to=x", "status=%00", "page=%00", "sort_by=title;drop", "page=\u0661"],
)
async def test_nonsense_in_a_query_is_told_by_name(office, query):
    status, body = await office.ask("GET", f"{APPOINTMENTS}?{query}")

    assert (status, list(body["errors"])) == (422, [query.partition("=")[0]])


@pytest.mark.parametrize("said", [{"email": "\0"}, {"tenant": "\0"}, {"password": "\0"}, {"email": 5}, {"tenant": {}}])
async def test_nonsense_in_a_login_is_told_by_field(office, said):
    status, body = await office.log_in(**said)

    assert (status, body["errors"]) == (422, {name: ["is invalid"] for name in said})


async def test_an_unknown_address_is_answered_in_this_dialect(office):
    for path in ("/api/v1", "/api/v1/", "/api/v1/nothing", "/api/auth/nothing", "/api/auth"):
        assert await office.ask("GET", path) == (404, {"errors": {"detail": "Not Found"}})
    assert (await office.ask("GET", f"{APPOINTMENTS}/"))[0] == 200  # as Phoenix does not mind a last slash either
    deleted = await office.client.delete(f"{APPOINTMENTS}/{NOBODY}")
    assert (deleted.status, deleted.headers["Allow"]) == (405, "GET,HEAD,PUT")
    assert await deleted.json() == {"errors": {"detail": "Method Not Allowed"}}


@pytest.mark.parametrize("key", ["", "x" * 256, "é"])
async def test_an_idempotency_key_is_of_a_certain_form(office, key):
    status, body = await office.ask("POST", APPOINTMENTS, {"appointment": ROBERTO}, headers={"Idempotency-Key": key})

    assert (status, body) == (422, {"errors": {"Idempotency-Key": ["is invalid"]}})


async def test_a_hundred_appointments_at_once_are_all_made(office):
    await office.as_("joao")

    answers = await asyncio.gather(*(office.create() for _ in range(40)))

    assert {status for status, _ in answers} == {201}
    assert len({body["data"]["id"] for _, body in answers}) == 40


# -- other origins (X-4) ----------------------------------------------------------------------------------------------


async def test_pages_of_other_origins_are_not_answered_unless_the_account_lets_them(office):
    async def seen(path, method="GET", **more):
        headers = {**more.pop("headers", {}), "Origin": "https://page.example"}
        answer = await office.client.request(method, path, headers=headers, **more)
        return answer.status, answer.headers.get("Access-Control-Allow-Origin")

    by = await office.as_("joao")
    assert await seen(APPOINTMENTS, headers=by) == (200, None)
    assert await seen(APPOINTMENTS, "OPTIONS") == (405, None)

    await office.option(cors="everywhere")

    assert await seen(APPOINTMENTS, headers=by) == (200, "*")
    assert await seen(APPOINTMENTS, "OPTIONS") == (204, "*")
    assert await seen(APPOINTMENTS, headers={"X-Tenant": "avanter"}) == (401, "*")
    assert await seen(APPOINTMENTS, headers={"X-Tenant": "nobody"}) == (401, None)
    body = {"email": "x@avanter.example", "password": "no", "tenant": "avanter"}
    assert await seen("/api/auth/login", "POST", json=body) == (401, "*")


# -- two accounts with the same ids and keys --------------------------------------------------------------------------


async def test_each_account_has_its_own_under_the_same_ids(office, twin):
    ours, theirs = await office.make(), await twin.make(title="Theirs")

    assert ours["user_id"] == theirs["user_id"] == to_uuid(JOAO)
    assert ours["department_id"] == theirs["department_id"] == to_uuid(SUPPORT)
    assert (await office.listed(), await twin.listed()) == ([ours], [theirs])
    assert await twin.listed(f"user_id={to_uuid(JOAO)}") == [theirs]
    asked = f"{APPOINTMENTS}/conflicts?user_id={to_uuid(JOAO)}&scheduled_at=2026-03-25T14:00:00Z"
    assert (await twin.ask("GET", asked))[1]["data"]["conflicts"] == [theirs]


async def test_nothing_of_one_account_is_reached_from_the_other(office, twin):
    ours, theirs = await office.make(), await twin.make()

    for method, rest in (("GET", ""), ("PUT", ""), ("POST", "/confirm"), ("POST", "/cancel"), ("POST", "/no-show")):
        body = {"title": "x"} if method == "PUT" else None
        status, _ = await twin.ask(method, f"{APPOINTMENTS}/{ours['id']}{rest}", body)
        assert status == 404, (method, rest)
    assert (await twin.ask("GET", f"/api/v1/customers/{ours['customer_id']}"))[0] == 404
    refused = (422, {"errors": {"customer_id": ["does not exist"]}})
    assert await twin.create(customer_id=ours["customer_id"]) == refused
    assert await twin.change(theirs, customer_id=ours["customer_id"]) == refused
    assert await office.listed() == [ours]


async def test_the_token_of_one_account_does_not_open_the_other(office, twin):
    by = {**await office.as_("joao"), "X-Tenant": "twin"}

    assert (await twin.ask("GET", APPOINTMENTS, by=by))[0] == 401
