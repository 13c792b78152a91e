"""Exports: queues and appointments as rows, in the zone that is asked for, under the names that are asked for."""

from datetime import timedelta

import pytest

from qms.store.schema.booking import appointment
from qms.store.schema.work import offer, ticket
from qms_gateway.face import routes as gateway_routes
from tests.http.seed import answered, seed
from tests.http.videsk.practice import MARK, SERVICE, Practice, error

QUEUES, APPOINTMENTS = "/reports/exports/queues", "/reports/exports/appointments"
DAY = {"$sort": 1, "start": "2026-03-02T00:00:00-03:00", "end": "2026-03-03T00:00:00-03:00"}
SANTIAGO = "America/Santiago"
MARCH = {"$sort": 1, "start": "2026-03-01", "end": "2026-04-01", "timezone": SANTIAGO}
COLUMNS = [
    *("id", "ticketId", "segment", "branch", "poc", "agent", "startTime", "endTime", "duration"),
    *("assigned", "dismissed", "canceled", "canceledReason", "status"),
]
NOON = "2026-03-02 12:00:00"


@pytest.fixture
def token(keys):
    return {"X-API-Token": keys("api-token")["Authorization"]}


async def export(client, headers, path=QUEUES, **body):
    wanted = {name: value for name, value in {**DAY, "timezone": SANTIAGO, **body}.items() if value is not None}
    async with client.post(path, json=wanted, headers=headers) as response:
        return response.status, await response.json()


def left(tx, seeded):
    id = answered(tx, seeded, "caja", waited=timedelta(minutes=30))
    gone = {"assigned_at": None, "state": "cancelled", "ended_at": tx.now, "end_reason": "left"}
    tx.execute(ticket.update().where(ticket.c.id == id).values(gone))
    return id


def declined(tx, seeded):
    id = answered(tx, seeded, "caja", waited=timedelta(minutes=1))
    by = {"session_id": tx.new_id(), "agent_id": seeded.agents["jdoe"], "lane": 0}
    of = {"account_id": seeded.account, "domain_id": seeded.domain, "queue_id": seeded.queues["caja"], "ticket_id": id}
    rest = {"state": "declined", "made_at": tx.now, "reasons": {}}
    tx.execute(offer.insert().values(id=tx.new_id(), **of, **by, **rest))


async def test_who_waited_is_told_row_by_row(gateway, token, store, seeded):
    id = store.write(answered, seeded=seeded, queue="tramites", waited=timedelta(minutes=7, seconds=30))

    async with gateway.post(QUEUES, json={**DAY, "timezone": SANTIAGO}, headers=token) as response:
        status, text, body = response.status, await response.text(), await response.json()

    assert status == 201
    assert text.startswith('{"$limit":5000,"columns":["id","ticketId","segment"')
    assert list(body) == ["$limit", "columns", "data"]
    assert body["columns"] == COLUMNS == list(body["data"][0])
    assert body["data"] == [
        {
            "id": id, "ticketId": "X", "segment": "Trámites ABC", "branch": "branch-main-1345", "poc": None,
            "agent": None, "startTime": "2026-03-02 11:52:30", "endTime": NOON, "duration": 7.5, "assigned": True,
            "dismissed": False, "canceled": False, "canceledReason": "queue-assigned", "status": "done",
        }
    ]  # fmt: skip


async def test_who_has_left_has_canceled(gateway, token, store, seeded):
    store.write(left, seeded=seeded)

    _, body = await export(gateway, token)

    (row,) = body["data"]
    assert (row["assigned"], row["dismissed"]) == (False, False)
    assert (row["canceled"], row["canceledReason"]) == (True, "left")
    assert (row["endTime"], row["duration"], row["status"]) == (NOON, 30, "canceled")


async def test_what_an_agent_has_declined_was_dismissed_whatever_came_of_it(gateway, token, store, seeded):
    store.write(declined, seeded=seeded)

    _, body = await export(gateway, token)

    (row,) = body["data"]
    assert (row["assigned"], row["dismissed"], row["canceled"]) == (True, True, False)


async def test_times_are_of_the_zone_asked_for_and_columns_called_as_asked(gateway, token, store, seeded):
    store.write(answered, seeded=seeded, queue="caja", waited=timedelta(minutes=1))

    _, body = await export(gateway, token, timezone="+02:00", keys={"segment": "Cola", "endTime": "Fin", "other": "x"})

    (row,) = body["data"]
    assert body["columns"] == ["Cola" if c == "segment" else "Fin" if c == "endTime" else c for c in COLUMNS]
    assert (row["Cola"], row["Fin"], row["startTime"]) == ("Caja", "2026-03-02 17:00:00", "2026-03-02 16:59:00")


