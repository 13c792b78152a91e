"""What a desk is told of itself: the documented shape, and what else there is."""

from datetime import datetime

import pytest

from qms.store.schema.network import account as accounts

DOCUMENTED = {
    "seq": int,
    "agent": {"id": str, "name": str, "role": str},
    "session": {"state": str, "reason": None, "poc": dict, "until": None},
    "offer": None,
    "ticket": {
        "id": str,
        "number": str,
        "state": str,
        "branch": dict,
        "queue": dict,
        "poc": dict,
        "called_at": str,
        "serving_since": None,
        "customer": dict,
        "appointment": None,
    },
}


@pytest.fixture
def database_url(sqlite_url):
    """One kind of database: what is looked at here does not depend on it."""
    return sqlite_url


def assert_shape(value, shape, path="state"):
    """What is documented is there, in the form documented; more may be."""
    if isinstance(shape, dict):
        assert isinstance(value, dict), path
        for name, inner in shape.items():
            assert name in value, f"{path}.{name}"
            assert_shape(value[name], inner, f"{path}.{name}")
    elif shape is None:
        assert value is None, path
    else:
        assert isinstance(value, shape), path


async def test_the_state_has_the_documented_shape(ana):
    await ana.put("presence", {"state": "idle", "poc": "c1"})
    await ana.visitor("caja", customer={"firstname": "Rosa"})

    state = await ana.post("next")

    assert_shape(state, DOCUMENTED)
    assert set(state["ticket"]["poc"]) == {"id", "key", "label"}
    assert set(state["ticket"]["queue"]) == set(state["ticket"]["branch"]) == {"id", "key", "name", "label"}
    assert state["ticket"]["customer"] == {"firstname": "Rosa", "name": "Rosa"}
    assert state["session"]["poc"] == {"id": ana.seeded.pocs["c1"], "key": "c1", "label": "Counter 1"}


async def test_before_presence_the_session_is_offline(ana):
    assert_shape(ana.state["session"], {"state": str, "reason": None, "poc": None, "until": None})
    assert ana.state["session"]["state"] == "offline"
    assert (ana.state["offer"], ana.state["ticket"]) == (None, None)


async def test_an_offer_has_the_documented_shape(ana):
    await ana.put("presence", {"state": "idle"})
    ticket = await ana.visitor("tramites")
    await ana.work()

    state = await ana.get("state")

    offer = state["offer"]
    assert_shape(offer, {"id": str, "ticket": {"id": str, "number": str}, "branch": dict, "queue": dict, "poc": dict})
    assert offer["ticket"]["id"] == ticket.id
    assert offer["poc"]["key"] in {"1", "2"}
    assert state["session"]["state"] == "ringing"
    assert state["session"]["until"] == offer["expires_at"]
    assert (datetime.fromisoformat(offer["expires_at"]) - datetime.fromisoformat(state["now"])).total_seconds() == 20


async def test_queues_are_told_per_branch_with_the_longest_wait(ana, clock):
    await ana.visitor("caja")
    clock.move(seconds=90)
    await ana.visitor("caja")

    state = await ana.get("state")

    rows = {(q["key"], q["branch"]["key"]): (q["waiting"], q["longest_wait_seconds"]) for q in state["queues"]}
    assert rows == {("tramites", "main"): (0, 0), ("tramites", "north"): (0, 0), ("caja", "main"): (2, 90)}
    assert {"id", "name", "branch", "waiting", "longest_wait_seconds"} <= set(state["queues"][0])


