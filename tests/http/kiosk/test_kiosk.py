"""What a kiosk offers, and taking a number there."""

import asyncio
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web

from qms.store.schema.network import branch as branches
from qms.store.schema.network import kiosk as kiosks
from qms.store.schema.network import queue as queues
from qms.store.schema.work import ticket as tickets
from qms.web.voice import VOICE
from tests.http.visits import Branch, change, faces

ALOUD = {"language": "es", "text": "Caja"}
CLOSED_TODAY = [{"tue": ["09:00-18:00"]}]


class Spanish:
    """Says what is written, in Spanish only."""

    def speaks(self, tag: str) -> bool:
        return tag == "es"

    async def say(self, tag: str, text: str) -> bytes | None:
        return text.encode() if self.speaks(tag) else None


async def take(branch: Branch, kiosk: str, headers: Any = None, **body):
    response = await branch.client.post(f"{kiosk}/tickets", json=body, headers=headers)
    return response.status, await response.json()


async def test_the_menu_offers_languages_and_queues_with_their_waits(branch, kiosk, seeded):
    await branch.work()
    await branch.arrive()

    response = await branch.client.get(f"{kiosk}/menu")
    menu = await response.json()

    assert (response.status, response.headers["Cache-Control"]) == (200, "no-store")
    assert list(menu) == ["seq", "now", "branch", "languages", "queues", "device"]
    assert menu["languages"] == ["es", "en"]
    assert [queue["key"] for queue in menu["queues"]] == ["tramites", "caja", "asked"]
    assert menu["queues"][1] == {
        "id": seeded.queues["caja"],
        "key": "caja",
        "name": "Caja",
        "open": True,
        "closed_for": None,
        "callback": False,
        "room": None,
        "opens_at": None,
        "waiting": 1,
        "wait_minutes": {"p50": 10, "p90": 20},
        "classes": ["vip"],
    }


def with_a_voice(app: web.Application) -> None:
    app[VOICE] = Spanish()
    faces(app)


async def test_what_is_on_the_glass_is_read_aloud_by_whoever_speaks_there(branch, kiosk, serve):
    aloud, speaking = f"{kiosk}/aloud", await serve(with_a_voice)
    others = [(aloud, ALOUD | {"language": "fi"}), ("/kiosk/nobody/aloud", ALOUD), (aloud, ALOUD | {"text": "x" * 301})]

    sound = await speaking.get(aloud, params=ALOUD)
    refused = [(await speaking.get(path, params=asked)).status for path, asked in others]
    silent = (await branch.client.get(aloud, params=ALOUD)).status

    assert (sound.status, sound.content_type, await sound.read()) == (200, "audio/wav", b"Caja")
    assert "private" in sound.headers["Cache-Control"]
    assert (silent, refused) == (204, [204, 404, 422])


async def test_a_closed_branch_says_when_it_opens_and_takes_nobody(branch, kiosk, store):
    store.write(change, table=branches, hours=CLOSED_TODAY)

    menu = await (await branch.client.get(f"{kiosk}/menu")).json()
    status, answer = await take(branch, kiosk, queue="caja", language="es")

    said = {(queue["open"], queue["closed_for"], queue["opens_at"]) for queue in menu["queues"]}
    assert said == {(False, "closed", "2026-03-03T12:00:00Z")}
    assert (status, answer["winner"]) == (409, "closed")


async def test_a_full_queue_is_shown_as_closed_with_the_reason_and_takes_nobody(branch, kiosk, store):
    store.write(change, table=queues, settings={"max_waiting": 2})

    taken = await take(branch, kiosk, queue="caja", language="es")
    menu = await (await branch.client.get(f"{kiosk}/menu")).json()
    await take(branch, kiosk, queue="caja", language="es")
    full = await (await branch.client.get(f"{kiosk}/menu")).json()
    status, answer = await take(branch, kiosk, queue="caja", language="es")

    assert taken[0] == 201
    assert [
        (queue["open"], queue["closed_for"], queue["room"]) for queue in (menu["queues"][1], full["queues"][1])
    ] == [
        (True, None, 1),
        (False, "full", 0),
    ]
    assert (status, answer["winner"]) == (409, "full")


