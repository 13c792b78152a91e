"""An agent's commands over HTTP: the state they answer with, and how they are refused."""

import asyncio

import pytest

from tests.http.seed import seed


@pytest.fixture
async def seated(ana):
    """Ana at her counter, idle."""
    await ana.put("presence", {"state": "idle", "poc": "c1"})
    return ana


async def test_a_booth_visitor_rings_is_answered_and_served(ana):
    await ana.put("presence", {"state": "idle"})
    ticket = await ana.visitor("tramites")
    await ana.work()
    offer = (await ana.get("state"))["offer"]

    answered = await ana.post(f"offers/{offer['id']}/answer")
    finished = await ana.post("ticket/finish")

    assert (answered["session"]["state"], answered["offer"]) == ("busy", None)
    assert (answered["ticket"]["id"], answered["ticket"]["state"]) == (ticket.id, "serving")
    assert answered["ticket"]["poc"] == offer["poc"]
    assert (finished["session"]["state"], finished["ticket"]) == ("idle", None)


async def test_a_counter_visitor_is_called_recalled_served_and_finished(seated):
    ticket = await seated.visitor("caja")

    called = await seated.post("next", {"queue": "caja"})
    recalled = await seated.post("ticket/recall")
    serving = await seated.post("ticket/serve")
    finished = await seated.post("ticket/finish")

    assert (called["session"]["state"], called["ticket"]["state"]) == ("busy", "called")
    assert (called["ticket"]["number"], called["ticket"]["poc"]["key"]) == (ticket.number, "c1")
    assert (recalled["ticket"]["recall"], recalled["ticket"]["call"]) == (1, called["ticket"]["call"] + 1)
    assert (serving["ticket"]["state"], serving["ticket"]["serving_since"] is not None) == ("serving", True)
    assert (finished["session"]["state"], finished["ticket"]) == ("idle", None)


async def test_next_finishes_and_calls_atomically_and_says_204_when_nobody_waits(seated):
    await seated.visitor("caja")
    second = await seated.visitor("caja")
    await seated.post("next")

    state = await seated.post("next")
    empty = await seated.ask("POST", "next")
    left = await seated.get("state")

    assert state["ticket"]["id"] == second.id
    assert (empty.status, await empty.read()) == (204, b"")
    assert (left["session"]["state"], left["ticket"]) == ("idle", None)


async def test_who_sits_at_no_counter_is_told_so(ana):
    await ana.put("presence", {"state": "idle"})
    await ana.visitor("caja")

    assert await ana.refused("next", {"queue": "caja"}) == (409, "none chosen")


@pytest.mark.parametrize("command", ["recall", "serve", "no-show", "finish", "park", "transfer"])
async def test_without_anybody_at_the_desk_nothing_can_be_done(seated, command):
    assert await seated.refused(f"ticket/{command}", {"queue": "caja"}) == (409, "idle")


LATE = ["finish", "serve", "no-show", "recall", "park", "transfer"]


@pytest.mark.parametrize("path", [*(f"ticket/{name}" for name in LATE), "next"])
async def test_a_command_that_comes_late_names_somebody_else_and_changes_nothing(seated, path):
    first, second = await seated.visitor("caja"), await seated.visitor("caja")
    await seated.visitor("caja")
    await seated.post("next")
    await seated.post("next", {"ticket": first.id})
    before = await seated.get("state")

    refused = await seated.refused(path, {"ticket": first.id, **({"place": "last"} if "transfer" in path else {})})

    after = await seated.get("state")
    assert refused == (409, "done")
    assert before["ticket"]["id"] == second.id
    assert [after[part] for part in ("ticket", "session", "queues")] == [
        before[part] for part in ("ticket", "session", "queues")
    ]


@pytest.mark.parametrize("path", ["next", "ticket/finish", "ticket/undo", "wrap-up/finish"])
async def test_whoever_is_offline_cannot_work(ana, path):
    assert await ana.refused(path) == (409, "offline")


