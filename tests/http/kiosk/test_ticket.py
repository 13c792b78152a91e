"""A visitor's own ticket on the telephone."""

import asyncio

import pytest
from websockets.asyncio.client import connect

from qms.services import serving
from qms.web.keys import STOPPING
from tests.http.visits import PATIENCE_SECONDS, Branch, give_rooms, listening


def link_of(ticket) -> str:
    return f"/t/{ticket.link}"


async def state(branch: Branch, path: str) -> dict:
    return await (await branch.client.get(f"{path}/state")).json()


async def test_a_waiting_ticket_tells_who_is_ahead_and_how_long(branch, seeded):
    await branch.work()
    await branch.arrive()
    ticket = await branch.arrive(language="es")

    told = await state(branch, link_of(ticket))

    assert {**told, "seq": 0} == {
        "seq": 0,
        "now": "2026-03-02T15:00:00Z",
        "id": ticket.id,
        "number": "C002",
        "state": "waiting",
        "queue": {"id": seeded.queues["caja"], "key": "caja", "name": "Caja"},
        "branch": {
            "id": seeded.branches["main"],
            "key": "main",
            "name": "branch-main-1345",
            "label": "Virtual Main branch",
            "timezone": "America/Santiago",
        },
        "ahead": 1,
        "wait_minutes": {"p50": 10, "p90": 20},
        "poc": None,
        "called_at": None,
        "recall": 0,
        "language": "es",
        "room_url": None,
        "can_leave": True,
        "can_later": True,
    }


async def test_ones_turn_is_told_at_once_with_the_place_to_go_to(branch, seeded):
    await branch.work()
    ticket = await branch.arrive()
    async with listening(branch, f"{link_of(ticket)}/socket") as phone:
        assert (await phone.next())["ahead"] == 0

        await branch.call_next()
        told = await phone.until(lambda message: message["state"] == "called")

    assert told["poc"] == {"id": seeded.pocs["c1"], "key": "c1", "label": "Counter 1"}
    assert (told["called_at"], told["ahead"], told["can_later"]) == ("2026-03-02T15:00:00Z", None, False)


async def test_a_phone_follows_how_others_are_called(branch):
    await branch.work()
    await branch.arrive()
    ticket = await branch.arrive()
    async with listening(branch, f"{link_of(ticket)}/socket") as phone:
        assert (await phone.next())["ahead"] == 1

        await branch.call_next()

        assert (await phone.until(lambda message: message["ahead"] == 0))["state"] == "waiting"


async def test_many_phones_each_see_their_own_ticket(branch):
    tickets = [await branch.arrive() for _ in range(30)]
    sockets = [await connect(branch.address(f"{link_of(t)}/socket"), compression=None) for t in tickets]

    told = [await socket.recv() for socket in sockets]

    assert all(f'"number":"{ticket.number}"' in text for ticket, text in zip(tickets, told, strict=True))
    branch.client.app[STOPPING].begin()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await asyncio.gather(*(socket.wait_closed() for socket in sockets))
    assert {socket.close_code for socket in sockets} == {1012}


async def test_leaving_gives_the_place_up_once(branch):
    ticket = await branch.arrive()

    first = await branch.client.post(f"{link_of(ticket)}/leave")
    second = await branch.client.post(f"{link_of(ticket)}/leave")

    left = await first.json()
    assert (first.status, left["state"], left["can_leave"], left["ahead"]) == (200, "cancelled", False, None)
    assert second.status == 410
    assert second.content_type == "application/problem+json"


async def test_leaving_with_an_idempotency_key_answers_alike_twice(branch):
    ticket, key = await branch.arrive(), {"Idempotency-Key": "k"}

    answers = [await branch.client.post(f"{link_of(ticket)}/leave", headers=key) for _ in range(2)]

    assert [answer.status for answer in answers] == [200, 200]
    assert await answers[0].text() == await answers[1].text()


async def test_who_is_late_lets_others_pass_three_times_at_most(branch, clock):
    ticket = await branch.arrive()
    for _ in range(10):
        clock.move(seconds=30)
        await branch.arrive()

    answers = [await branch.client.post(f"{link_of(ticket)}/later") for _ in range(4)]

    assert [answer.status for answer in answers] == [200, 200, 200, 409]
    told = [await answer.json() for answer in answers[:3]]
    assert [(one["ahead"], one["can_later"]) for one in told] == [(3, True), (6, True), (9, False)]


async def test_whoever_is_being_served_cannot_leave_by_himself(branch):
    await branch.work()
    ticket = await branch.arrive()
    await branch.call_next()
    await branch.do(serving.serve)

    response = await branch.client.post(f"{link_of(ticket)}/leave")

    assert response.status == 409
    assert (await state(branch, link_of(ticket)))["can_leave"] is False


async def test_a_visitor_elsewhere_gets_the_address_of_the_room(branch, store):
    store.write(give_rooms)
    await branch.work("jdoe", poc=None)
    ticket = await branch.arrive("tramites", branch=None, place="remote", customer={"firstname": "Ana Ü"})
    before = await state(branch, link_of(ticket))
    await branch.call_next("jdoe")

    told = await state(branch, link_of(ticket))

    assert (before["room_url"], before["branch"]) == (None, None)
    assert told["state"] == "serving"
    assert told["poc"] is None
    assert told["room_url"].startswith("https://video.example/")
    assert told["room_url"].endswith("?name=Ana%20%C3%9C&role=visitor")


@pytest.mark.parametrize("link", ["nobody-has-this-link", "short", "x" * 65])
async def test_an_unknown_link_opens_nothing(branch, link):
    for method, path in (("GET", "state"), ("GET", "socket"), ("POST", "leave"), ("POST", "later")):
        response = await branch.client.request(method, f"/t/{link}/{path}")

        assert response.status == 404
