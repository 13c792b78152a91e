"""What an agent notes of a visit, and what the next one reads of it."""

import pytest
import sqlalchemy as sa

from qms.store.schema import network as tables
from qms.store.schema.outbox import delivery
from qms_gateway import webhook_native as native

OUTCOMES = [{"key": "signed", "name": "Contract signed"}, {"key": "open", "name": "<b>Open</b>"}]
HOSTILE = "<script>alert(1)</script>\n\u202eabc ' \" ñ"
MARIA = {"firstname": "María", "email": "Maria@Mail.Example"}


@pytest.fixture
def event_names():
    return {"native": native.EVENTS}


@pytest.fixture
async def seated(ana, store, seeded):
    """Ana at counter c1; `caja` has outcomes, of which one has a name in Spanish, and ten seconds of wrap-up."""
    store.write(outcomes, account=seeded.account, queue=seeded.queues["caja"])
    await ana.put("presence", {"state": "idle", "poc": "c1"})
    return ana


def outcomes(tx, *, account, queue):
    c = tables.queue.c
    tx.execute(tables.queue.update().where(c.id == queue).values(settings={"outcomes": OUTCOMES}, wrap_up_seconds=10))
    own = {"translations": {"es": {"Contract signed": "Contrato firmado"}}, "absences": ["lunch", HOSTILE]}
    tx.execute(tables.account.update().where(tables.account.c.id == account).values(own))
    tx.network_changed(account)


def subscribe(tx, *, account):
    row = {"id": "a" * 24, "account_id": account, "key": "crm", "url": "https://x.example/", "dialect": "native"}
    row |= {"events": ["ticket.done", "ticket.outcome"], "secret": "whsec_eA==", "headers": {}}
    tx.execute(tables.webhook.insert(), tx.vault.seal_row(tables.webhook, row["id"], row))
    tx.network_changed(account)


async def noted(desk, ticket, status=200, **said):
    response = await desk.ask("PUT", f"tickets/{ticket}/remark", said)
    assert response.status == status, await response.text()
    return await response.json()


async def test_a_visit_is_noted_while_it_lasts_and_until_its_wrap_up_is_over(seated, clock):
    ticket = (await seated.visitor("caja")).id
    await noted(seated, ticket, status=409, note="not here yet")
    called = (await seated.post("next"))["ticket"]

    during = (await noted(seated, ticket, note=f"  {HOSTILE} ", outcome="open"))["ticket"]
    wrapping_up = (await seated.post("ticket/finish"))["wrapping_up"]
    after = (await noted(seated, ticket, note=HOSTILE, outcome="signed"))["wrapping_up"]
    clock.move(seconds=11)
    over = await noted(seated, ticket, status=409, note="too late")

    assert (called["note"], called["outcome"], [one["key"] for one in called["outcomes"]]) == (
        None,
        None,
        ["signed", "open"],
    )
    assert (during["note"], during["outcome"]["name"]) == (HOSTILE, "<b>Open</b>")
    assert wrapping_up["note"] == HOSTILE
    signed = {
        "key": "signed",
        "name": "Contract signed",
        "translations": {"es": "Contrato firmado"},
        "written_in": "es",
    }
    assert (after["outcome"], over["winner"]) == (signed, "done")
    assert [one["name"] for one in (await seated.get("state"))["absences"]] == ["lunch", HOSTILE]


async def test_nobody_notes_what_is_not_his_or_what_makes_no_sense(seated, sign_in):
    john, ticket = await sign_in("jdoe"), (await seated.visitor("caja")).id
    await john.put("presence", {"state": "idle"})
    await seated.post("next")
    other = (await seated.visitor("tramites")).id

    unknown = await noted(seated, ticket, status=422, outcome="nonsense")
    await noted(seated, ticket, status=422, note="x" * 2001)
    await noted(seated, ticket, status=422, note="\x00")
    await noted(john, ticket, status=404, note="not his")
    await noted(john, other, status=409, note="nobody's yet")
    history = await john.ask("GET", f"tickets/{ticket}/history")

    assert (unknown["field"], unknown["expected"]) == ("outcome", "one of signed, open")
    assert history.status == 404


async def test_what_was_noted_before_is_read_when_the_same_person_comes_again(seated, clock, store):
    journal = sa.text("SELECT data FROM journal")
    first = (await seated.visitor("caja", customer=MARIA, customer_id="c" * 24)).id
    await seated.post("next")
    await noted(seated, first, note=HOSTILE, outcome="signed")
    await seated.post("ticket/finish")
    clock.move(minutes=5)
    by_phone = {"email": " maria@mail.example", "phone": "+56 9 1234-5678"}
    for customer in (by_phone, {"phone": "0056912345678"}, {"firstname": "María"}, None):
        await seated.visitor("caja", customer=customer)
        clock.move(minutes=1)

    histories = []
    for _ in range(4):
        ticket = (await seated.post("next"))["ticket"]
        histories.append((await seated.get(f"tickets/{ticket['id']}/history"))["visits"])

    (visit,) = histories[0]
    assert visit["note"] == HOSTILE
    assert (visit["outcome"]["name"], visit["agent"], visit["state"]) == ("Contract signed", "Ana Pérez", "done")
    assert (visit["queue"]["name"], visit["branch"]["label"]) == ("Caja", "Virtual Main branch")
    assert [len(visits) for visits in histories] == [1, 1, 0, 0]
    assert not any("script" in str(row) for row in store.read(lambda tx: tx.execute(journal).all()))


async def test_subscribers_are_told_what_came_of_a_visit_and_nothing_of_the_note(seated, store, seeded):
    store.write(subscribe, account=seeded.account)
    ticket = (await seated.visitor("caja")).id
    await seated.post("next")
    await noted(seated, ticket, note=HOSTILE, outcome="open")
    await seated.post("ticket/finish")

    await noted(seated, ticket, note="another note", outcome="open")
    await noted(seated, ticket, outcome="signed")

    rows = store.read(lambda tx: tx.execute(sa.select(delivery.c.event, delivery.c.data)).all())
    told = sorted(rows, key=lambda row: row.data["ticket"]["version"])
    assert [(event, data["ticket"]["outcome"]) for event, data in told] == [
        ("ticket.done", {"key": "open", "name": "<b>Open</b>"}),
        ("ticket.outcome", {"key": "signed", "name": "Contract signed"}),
    ]
    assert not any("script" in str(data) or "another" in str(data) for _, data in told)
