"""The page of a waiting room: when and where, and a place in line when it is time."""

import re
from urllib.parse import urlsplit

import pytest

from kiosk import face as kiosk
from qms.web.pages import setup_pages
from qms_gateway.face import routes
from tests.db.networks import settle
from tests.http.auvious.conftest import APPLICATION as FIRST
from tests.http.auvious.conftest import APPOINTMENTS, OTHER, Clinic, file_of

SOON = "2026-03-02T16:00:00.0Z"


@pytest.fixture
async def clinic(serve, store, clock, monkeypatch):
    """The clinic with all that visitors touch, an hour before the appointment."""
    monkeypatch.setattr("qms.web.networks.FRESH_SECONDS", -1)
    monkeypatch.setattr("qms_gateway.dialects.auvious.spellings.FRESH_SECONDS", -1)
    return Clinic(
        await serve(_with_pages, routes, kiosk.routes), store, clock, settle(store, file_of("clinic", FIRST, OTHER))
    )


def _with_pages(app):
    setup_pages(app, "kiosk")


@pytest.fixture
async def room(clinic):
    """An appointment in an hour, and the path of its room."""
    made = await clinic.make(start=SOON, applicationId=OTHER, title="<b>Review</b>", locale="en_US")
    _, way = await clinic.ask("POST", f"{APPOINTMENTS}/activate/{made['id']}")
    return made, urlsplit(way["url"]).path


async def test_it_says_when_and_that_it_is_too_early(clinic, room):
    answer = await clinic.client.get(room[1])
    page = await answer.text()

    assert answer.status == 200
    assert "&lt;b&gt;Review&lt;/b&gt;" in page
    assert "You can check in from" in page
    assert 'data-action="check-in"' not in page
    assert (await clinic.client.post(room[1], allow_redirects=False)).status == 200


async def test_when_it_is_time_one_gets_a_remote_place_in_line_and_the_same_again(clinic, room):
    clinic.clock.move(minutes=56)
    page = await (await clinic.client.get(room[1])).text()

    entered = [await clinic.client.post(room[1], allow_redirects=False) for _ in range(2)]

    assert 'data-action="check-in"' in page
    assert [answer.status for answer in entered] == [303, 303]
    assert re.fullmatch(r"/t/[\w-]{16,}", entered[0].headers["Location"])
    assert entered[0].headers["Location"] == entered[1].headers["Location"]
    ticket = await (await clinic.client.get(entered[0].headers["Location"] + "/state")).json()
    assert (ticket["state"], ticket["branch"], ticket["poc"]) == ("waiting", None, None)
    assert entered[0].headers["Location"] in await (await clinic.client.get(room[1])).text()
    assert (await (await clinic.client.get(room[1] + "/state")).json())["phase"] == "ticket"


@pytest.mark.parametrize(
    ("query", "said"), [("es", "Sala de espera"), ("pt-BR", "Sala de espera"), ("ar", "غرفة الانتظار")]
)
async def test_it_is_said_in_every_language(clinic, room, query, said):
    assert said in await (await clinic.client.get(f"{room[1]}?lang={query}")).text()


async def test_what_was_cancelled_is_gone_and_an_unknown_code_is_nothing(clinic, room):
    await clinic.ask("DELETE", f"{APPOINTMENTS}/{room[0]['id']}")

    assert (await clinic.client.get(room[1])).status == 410
    assert (await clinic.client.post(room[1])).status == 410
    assert (await (await clinic.client.get(room[1] + "/state")).json())["phase"] == "late"
    assert (await clinic.client.get("/q/aaa-bbb-ccc-ddd-eee-fff")).status == 404
    assert (await clinic.client.get("/q/aaa-bbb-ccc-ddd-eee-fff/state")).status == 404


async def test_the_socket_tells_when_it_is_time(clinic, room):
    async with clinic.client.ws_connect(room[1] + "/socket") as socket:
        before = await socket.receive_json(timeout=20)
        clinic.clock.move(minutes=56)
        while (after := await socket.receive_json(timeout=20))["phase"] == before["phase"]:
            pass

    assert (before["phase"], after["phase"]) == ("early", "now")
