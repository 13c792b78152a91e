"""The supervisor's board over HTTP: read, watched, and acted upon; by whom, and by whom not."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import WSMsgType

from tests.http.desk.conftest import QUICK
from tests.http.seed import seed


@pytest.fixture
def database_url(sqlite_url):
    """One kind of database: what differs is tested with the services."""
    return sqlite_url


@pytest.fixture
async def sue(sign_in):
    """The owner, who may do all that a supervisor may."""
    return await sign_in("sue")


async def ask(desk, method, path, body=None, **headers):
    """Send a request under `/supervisor/`; its status and its JSON."""
    response = await desk.client.request(method, f"/supervisor/{path}", json=body, headers={**desk.headers, **headers})
    return response.status, await response.json()


def agent_on(board, key):
    return next(one for one in board["agents"] if one["key"] == key)


def queue_on(board, key):
    return next(one for one in board["queues"] if one["key"] == key)


async def test_the_board_shows_a_branch_and_a_command_answers_with_it(sue, ana):
    await ana.put("presence", {"state": "idle"})
    first, second = await ana.visitor("tramites"), await ana.visitor("tramites")

    status, board = await ask(sue, "GET", "api/board?branch=main")
    assert (status, queue_on(board, "tramites")["waiting"]) == (200, 2)
    assert [one["label"] for one in board["pocs"]] == ["Box 1", "Box 2", "Counter 1"]
    assert (board["screens"][0]["key"], board["kiosks"][0]["key"]) == ("lobby", "door")

    path = f"api/tickets/{second.id}/offer?branch=main"
    status, board = await ask(sue, "POST", path, {"agent": "ana"}, **{"Idempotency-Key": "once"})
    assert (status, agent_on(board, "ana")["state"]) == (200, "ringing")
    assert [one["number"] for one in agent_on(board, "ana")["tickets"]] == [second.number]
    again = await ask(sue, "POST", path, {"agent": "ana"}, **{"Idempotency-Key": "once"})
    assert again == (status, board)
    status, refusal = await ask(sue, "POST", path, {"agent": "ana"})
    assert (status, refusal["winner"]) == (409, "offered")

    status, board = await ask(sue, "POST", f"api/tickets/{second.id}/take-back", {"reason": "not hers"})
    assert (status, agent_on(board, "ana")["state"]) == (200, "idle")
    place = {"place": "first", "reason": "with a small child"}
    status, _ = await ask(sue, "POST", f"api/tickets/{second.id}/place", place)
    _, line = await ask(sue, "GET", "api/line?queue=tramites&branch=main")
    assert (status, [one["number"] for one in line["waiting"]]) == (200, [second.number, first.number])
    why = await sue.get(f"tickets/{first.id}/why")
    assert "with a small child" in why["ahead"][0]["words"]


async def test_agents_are_moved_and_sent_away(sue, ana):
    await ana.put("presence", {"state": "idle"})

    status, board = await ask(sue, "POST", "api/agents/ana/move", {"poc": "main/c1", "queues": ["caja"]})
    moved = agent_on(board, "ana")
    assert (status, moved["poc"]["key"], [one["key"] for one in moved["queues"]], moved["moved"]) == (
        200, "c1", ["caja"], True,
    )  # fmt: skip
    status, board = await ask(sue, "PUT", "api/agents/ana/presence", {"state": "away", "reason": "break"})
    assert (status, agent_on(board, "ana")["state"], agent_on(board, "ana")["reason"]) == (200, "away", "break")
    status, board = await ask(sue, "PUT", "api/agents/ana/presence", {"state": "offline"})

    assert (status, agent_on(board, "ana")["state"]) == (200, "offline")
    assert [one["key"] for one in agent_on(board, "ana")["queues"]] == ["tramites", "caja"]
    assert (await ask(sue, "PUT", "api/agents/ana/presence", {"state": "idle"}))[0] == 409


async def test_a_notice_is_put_up_and_taken_down(sue, clock):
    until = (datetime.fromisoformat((await ask(sue, "GET", "api/board"))[1]["now"]) + timedelta(hours=1)).isoformat()

    status, board = await ask(sue, "POST", "api/notices", {"text": "<b>Lift</b>", "until": until, "branch": "main"})
    ((shown,),) = ([one for one in board["notices"]],)
    assert (status, shown["text"], shown["branch"]["key"], shown["by"]) == (200, "<b>Lift</b>", "main", "Sue Lee")
    status, board = await ask(sue, "POST", f"api/notices/{shown['id']}/withdraw")

    assert (status, board["notices"]) == (200, [])
    assert (await ask(sue, "POST", f"api/notices/{shown['id']}/withdraw"))[0] == 410
    past = datetime(2020, 1, 1, tzinfo=UTC).isoformat()
    assert (await ask(sue, "POST", "api/notices", {"text": "x", "until": past}))[0] == 422


async def test_an_attendant_may_not_and_nobody_is_asked_to_sign_in(ana, client):
    ticket = await ana.visitor("tramites")

    for method, path, body in (
        ("GET", "api/board", None),
        ("GET", "api/line?queue=tramites&branch=main", None),
        ("POST", "api/agents/ana/move", {"poc": None}),
        ("PUT", "api/agents/ana/presence", {"state": "away"}),
        ("POST", f"api/tickets/{ticket.id}/offer", {"agent": "ana"}),
        ("POST", f"api/tickets/{ticket.id}/take-back", {}),
        ("POST", f"api/tickets/{ticket.id}/place", {"place": "first", "reason": "me"}),
        ("POST", "api/notices", {"text": "x", "until": "2030-01-01T00:00:00Z"}),
        ("GET", "socket", None),
    ):
        assert (await ask(ana, method, path, body))[0] == 403, path
        assert (await client.request(method, f"/supervisor/{path}", json=body)).status == 401, path


async def test_what_is_another_accounts_is_not_there(sue, ana, store, sign_in):
    other = store.write(seed, slug="rival", password_hash=QUICK.hash("secret"))
    ticket = await ana.visitor("tramites")
    body = {"account": "rival", "email": "sue@rival.example", "password": "secret"}
    said = await (await sue.client.post("/desk/api/session", json=body)).json()
    sue.client.session.cookie_jar.clear()
    sue.token = said["token"]

    for method, path, given in (
        ("GET", f"api/board?branch={ana.seeded.branches['main']}", None),
        ("GET", f"api/line?queue={ana.seeded.queues['tramites']}", None),
        ("POST", f"api/agents/{ana.seeded.agents['ana']}/move", {"poc": None}),
        ("PUT", f"api/agents/{ana.seeded.agents['ana']}/presence", {"state": "away"}),
        ("POST", f"api/tickets/{ticket.id}/offer", {"agent": other.agents["ana"]}),
        ("POST", f"api/tickets/{ticket.id}/take-back", {}),
        ("POST", f"api/tickets/{ticket.id}/place", {"place": "first", "reason": "me"}),
        ("POST", f"api/notices/{'0' * 24}/withdraw", None),
    ):
        assert (await ask(sue, method, path, given))[0] == 404, path


@pytest.mark.parametrize("query", ["branch=", "branch=%00", f"branch={'x' * 201}"])
async def test_a_branch_that_cannot_be_is_refused(sue, query):
    assert (await ask(sue, "GET", f"api/board?{query}"))[0] == 422


async def test_the_socket_tells_the_board_when_something_happens_and_ends_with_the_login(sue, ana):
    async with sue.client.ws_connect("/supervisor/socket?branch=main", headers=sue.headers) as socket:
        async with asyncio.timeout(30):
            board = await socket.receive_json()
            assert queue_on(board, "tramites")["waiting"] == 0
            await ana.visitor("tramites")
            while queue_on(board, "tramites")["waiting"] == 0:
                board = await socket.receive_json()
            assert {one["kind"] for one in board["alerts"]} >= {"undeliverable"}

            await sue.client.delete("/desk/api/session", headers=sue.headers)
            while (message := await socket.receive()).type is WSMsgType.TEXT:
                pass

    assert (message.type, message.data) == (WSMsgType.CLOSE, 4404)