async def test_a_tap_gives_a_number_and_its_addresses(branch, kiosk, seeded):
    await branch.arrive()

    status, answer = await take(branch, kiosk, queue="caja", language="en")

    assert status == 201
    assert answer["number"] == "C002"
    assert answer["queue"] == {"id": seeded.queues["caja"], "key": "caja", "name": "Caja"}
    assert (answer["ahead"], answer["wait_minutes"]) == (1, None)
    assert answer["url"].startswith("http://turnero.example/t/")
    assert answer["receipt"] == answer["url"] + "/receipt"
    page = await (await branch.client.get(answer["url"].removeprefix("http://turnero.example") + "/state")).json()
    assert (page["id"], page["language"]) == (answer["id"], "en")


async def test_a_queue_may_be_named_by_its_id(branch, kiosk, seeded):
    status, answer = await take(branch, kiosk, queue=seeded.queues["tramites"], language="es")

    assert (status, answer["number"]) == (201, "T001")


async def test_a_double_tap_gives_one_ticket(branch, kiosk, store):
    key = {"Idempotency-Key": '"one tap"'}

    first = await take(branch, kiosk, key, queue="caja", language="es")
    second = await take(branch, kiosk, key, queue="caja", language="es")

    assert first == second
    assert store.read(count) == 1


def count(tx) -> int:
    return tx.execute(sa.select(sa.func.count()).select_from(tickets)).scalar()


async def test_a_class_gives_credit(branch, kiosk):
    await branch.arrive()

    _, answer = await take(branch, kiosk, queue="caja", language="es", **{"class": "vip"})

    assert answer["ahead"] == 0


async def test_a_kiosk_offers_only_its_classes_and_queues(branch, kiosk, store, seeded):
    settings = {"classes": ["elderly"]}
    store.write(change, table=kiosks, settings=settings, queue_ids=[seeded.queues["caja"]])

    menu = await (await branch.client.get(f"{kiosk}/menu")).json()
    no_class, _ = await take(branch, kiosk, queue="caja", language="es", **{"class": "vip"})
    no_queue, _ = await take(branch, kiosk, queue="tramites", language="es")

    assert [(queue["key"], queue["classes"]) for queue in menu["queues"]] == [("caja", [])]
    assert (no_class, no_queue) == (422, 404)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("{", 400),
        ("[]", 422),
        ("{}", 422),
        ('{"queue": 5}', 422),
        ('{"queue": "nowhere"}', 404),
        ('{"queue": "far"}', 404),
        ('{"queue": "caja", "language": "not a language"}', 422),
        ('{"queue": "caja", "language": "en\\u0000"}', 422),
        ('{"queue": "caja\\u0000"}', 404),
        ('{"queue": "caja", "class": "nobody"}', 422),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_problem(branch, kiosk, body, status):
    response = await branch.client.post(f"{kiosk}/tickets", data=body)

    assert response.status == status
    assert response.content_type == "application/problem+json"


async def test_an_unknown_kiosk_is_not_found(branch):
    for method, path in (("GET", "menu"), ("POST", "tickets"), ("POST", "check-in")):
        response = await branch.client.request(method, f"/kiosk/nobody/{path}", json={"queue": "caja", "code": "X"})

        assert response.status == 404


async def test_a_hundred_taps_at_once_get_a_hundred_numbers(branch, kiosk):
    answers = await asyncio.gather(*(take(branch, kiosk, queue="caja", language="es") for _ in range(100)))

    assert {status for status, _ in answers} == {201}
    assert {answer["number"] for _, answer in answers} == {f"C{n:03d}" for n in range(1, 101)}


async def test_where_nobody_is_one_may_leave_a_number(branch, kiosk, store):
    store.write(change, table=queues, unstaffed="callback")

    menu = await (await branch.client.get(f"{kiosk}/menu")).json()
    refused, why = await take(branch, kiosk, queue="caja", language="es")
    wish = {"queue": "caja", "phone": "+56 2 2345 6789", "language": "es"}
    noted = await branch.client.post(f"{kiosk}/callbacks", json=wish)
    wrong = await branch.client.post(f"{kiosk}/callbacks", json={**wish, "phone": "soon"})

    assert (menu["queues"][1]["closed_for"], menu["queues"][1]["callback"]) == ("unstaffed", True)
    assert (refused, why["winner"]) == (409, "unstaffed")
    assert (noted.status, (await noted.json())["state"]) == (201, "waiting")
    assert (wrong.status, (await wrong.json())["field"]) == (422, "phone")