async def test_the_form_shows_at_the_desk_with_the_visitor_s_name(ana, sign_in, store, seeded):
    john = await sign_in("jdoe")
    await john.put("presence", {"state": "idle"})
    said = [{"_id": seeded.fields["firstname"], "value": "Rosa"}, {"_id": seeded.fields["why"], "value": "x"}]

    def submit(tx):
        from qms.store.schema.work import submission

        row = {"id": tx.new_id(), "account_id": seeded.account, "form_id": seeded.forms["intake"], "kind": "pre-call"}
        row |= {"queue_id": seeded.queues["asked"], "values": said, "created_at": tx.now}
        tx.execute(submission.insert(), row)
        return row["id"]

    await john.visitor("asked", submission=store.write(submit))
    await john.work()
    offered = (await john.get("state"))["offer"]["ticket"]

    answers = {answer["name"]: answer["value"] for answer in offered["form"]}
    assert offered["customer"] == {"name": "Rosa"}
    assert answers == {"firstname": "Rosa", "email": None, "age": None, "why": "x"}
    assert offered["form"][3]["options"] == [{"value": "x", "label": "X"}]


async def test_seq_grows_with_every_change_also_within_one_transaction(ana):
    first = ana.state["seq"]
    states = [
        await ana.put("presence", {"state": "idle"}),
        await ana.get("state"),
        await ana.put("presence", {"state": "away", "reason": "lunch"}),
        await ana.get("state"),
    ]

    seqs = [first, *(state["seq"] for state in states)]
    assert seqs == sorted(set(seqs))
    assert seqs[-1] < 2**53


async def test_choices_of_pocs_say_which_are_taken(ana, sign_in):
    john = await sign_in("jdoe")
    await john.put("presence", {"state": "idle", "poc": "c1"})

    state = await ana.get("state")

    assert {poc["key"]: poc["taken"] for poc in state["pocs"]} == {"1": False, "2": False, "c1": True}


async def test_parked_tickets_and_what_can_be_undone_are_told(ana):
    await ana.put("presence", {"state": "idle", "poc": "c1"})
    parked, finished = await ana.visitor("caja"), await ana.visitor("caja")
    await ana.post("next")
    await ana.post("ticket/park")
    await ana.post("next")

    state = await ana.post("ticket/finish")

    assert [ticket["id"] for ticket in state["parked"]] == [parked.id]
    assert (state["undo"]["what"], state["undo"]["number"]) == ("finish", finished.number)


async def test_a_desk_sees_what_its_branch_s_screens_have_painted(ana, store, seeded):
    def paint(tx):
        tx.raw("UPDATE screen SET painted_seq = 7, audio = 'blocked' WHERE key = 'lobby'", {})

    store.write(paint)

    (screen,) = (await ana.get("state"))["screens"]
    assert (screen["key"], screen["painted"], screen["audio"]) == ("lobby", 7, "blocked")


async def test_destinations_name_queues_branches_and_colleagues(ana, sign_in, seeded):
    john = await sign_in("jdoe")
    await john.put("presence", {"state": "away", "reason": "lunch"})

    found = await ana.get("destinations")

    assert {agent["id"]: agent["state"] for agent in found["agents"]} == {
        seeded.agents["ana"]: "offline",
        seeded.agents["jdoe"]: "away",
    }
    assert {queue["key"]: len(queue["branches"]) for queue in found["queues"]} == {
        "tramites": 2,
        "caja": 1,
        "asked": 1,
        "far": 1,
    }
    assert [branch["key"] for branch in found["branches"]] == ["main", "north"]


def show_integration_data(tx, *, account):
    tx.execute(accounts.update().where(accounts.c.id == account).values(options={"integration_data_at_desk": True}))
    tx.network_changed(account)


async def test_what_a_vendor_keeps_with_a_ticket_is_shown_where_the_account_says_so(ana, store, seeded):
    await ana.put("presence", {"state": "idle", "poc": "c1"})
    await ana.visitor("caja", integration_data='{"visit":[42]}')

    unsaid = (await ana.post("next"))["ticket"]["integration_data"]
    store.write(show_integration_data, account=seeded.account)
    said = (await ana.get("state"))["ticket"]["integration_data"]

    assert (unsaid, said) == (None, {"visit": [42]})