async def test_what_is_over_is_gone(seated):
    ticket = await seated.visitor("tramites")
    await seated.work()
    offer = (await seated.get("state"))["offer"]["id"]
    await seated.post(f"offers/{offer}/decline")

    assert await seated.refused(f"offers/{offer}/answer") == (410, "declined")
    assert await seated.refused("ticket/undo") == (410, "too late")
    assert ticket.state == "waiting"


async def test_an_offer_answered_too_late_is_gone_even_before_anybody_noticed(seated, clock):
    await seated.visitor("tramites")
    await seated.work()
    offer = (await seated.get("state"))["offer"]["id"]

    clock.move(seconds=20)

    assert await seated.refused(f"offers/{offer}/answer") == (410, "missed")


async def test_an_offer_answered_twice_is_a_conflict(seated):
    await seated.visitor("tramites")
    await seated.work()
    offer = (await seated.get("state"))["offer"]["id"]
    await seated.post(f"offers/{offer}/answer")

    assert await seated.refused(f"offers/{offer}/answer") == (409, "accepted")


async def test_a_colleague_s_offer_is_not_there(seated, sign_in):
    await seated.visitor("tramites")
    await seated.work()
    offer = (await seated.get("state"))["offer"]["id"]
    john = await sign_in("jdoe")
    await john.put("presence", {"state": "idle"})

    assert (await john.ask("POST", f"offers/{offer}/answer")).status == 404
    assert (await john.ask("POST", "offers/nonsense/answer")).status == 404


async def test_presence_keeps_the_poc_unless_another_or_none_is_named(seated):
    kept = await seated.put("presence", {"state": "away", "reason": "lunch"})
    left = await seated.put("presence", {"state": "away", "reason": "lunch", "poc": None})
    by_path = await seated.put("presence", {"state": "idle", "poc": "main/c1"})
    by_id = await seated.put("presence", {"state": "idle", "poc": seated.seeded.pocs["c1"]})

    assert (kept["session"]["state"], kept["session"]["reason"], kept["session"]["poc"]["key"]) == (
        "away",
        "lunch",
        "c1",
    )
    assert left["session"]["poc"] is None
    assert by_path["session"]["poc"]["key"] == by_id["session"]["poc"]["key"] == "c1"


async def test_two_agents_cannot_sit_at_one_poc(seated, sign_in):
    john = await sign_in("jdoe")

    refused = await john.ask("PUT", "presence", {"state": "idle", "poc": "c1"})

    assert (refused.status, (await refused.json())["winner"]) == (409, "taken by another agent")
    assert (await john.get("state"))["session"]["state"] == "offline"


async def test_two_agents_cannot_sit_down_at_one_poc_at_the_same_time(ana, sign_in):
    john = await sign_in("jdoe")
    sitting = {"state": "idle", "poc": "c1"}

    both = await asyncio.gather(*(desk.ask("PUT", "presence", sitting) for desk in (ana, john)))

    assert sorted(response.status for response in both) == [200, 409]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"state": "asleep"}, 422),
        ({}, 422),
        ({"state": "idle", "poc": "nowhere"}, 404),
        ({"state": "idle", "poc": 7}, 422),
        ({"state": "away", "reason": "x" * 201}, 422),
        ({"state": "away", "reason": "\0"}, 422),
    ],
    ids=str,
)
async def test_a_presence_that_makes_no_sense_is_refused(ana, body, status):
    assert (await ana.ask("PUT", "presence", body)).status == status


async def test_away_while_serving_comes_after_the_visitor(seated):
    await seated.visitor("caja")
    await seated.post("next")

    asked = await seated.put("presence", {"state": "away", "reason": "lunch"})
    finished = await seated.post("ticket/finish")

    assert (asked["session"]["state"], asked["session"]["pending_away"]) == ("busy", "lunch")
    assert (finished["session"]["state"], finished["session"]["reason"]) == ("away", "lunch")