async def test_the_first_or_the_last_come_first_a_part_at_a_time(gateway, token, store, seeded):
    ids = [store.write(answered, seeded=seeded, queue="caja", waited=timedelta(minutes=n)) for n in (3, 2, 1)]

    found = [
        [row["id"] for row in (await export(gateway, token, **{"$sort": sort, **part}))[1]["data"]]
        for sort, part in ((1, {}), (-1, {}), ("-1", {"$limit": 2}), (1, {"$limit": 2, "$skip": 2}))
    ]
    _, most = await export(gateway, token, **{"$limit": 999_999})

    assert found == [ids, ids[::-1], [ids[2], ids[1]], [ids[2]]]
    assert most["$limit"] == 100_000


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2026-03-02T11:59:00", "2026-03-02T11:59:01", 1),  # without an offset: meant in the zone
        ("2026-03-02T14:59:00Z", "2026-03-03", 1),
        ("2026-03-02T11:58:00", "2026-03-02T11:59:00", 0),  # half-open
        ("2026-03-02", "2026-03-03", 1),
        ("2026-03-03", "2026-03-04", 0),
    ],
)
async def test_those_are_told_who_came_in_the_time_asked_for(gateway, token, store, seeded, start, end, found):
    store.write(answered, seeded=seeded, queue="caja", waited=timedelta(minutes=1))

    _, body = await export(gateway, token, start=start, end=end)

    assert len(body["data"]) == found


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"$sort": None}, "$sort"),
        ({"$sort": 2}, "$sort"),
        ({"$sort": True}, "$sort"),
        ({"start": None}, "start"),
        ({"start": "yesterday"}, "start"),
        ({"end": None}, "end"),
        ({"end": DAY["start"]}, "end"),
        ({"timezone": None}, "timezone"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"keys": ["segment"]}, "keys"),
        ({"keys": {"segment": 5}}, "keys"),
        ({"keys": {"segment": "agent"}}, "keys"),
        ({"$limit": 0}, "$limit"),
        ({"$limit": "x"}, "$limit"),
        ({"$skip": -1}, "$skip"),
    ],
)
async def test_what_is_missing_or_wrong_is_named(gateway, token, wrong, name):
    status, body = await export(gateway, token, **wrong)

    assert (status, body) == (400, error(f'A valid "{name}" is required', data=name))


async def test_only_a_key_for_exports_opens_them_in_either_header(gateway, keys, token):
    there = await export(gateway, keys("api-token"))
    both = await export(gateway, {**token, **keys("backend")})
    nobody: dict[str, str] = {}
    refusals = [await export(gateway, headers) for headers in (keys("backend"), keys("public"), nobody)]

    assert (there[0], both[0]) == (201, 201)
    assert [status for status, _ in refusals] == [403, 403, 401]
    assert refusals[0][1]["message"] == f"You don't have access to {QUEUES}. Please contact to your administrator."
    assert refusals[2][1]["message"] == "Authorization header with valid JWT is required."


async def test_another_account_s_rows_are_not_told(gateway, token, store):
    other = store.write(seed, slug="globex")
    store.write(answered, seeded=other, queue="caja", waited=timedelta(minutes=1))

    _, body = await export(gateway, token)

    assert body["data"] == []


async def test_unknown_reports_are_refused_in_the_envelope(gateway, token):
    async with gateway.post("/reports/exports/everything", json={}, headers=token) as response:
        assert (response.status, (await response.json())["className"]) == (404, "not-found")


async def test_appointments_are_told_with_what_became_of_them(serve, store):
    practice = await Practice.open(await serve(gateway_routes), store)
    headers = {"X-API-Token": practice.key("api-token")["Authorization"]}
    await practice.booked("2026-03-11T11:30:00.000Z", path=f"user/{MARK}", service=SERVICE)
    gone = await practice.booked("2026-03-10T11:00:00.000Z", path=f"user/{MARK}", service=SERVICE)
    await practice.cancel(gone["actionToken"], {"cancelReason": "ill"})

    status, body = await export(practice.client, headers, APPOINTMENTS, **MARCH)

    first, second = body["data"]
    assert status == 201
    assert body["columns"] == list(first)
    assert (first["startTime"], first["endTime"], first["duration"]) == (
        "2026-03-10 08:00:00",
        "2026-03-10 08:05:00",
        5,
    )
    assert (first["canceled"], first["canceledReason"], first["status"]) == (True, "ill", "canceled")
    assert (first["service"], first["segment"], first["agent"]) == ("My service", "Visits", "Mark Zuckerberg")
    assert (second["canceled"], second["canceledReason"], second["status"]) == (False, None, "pending")


@pytest.mark.parametrize(
    ("state", "status"),
    [
        *[(state, "pending") for state in ("scheduled", "confirmed", "checked_in", "active")],
        ("completed", "attended"),
        ("no_show", "not-attended"),
        ("cancelled", "canceled"),
    ],
)
async def test_what_became_of_an_appointment_is_told_in_the_vendors_words(serve, store, state, status):
    practice = await Practice.open(await serve(gateway_routes), store)
    headers = {"X-API-Token": practice.key("api-token")["Authorization"]}
    await practice.booked("2026-03-11T11:30:00.000Z", path=f"user/{MARK}", service=SERVICE)
    store.write(lambda tx: tx.execute(appointment.update().values(state=state)))

    _, body = await export(practice.client, headers, APPOINTMENTS, **MARCH)

    assert [row["status"] for row in body["data"]] == [status]
