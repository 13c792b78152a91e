"""Single tickets at the desk: who may see them, why they wait, walk-ins, and no-shows who came after all."""

import pytest


@pytest.fixture
def database_url(sqlite_url):
    """One kind of database: what is looked at here does not depend on it."""
    return sqlite_url


@pytest.fixture
async def john(sign_in):
    """John's desk: he serves `tramites` and `asked`, not `caja`."""
    return await sign_in("jdoe")


@pytest.fixture
async def sue(sign_in):
    """Sue's desk: the owner, who serves nothing and sees all."""
    return await sign_in("sue")


async def test_attendants_see_the_tickets_of_their_queues_and_supervisors_all(ana, john, sue):
    ticket = await ana.visitor("caja")

    statuses = {desk.key: (await desk.ask("GET", f"tickets/{ticket.id}/why")).status for desk in (ana, john, sue)}
    shown = await sue.get(f"tickets/{ticket.id}")

    assert statuses == {"ana": 200, "jdoe": 404, "sue": 200}
    assert (shown["id"], shown["number"], shown["state"]) == (ticket.id, ticket.number, "waiting")


async def test_a_supervisor_without_queues_of_his_own_sees_every_line(ana, sue):
    await ana.visitor("caja")

    state = await sue.get("state")

    assert {queue["key"] for queue in state["queues"]} == {"tramites", "caja", "asked", "far"}
    assert sum(queue["waiting"] for queue in state["queues"]) == 1


async def test_why_says_who_is_in_front_and_by_which_rule(ana, clock):
    first = await ana.visitor("caja")
    clock.move(seconds=40)
    mine = await ana.visitor("caja")
    clock.move(seconds=20)
    vip = await ana.visitor("caja", ticket_class="vip")

    why = await ana.get(f"tickets/{mine.id}/why")

    assert why["position"] == 3
    assert [(one["number"], one["rule"]) for one in why["ahead"]] == [(vip.number, "credit"), (first.number, "earlier")]
    assert why["words"][0] == f"{mine.number} is number 3 in line: 2 in front."
    assert why["words"][1] == "Nobody who serves Caja is signed in."
    assert why["ahead"][0]["words"].startswith(f"{vip.number} came later, at 12:01")
    assert why["ahead"][1]["words"] == f"{first.number} came earlier, at 12:00."


async def test_why_tells_every_offer_with_its_reasons_and_what_came_of_it(ana, clock):
    await ana.put("presence", {"state": "idle"})
    ticket = await ana.visitor("tramites")
    clock.move(seconds=1)
    await ana.work()
    offer = (await ana.get("state"))["offer"]["id"]
    clock.move(seconds=1)
    await ana.post(f"offers/{offer}/decline")

    why = await ana.get(f"tickets/{ticket.id}/why")

    (told,) = why["offers"]
    assert (told["id"], told["agent"], told["state"]) == (offer, "Ana Pérez", "declined")
    assert told["reasons"]["won_by"] == "only_candidate"
    assert told["words"] == [
        "Rang at Ana Pérez's desk at 12:00, and was declined.",
        "Ana Pérez was the only one available who may take it.",
    ]
    assert "Ana Pérez had it a moment ago, and is not asked again before 12:00." in why["words"]
    assert [entry["name"] for entry in why["journal"]] == ["ticket.created", "ticket.offered", "ticket.requeued"]
    assert why["journal"][-1]["words"] == "12:00: declined; the place was kept."


async def test_the_journal_names_the_rule_that_changed_a_place(ana):
    await ana.put("presence", {"state": "idle", "poc": "c1"})
    ticket = await ana.visitor("caja")
    await ana.post("next")
    await ana.post("ticket/transfer", {"queue": "tramites", "place": "last"})

    why = await ana.get(f"tickets/{ticket.id}/why")

    assert [entry["rule"] for entry in why["journal"] if entry["rule"]] == ["transfer last"]


async def test_a_walk_in_gets_the_next_number_where_the_agent_sits(ana):
    await ana.put("presence", {"state": "idle", "poc": "c1"})
    response = await ana.ask("POST", "tickets", {"queue": "caja", "language": "en", "customer": {"firstname": "Rosa"}})
    ticket = await response.json()

    assert response.status == 201
    assert response.headers["Location"] == f"/desk/api/tickets/{ticket['id']}"
    assert (ticket["number"], ticket["state"], ticket["branch"]["key"]) == ("C001", "waiting", "main")
    assert (ticket["language"], ticket["customer"]["name"]) == ("en", "Rosa")


async def test_a_walk_in_taken_twice_with_one_key_has_one_number(ana):
    numbers = [
        (await (await ana.ask("POST", "tickets", {"queue": "caja"}, **{"Idempotency-Key": "k"})).json())["number"]
        for _ in range(2)
    ]

    assert numbers == ["C001", "C001"]
    assert (await ana.get("state"))["queues"][-1]["waiting"] == 1


@pytest.mark.parametrize(
    ("key", "body", "status"),
    [
        ("ana", {"queue": "tramites"}, 422),
        ("ana", {"queue": "tramites", "branch": "north"}, 201),
        ("ana", {"queue": "caja", "branch": "north"}, 404),
        ("ana", {"queue": "asked"}, 404),
        ("sue", {"queue": "asked"}, 201),
        ("ana", {"queue": "nope"}, 404),
        ("ana", {}, 422),
        ("ana", {"queue": "caja", "language": "x" * 21}, 422),
    ],
    ids=str,
)
async def test_a_walk_in_goes_where_the_staff_may_put_him(sign_in, key, body, status):
    desk = await sign_in(key)

    assert (await desk.ask("POST", "tickets", body)).status == status


async def test_a_closed_branch_takes_no_walk_ins(serve, store, client, ana):
    def close(tx):
        hours = '{"mon":["18:00-19:00"]}'
        tx.raw("UPDATE branch SET hours = :hours WHERE key = 'main'", {"hours": hours})
        tx.raw("UPDATE account SET version = version + 1", {})

    store.write(close)

    assert await ana.refused("tickets", {"queue": "caja"}) == (409, "closed")


async def test_a_no_show_who_came_after_all_is_put_back_by_who_serves_the_queue(ana, john, sue):
    await ana.put("presence", {"state": "idle", "poc": "c1"})
    ticket = await ana.visitor("caja")
    await ana.post("next")
    await ana.post("ticket/no-show")

    refused = (await john.ask("POST", f"tickets/{ticket.id}/reactivate")).status
    state = await sue.post(f"tickets/{ticket.id}/reactivate")
    again = await ana.refused(f"tickets/{ticket.id}/reactivate")

    assert refused == 404
    assert sum(queue["waiting"] for queue in state["queues"]) == 1
    assert again == (409, "waiting")
