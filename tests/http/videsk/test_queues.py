"""Branches, queues, segments: what a vendor sees before it sends anybody."""

from datetime import timedelta

import pytest

from qms.store.schema.network import account as accounts
from qms.store.schema.network import queue as queues
from tests.clock import MONDAY_NOON
from tests.http.seed import MAIN, TRAMITES, answered, seed, sign_in

ROOT = "/public/video-contact-center"
BRANCH_NOT_FOUND = (
    b'{"name":"NotFound","message":"The branch was not found","code":404,"className":"not-found","errors":{}}'
)
QUEUE_NOT_FOUND = (
    b'{"name":"NotFound","message":"The branch or segment was not found","code":404,'
    b'"className":"not-found","errors":{}}'
)


async def test_branches_are_listed_in_the_documented_shape(gateway, keys):
    response = await gateway.get(f"{ROOT}/branches", headers=keys())

    assert response.status == 200
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert (await response.read()).startswith(
        b'[{"location":[7,9],"label":"Virtual Main branch","address":"1345 Main Street, CA",'
        b'"name":"branch-main-1345","id":"652720d479497a1b62df288b"},{"location":[-33.45,-70.5],'
    )


async def test_longitude_may_be_told_first(gateway, keys, option):
    await option(location_order="longitude-first")

    response = await gateway.get(f"{ROOT}/branches", headers=keys())

    assert (await response.json())[0]["location"] == [9, 7]


async def test_queues_of_a_branch_are_those_attached_to_it(gateway, keys):
    response = await gateway.get(f"{ROOT}/branches/{MAIN}/queues", headers=keys())

    assert response.status == 200
    assert [queue["name"] for queue in await response.json()] == ["Trámites ABC", "Caja", "Con formulario"]


async def test_a_queue_tells_who_is_free_and_how_long_others_waited(gateway, keys, store, seeded):
    store.write(sign_in, seeded=seeded, agent="jdoe")
    store.write(sign_in, seeded=seeded, agent="ana", state="busy")
    store.write(answered, seeded=seeded, queue="tramites", waited=timedelta(seconds=60))
    store.write(answered, seeded=seeded, queue="tramites", waited=timedelta(seconds=74.88))

    response = await gateway.get(f"{ROOT}/branches/{MAIN}/queues/{TRAMITES}", headers=keys())

    expected = '{"name":"Trámites ABC","id":"652a1ae848880e168884e49b","users":1,"avgWaitingTime":1.124}'
    assert (response.status, await response.text()) == (200, expected)


async def test_nobody_and_no_data_are_zero(gateway, keys):
    response = await gateway.get(f"{ROOT}/branches/{MAIN}/queues/{TRAMITES}", headers=keys())

    assert (await response.text()).endswith('"users":0,"avgWaitingTime":0}')


async def test_the_wait_looks_back_over_the_window_only(gateway, keys, store, seeded, option):
    store.write(answered, seeded=seeded, queue="caja", waited=timedelta(minutes=9), ago=timedelta(hours=3))
    store.write(answered, seeded=seeded, queue="caja", waited=timedelta(minutes=2), ago=timedelta(hours=1))
    path = f"{ROOT}/branches/main/queues/caja"

    whole_day = await (await gateway.get(path, headers=keys())).json()
    await option(avg_window_hours=2)
    two_hours = await (await gateway.get(path, headers=keys())).json()

    assert (whole_day["avgWaitingTime"], two_hours["avgWaitingTime"]) == (5.5, 2)


async def test_users_may_be_counted_for_the_branch(gateway, keys, store, seeded, option):
    await option(users_scope="branch")
    store.write(sign_in, seeded=seeded, agent="ana", poc="c1")
    path = f"{ROOT}/branches/main/queues"

    users = {queue["name"]: queue["users"] for queue in await (await gateway.get(path, headers=keys())).json()}

    assert users == {"Trámites ABC": 1, "Caja": 1, "Con formulario": 0}


@pytest.mark.parametrize("branch", ["652720d479497a1b62df288b", "main", "652720d4-7949-87a1-8b62-df288b000000"])
async def test_a_branch_is_known_by_id_integration_id_and_uuid(gateway, keys, branch):
    response = await gateway.get(f"{ROOT}/branches/{branch}/queues", headers=keys())

    assert response.status == 200


@pytest.mark.parametrize("branch", ["nope", "000000000000000000000000", "%00", "%ED%A0%80", "%F0%9F%98%80", '"'])
async def test_an_unknown_branch_is_not_found(gateway, keys, branch):
    response = await gateway.get(f"{ROOT}/branches/{branch}/queues", headers=keys())

    assert (response.status, await response.read()) == (404, BRANCH_NOT_FOUND)


@pytest.mark.parametrize("path", ["nope/queues/tramites", "main/queues/nope", "main/queues/far"])
async def test_an_unknown_or_unattached_queue_is_not_found(gateway, keys, path):
    response = await gateway.get(f"{ROOT}/branches/{path}", headers=keys())

    assert (response.status, await response.read()) == (404, QUEUE_NOT_FOUND)


async def test_the_things_of_another_account_are_not_there(gateway, keys, store):
    other = store.write(seed, slug="other")

    response = await gateway.get(f"{ROOT}/branches/{other.branches['main']}/queues", headers=keys())

    assert (response.status, await response.read()) == (404, BRANCH_NOT_FOUND)


async def test_segments_come_in_pages(gateway, keys):
    response = await gateway.get(f"{ROOT}/segments?$limit=1&$skip=1", headers=keys("public"))

    text = await response.text()
    assert response.status == 200
    assert text.startswith('{"total":4,"limit":1,"skip":1,"data":[{"name":"Caja","id":"')


@pytest.mark.parametrize(
    ("query", "limit", "skip"),
    [
        ("", 10, 0),
        ("$limit=0", 1, 0),
        ("$limit=1000", 100, 0),
        ("$limit=abc&$skip=-4", 10, 0),
        ("%24limit=5&%24skip=99", 5, 99),
        ("$limit=" + "9" * 5000, 10, 0),
        ("$limit=٣", 10, 0),
    ],
)
async def test_a_page_has_sensible_bounds(gateway, keys, query, limit, skip):
    page = await (await gateway.get(f"{ROOT}/segments?{query}", headers=keys())).json()

    assert (page["limit"], page["skip"]) == (limit, skip)


async def test_a_queue_that_is_retired_this_moment_is_not_found(gateway, keys, store, seeded):
    header = keys()
    await gateway.get(f"{ROOT}/branches/main/queues/far", headers=header)
    retired = queues.update().where(queues.c.id == TRAMITES).values(retired_at=MONDAY_NOON)
    bumped = accounts.update().values(version=accounts.c.version + 1)
    store.write(lambda tx: [tx.execute(statement) for statement in (retired, bumped)] and None)

    listed = await (await gateway.get(f"{ROOT}/branches/main/queues", headers=header)).json()
    response = await gateway.get(f"{ROOT}/branches/main/queues/tramites", headers=header)

    assert [queue["name"] for queue in listed] == ["Caja", "Con formulario"]
    assert (response.status, await response.read()) == (404, QUEUE_NOT_FOUND)