async def test_offline_with_somebody_at_the_desk_is_refused(seated):
    await seated.visitor("caja")
    await seated.post("next")

    refused = await seated.ask("PUT", "presence", {"state": "offline"})

    assert (refused.status, (await refused.json())["winner"]) == (409, "busy")


async def test_a_no_show_is_undone_within_five_seconds(seated, clock):
    ticket = await seated.visitor("caja")
    await seated.post("next")
    gone = await seated.post("ticket/no-show")
    clock.move(seconds=5)
    back = await seated.post("ticket/undo")

    assert (gone["session"]["state"], gone["undo"]["what"]) == ("idle", "no_show")
    assert (back["ticket"]["id"], back["ticket"]["state"]) == (ticket.id, "called")


async def test_a_parked_ticket_is_resumed_by_its_id(seated):
    first, second = await seated.visitor("caja"), await seated.visitor("caja")
    for _ in (first, second):
        await seated.post("next")
        await seated.post("ticket/park")

    resumed = await seated.post("ticket/resume", {"ticket": first.id})

    assert resumed["ticket"]["id"] == first.id
    assert [ticket["id"] for ticket in resumed["parked"]] == [second.id]


async def test_nothing_parked_cannot_be_resumed(seated):
    assert (await seated.ask("POST", "ticket/resume", {"ticket": "0" * 24})).status == 404


async def test_a_transfer_wants_a_destination_that_there_is(seated):
    await seated.visitor("caja")
    await seated.post("next")

    statuses = [
        (await seated.ask("POST", "ticket/transfer", body)).status
        for body in ({}, {"queue": "nope"}, {"branch": "north"}, {"queue": "far"}, {"place": "middle"})
    ]
    moved = await seated.post("ticket/transfer", {"queue": "tramites", "place": "last"})

    assert statuses == [422, 404, 404, 404, 422]
    assert (moved["session"]["state"], moved["ticket"]) == ("idle", None)


async def test_a_repeated_command_with_the_same_key_gets_the_same_answer(seated):
    await seated.visitor("caja")
    await seated.visitor("caja")
    first = await seated.ask("POST", "next", {}, **{"Idempotency-Key": "one"})
    again = await seated.ask("POST", "next", {}, **{"Idempotency-Key": "one"})
    other = await seated.ask("POST", "next", {"queue": "caja"}, **{"Idempotency-Key": "one"})

    assert await first.read() == await again.read()
    assert other.status == 422


async def test_a_repeated_next_that_found_nobody_is_again_204(seated):
    first = await seated.ask("POST", "next", **{"Idempotency-Key": "none"})
    await seated.visitor("caja")
    again = await seated.ask("POST", "next", **{"Idempotency-Key": "none"})

    assert (first.status, again.status, await again.read()) == (204, 204, b"")


@pytest.mark.parametrize("path", ["nothing", "ticket/nothing", "tickets/nonsense", "offers"])
async def test_what_is_not_there_is_a_problem_too(ana, path):
    response = await ana.ask("GET", path)

    assert (response.status, response.content_type) == (404, "application/problem+json")


async def test_a_desk_of_another_account_sees_nothing_of_this_one(seated, store, client):
    from tests.http.desk.conftest import QUICK, Desk

    other = store.write(seed, slug="other", password_hash=QUICK.hash("secret"))
    body = {"account": "other", "email": "sue@other.example", "password": "secret"}
    said = await (await client.post("/desk/api/session", json=body)).json()
    client.session.cookie_jar.clear()
    sue = Desk(client, other, "sue", said["token"], said["state"])
    ticket = await seated.visitor("caja")

    asked = [await sue.ask("GET", f"tickets/{ticket.id}"), await sue.ask("GET", f"tickets/{ticket.id}/why")]
    tried = [
        await sue.ask("POST", f"tickets/{ticket.id}/reactivate"),
        await sue.ask("PUT", "presence", {"state": "idle", "poc": seated.seeded.pocs["c1"]}),
    ]

    assert [response.status for response in asked + tried] == [404] * 4
    assert sum(queue["waiting"] for queue in said["state"]["queues"]) == 0
