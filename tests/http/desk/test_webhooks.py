"""Webhooks at the desk: administrators see how they stand, replay, change secrets, try templates."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from desk.face import routes
from qms.domain.event import Event
from qms.store.schema.network import webhook
from qms.store.schema.outbox import attempt, delivery
from qms.web.playground import PLAYGROUND
from qms_gateway import webhook_native as native
from qms_gateway.dialects.videsk.playground import try_out


@pytest.fixture
def database_url(sqlite_url):
    """One kind of database: what is asked of it is tried on both where deliveries are."""
    return sqlite_url


@pytest.fixture
def given_up(store, seeded):
    """A webhook to which three deliveries were given up, an hour apart."""

    def put(tx):
        row = {"id": "a" * 24, "account_id": seeded.account, "key": "qms", "url": "https://x.example/", "events": ["*"]}
        secrets = {"secret": "whsec_eA==", "headers": {}}
        tx.execute(webhook.insert(), tx.vault.seal_row(webhook, row["id"], {**row, "dialect": "native", **secrets}))
        tx.network_changed(seeded.account)

    def happen(tx):
        for hours in range(3):
            at = tx.now - timedelta(hours=hours)
            event = Event(name="ticket.created", at=at, account_id=seeded.account, entity=f"t{hours}", payload={})
            tx.emit(event)

    def fail(tx):
        tx.execute(delivery.update().values(state="dead", attempts=1, last_status=500, last_error="status_500"))
        ids = list(tx.execute(sa.select(delivery.c.id).order_by(delivery.c.at)).scalars())
        tried = {"id": "e" * 24, "delivery_id": ids[0], "number": 1, "at": tx.now, "status": 500}
        tx.execute(attempt.insert(), {**tried, "error": "status_500", "duration_ms": 12, "excerpt": "oh no"})
        return ids

    store.write(put)
    store.write(happen)
    return store.write(fail)


@pytest.fixture
def event_names():
    return {"native": native.EVENTS}


@pytest.fixture
async def client(serve, seeded):
    def playground(app):
        app[PLAYGROUND] = try_out

    return await serve(playground, routes)


@pytest.fixture
async def boss(sign_in):
    return await sign_in("sue")


async def test_administrators_see_what_was_tried_and_send_it_again(given_up, boss):
    (shown,) = (await boss.get("webhooks"))["webhooks"]
    dead = (await boss.get("deliveries?state=dead&webhook=qms"))["deliveries"]
    (tried,) = (await boss.get(f"deliveries/{given_up[0]}/attempts"))["attempts"]

    one = await boss.post(f"deliveries/{given_up[0]}/replay")
    some = await boss.post("deliveries/replay", {"since": dead[1]["at"]})

    assert (shown["key"], shown["state"]) == ("qms", "active")
    assert "whsec_" not in str(shown)
    assert [d["id"] for d in dead] == given_up[::-1]
    assert (tried["status"], tried["ms"], tried["excerpt"]) == (500, 12, "oh no")
    assert one["deliveries"] == given_up[:1]
    assert some["deliveries"] == given_up[1:]
    assert (await boss.get("deliveries?state=dead"))["deliveries"] == []


async def test_a_webhook_is_switched_off_and_on_and_given_another_secret(given_up, boss, store, seeded):
    off = await boss.post("webhooks/qms/disable")
    on = await boss.post("webhooks/qms/enable")
    fresh = await boss.post("webhooks/qms/secret", {"overlap_hours": 2})

    kept = store.read(lambda tx: tx.network(seeded.account)).webhooks.find("qms")
    assert (off["state"], off["disabled_reason"], on["state"]) == ("disabled", "switched off by hand", "active")
    assert (fresh["secret"], kept.previous_secret) == (kept.secret, "whsec_eA==")


async def test_the_playground_shows_what_would_be_sent(given_up, boss):
    words = {"url": "https://x.example/{{ticketId}}", "headers": {"X-Key": "{{secrets.key}}"}, "method": "PUT"}

    made = await boss.post("playground", {"event": "qms.assigned", "body": '{"n":"{{ticketId}}"}', **words})
    broken = await boss.post("playground", {"event": "qms.assigned", "body": "{{toUpperCase poc}}"})
    unwanted = await boss.post("playground", {"event": "qms.assigned", "condition": "false", "data": {}})

    assert (made["method"], made["url"], made["body"]) == ("PUT", "https://x.example/A042", '{"n":"A042"}')
    assert made["headers"]["X-Key"] == "******"
    assert broken["problem"] == "expected a text"
    assert unwanted["withheld"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("playground", {"event": "nothing"}),
        ("playground", {"event": "qms.assigned", "body": "{{#each"}),
        ("playground", {"event": "qms.assigned", "url": "https://{{x}}/"}),
        ("playground", {"event": "qms.assigned", "headers": {"a b": "x"}}),
        ("deliveries/replay", {}),
        ("deliveries/replay", {"since": "2026-01-01T00:00:00"}),
        ("webhooks/qms/secret", {"overlap_hours": 999}),
    ],
)
async def test_what_cannot_be_is_refused(given_up, boss, path, body):
    assert (await boss.refused(path, body))[0] == 422


async def test_agents_are_not_let_in(given_up, sign_in):
    ana = await sign_in("ana")

    assert (await ana.ask("GET", "deliveries")).status == 403
    assert (await ana.ask("POST", "webhooks/qms/enable")).status == 403
