"""Whoever has the code of a waiting room works there as a customer, in that appointment only."""

import pytest

from tests.http.auvious.conftest import APPOINTMENTS


@pytest.fixture
async def room(clinic):
    """An appointment that goes on, and the path of its room."""
    made = await clinic.make()
    _, way = await clinic.ask("POST", f"{APPOINTMENTS}/activate/{made['id']}")
    return made, way["url"].removeprefix("http://turnero.example")


async def test_the_token_opens_the_appointment_and_who_takes_part(clinic, room):
    made, path = room
    status, given = await clinic.ask("POST", f"{path}/token", by={})
    customer = {"Authorization": f"Bearer {given['access_token']}"}
    pid = made["participantIds"][0]["id"]

    assert (status, given["token_type"]) == (200, "bearer")
    assert (await clinic.ask("GET", f"{APPOINTMENTS}/{made['id']}", by=customer))[0] == 200
    assert (await clinic.ask("GET", f"{APPOINTMENTS}/{made['id']}/participants/{pid}", by=customer))[0] == 200


async def test_it_holds_until_half_an_hour_after_the_end(clinic, room):
    made, path = room
    clinic.clock.move(days=7, hours=4, minutes=30)
    _, given = await clinic.ask("POST", f"{path}/token", by={})
    customer = {"Authorization": given["access_token"]}
    clinic.clock.move(minutes=5)

    assert given["expires_in"] == 300
    assert (await clinic.ask("GET", f"{APPOINTMENTS}/{made['id']}", by=customer))[0] == 401
    assert (await clinic.ask("POST", f"{path}/token", by={}))[0] == 410


async def test_with_the_appointment_the_room_is_gone(clinic, room):
    made, path = room
    await clinic.ask("DELETE", f"{APPOINTMENTS}/{made['id']}")

    assert (await clinic.ask("POST", f"{path}/token", by={}))[0] == 410


@pytest.mark.parametrize("code", ["abc-def-ghi-jkl-mno-pqr", "abc-def", "x", "ABC-DEF-GHI-JKL-MNO-PQR"])
async def test_no_other_code_opens_any(clinic, code):
    assert (await clinic.ask("POST", f"/q/{code}/token", by={}))[0] == 404
