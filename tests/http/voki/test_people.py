"""Departments and customers, as the appointments need them."""

import pytest

from qms.domain.ids import from_uuid, to_uuid
from qms.store import appointments
from tests.http.voki.conftest import NOBODY, SALES, SUPPORT

DEPARTMENTS, CUSTOMERS = "/api/v1/departments", "/api/v1/customers"
NOT_FOUND = (404, {"errors": {"detail": "Not Found"}})
ONE_PAGE = {"current_page": 1, "page_size": 20, "total_pages": 1}
SUPPORT_SHOWN = {
    "id": to_uuid(SUPPORT),
    "name": "Suporte Técnico",
    "identifier": "support",
    "sector_id": None,
    "active": True,
    "max_queue_size": None,
    "max_wait_time": 2700,
    "user_count": 2,
}
ALICE = {"name": "Alice Ana Assis", "email": "alice@email.com", "phone": "+5511911112222"}


async def test_departments_are_the_queues(office):
    status, body = await office.ask("GET", DEPARTMENTS)

    assert status == 200
    assert body["data"][0] == SUPPORT_SHOWN
    assert [one["identifier"] for one in body["data"]] == ["support", "sales"]
    assert body["meta"] == {**ONE_PAGE, "total_count": 2}


async def test_departments_come_page_by_page_and_sorted(office):
    _, body = await office.ask("GET", f"{DEPARTMENTS}?sort_by=name&sort_order=desc&page_size=1&page=2")

    assert [one["id"] for one in body["data"]] == [to_uuid(SALES)]
    assert body["meta"]["total_pages"] == 2


async def test_one_department_is_looked_at(office):
    assert await office.ask("GET", f"{DEPARTMENTS}/{to_uuid(SUPPORT)}") == (200, {"data": SUPPORT_SHOWN})
    for id in (NOBODY, "support", SUPPORT, "%00"):
        assert await office.ask("GET", f"{DEPARTMENTS}/{id}") == NOT_FOUND


async def test_departments_come_from_the_network_file_alone(office):
    answer = await office.ask("POST", DEPARTMENTS, {"department": {"name": "New"}})

    assert answer == (405, {"errors": {"detail": "Method Not Allowed"}})


async def test_a_customer_is_kept_and_looked_at(office):
    status, body = await office.ask("POST", CUSTOMERS, {"customer": ALICE})
    made = body["data"]

    assert (status, made) == (201, {"id": made["id"], **ALICE, "inserted_at": "2026-03-02T15:00:00Z"})
    assert await office.ask("GET", f"{CUSTOMERS}/{made['id']}") == (200, {"data": made})
    assert (await office.make(customer_id=made["id"]))["customer_name"] == ALICE["name"]
    assert office.happened().count("customer.created") == 1
    for id in (NOBODY, to_uuid("0" * 24), "x"):
        assert await office.ask("GET", f"{CUSTOMERS}/{id}") == NOT_FOUND


async def test_customers_are_listed_and_searched(office):
    await office.ask("POST", CUSTOMERS, {"customer": ALICE})
    office.clock.move(seconds=1)
    await office.make()

    async def names(query):
        status, body = await office.ask("GET", f"{CUSTOMERS}?{query}")
        assert (status, body["meta"]["total_count"]) == (200, len(body["data"]))
        return [one["name"] for one in body["data"]]

    assert await names("") == await names("sort_by=name") == ["Alice Ana Assis", "Roberto Lima"]
    assert await names("sort_order=desc") == ["Roberto Lima", "Alice Ana Assis"]
    assert await names("search=ana%20as") == await names("search=1111") == ["Alice Ana Assis"]
    assert await names("search=ROBERTO@") == ["Roberto Lima"]
    assert await names("search=%25") == await names("search=_") == []


@pytest.mark.parametrize(
    ("said", "errors"),
    [
        ({}, {"name": ["can't be blank"]}),
        ({"name": "x" * 256}, {"name": ["should be at most 255 character(s)"]}),
        ({"name": "x", "email": "nobody"}, {"email": ["has invalid format"]}),
        ({"name": "x", "phone": 5}, {"phone": ["is invalid"]}),
    ],
)
async def test_what_is_wrong_with_a_customer_is_told(office, said, errors):
    assert await office.ask("POST", CUSTOMERS, {"customer": said}) == (422, {"errors": errors})


async def test_what_was_given_to_another_customer_opens_nothing_any_more(office):
    made, (_, body) = await office.make(), await office.ask("POST", CUSTOMERS, {"customer": ALICE})
    before = office.read(appointments.get, id=from_uuid(made["id"]))

    status, _ = await office.change(made, customer_id=body["data"]["id"])

    after = office.read(appointments.get, id=from_uuid(made["id"]))
    assert (status, after.token_generation) == (200, before.token_generation + 1)
    assert {"appointment.participant_removed", "appointment.participant_added"} < set(office.happened())
