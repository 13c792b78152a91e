"""Webhooks beyond delivering: order, secrets that change, receivers that fail for days, requests made of templates."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from qms.domain.errors import Invalid
from qms.services import webhooks
from qms.store.schema.network import agent as agent_table
from qms.store.schema.network import routing_domain
from qms.store.schema.network import webhook as webhook_table
from qms.store.schema.reaching import message
from qms.store.tx import Tx
from tests.http.delivery.shop import SECOND, SECRET, Shop
from tests.receiver import Receiver

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KEY = "hunter2-hunter2"


def counts(secret: str, request: Any) -> bool:
    try:
        Verifier(secret).verify(request.body, request.headers)
    except WebhookVerificationError:
        return False
    return True


def _manager(tx: Tx) -> None:
    tx.execute(routing_domain.insert(), {"id": "d", "account_id": "acme"})
    row = {
        "id": "m",
        "account_id": "acme",
        "key": "m",
        "domain_id": "d",
        "firstname": "M",
        "lastname": "",
        "queues": {},
    }
    tx.execute(agent_table.insert(), {**row, "email": "m@acme.example", "role": "manager", "closures": []})
    tx.network_changed("acme")


async def test_of_one_ticket_what_is_later_waits_for_what_is_earlier_where_order_is_wanted(
    shop: Shop, receiver: Receiver
):
    await shop.webhook("qms", receiver.url, ordered=True)
    await shop.webhook("hasty", receiver.url + "/hasty")
    receiver.answer = 503
    await shop.happen("ticket.created", entity="a")
    await shop.deliver()
    await shop.happen("ticket.assigned", entity="a", number="second")
    await shop.happen("ticket.created", entity="b")
    receiver.answer, receiver.received = 204, []

    begun = [await shop.deliver(), await shop.deliver()]
    meanwhile = [(r.path, r.json["event"], r.json["data"]["id"]) for r in receiver.received]
    receiver.received = []
    await shop.pass_by(60 * SECOND)
    await shop.deliver()

    later = [r.json["event"] for r in receiver.received if r.path == "/hook"]
    assert begun == [3, 0]
    assert sorted(meanwhile) == [
        ("/hook", "queue.created", "b"),
        ("/hook/hasty", "qms.assigned", "a"),
        ("/hook/hasty", "queue.created", "b"),
    ]
    assert later == ["queue.created", "qms.assigned"]


async def test_what_was_given_up_holds_up_nothing(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url, ordered=True)
    receiver.answer = 422
    await shop.happen("ticket.created")
    await shop.deliver()
    receiver.answer = 204
    await shop.happen("ticket.assigned")

    assert await shop.deliver() == 1


async def test_while_a_secret_replaces_another_both_count(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)
    fresh = await shop.store.write(webhooks.rotate, account="acme", webhook="qms", overlap=HOUR)
    await shop.happen()
    await shop.deliver()
    shop.clock.pass_by(HOUR)
    await shop.happen()
    await shop.deliver()

    during, after = receiver.received
    assert [counts(secret, during) for secret in (fresh, SECRET)] == [True, True]
    assert [counts(secret, after) for secret in (fresh, SECRET)] == [True, False]
    with pytest.raises(Invalid):
        await shop.store.write(webhooks.rotate, account="acme", webhook="qms", overlap=8 * DAY)


async def test_a_secret_can_be_replaced_at_once(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)
    fresh = await shop.store.write(webhooks.rotate, account="acme", webhook="qms", overlap=timedelta())
    await shop.happen()

    await shop.deliver()

    assert [counts(secret, receiver.received[0]) for secret in (fresh, SECRET)] == [True, False]


async def test_a_webhook_that_takes_nothing_for_days_is_disabled_and_administrators_are_written_to(
    shop: Shop, receiver: Receiver
):
    await shop.store.write(_manager)
    await shop.webhook("qms", receiver.url)
    receiver.answer = 422
    for n in range(webhooks.FAILURES):
        await shop.happen(entity=f"t{n}")
    while await shop.deliver():
        pass
    early = (await shop.store.read(lambda tx: tx.network("acme"))).webhooks["qms"].state
    shop.clock.pass_by(webhooks.FAILING_FOR)
    await shop.happen()
    await shop.deliver()

    found = (await shop.store.read(lambda tx: tx.network("acme"))).webhooks["qms"]
    told = await shop.store.read(lambda tx: tx.execute(sa.select(message.c.recipient, message.c.data)).all())
    assert (early, found.state, found.disabled_reason) == ("active", "disabled", "nothing arrived for 5 days")
    assert [row.recipient for row in told] == ["m@acme.example"]
    assert "qms" in told[0].data["subject"]

    receiver.answer = 204
    await shop.store.write(webhooks.enable, account="acme", webhook="qms")
    await shop.happen()
    assert await shop.deliver() == 1


async def test_a_success_begins_the_count_of_failures_anew(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url, failures=30)
    await shop.store.write(
        lambda tx: tx.execute(webhook_table.update().values(failing_since=tx.now - webhooks.FAILING_FOR))
    )
    await shop.happen()
    await shop.deliver()
    receiver.answer = 422
    await shop.happen()
    await shop.deliver()

    row = await shop.store.read(lambda tx: tx.execute(sa.select(webhook_table)).one())
    assert (row.state, row.failures) == ("active", 1)


def custom(**changes: Any) -> dict[str, Any]:
    return {"method": "POST", "parameters": {}, "body": None, "condition": None, "verify_tls": True, **changes}


async def test_a_request_is_made_of_templates(shop: Shop, receiver: Receiver):
    words = custom(
        method="PUT", parameters={"q": "{{segment.name}}"}, body='{"n":"{{ticketId}}","who":{{integrationData.a.1}}}'
    )
    headers = {"Content-Type": "application/json", "X-Key": "{{secrets.key}}"}
    await shop.webhook(
        "qms", receiver.url + "/{{segment.id}}", custom=words, headers=headers, secrets={"key": KEY}, events=["*"]
    )
    await shop.happen(number='T"1\\')

    await shop.deliver()

    (request,) = receiver.received
    assert (request.method, request.path) == ("PUT", "/hook/q1")
    assert request.json == {"n": 'T"1\\', "who": "ñ"}
    assert (request.headers["x-key"], request.headers["webhook-id"]) == (KEY, (await shop.one()).id)


async def test_what_the_condition_does_not_want_is_withheld(shop: Shop, receiver: Receiver):
    words = custom(condition="{{#isEqual ticketId}}T001{{/isEqual}}")
    await shop.webhook("qms", receiver.url, custom=words)
    await shop.happen(number="T001")
    await shop.happen(number="T002")
    await shop.deliver()
    await shop.deliver()

    assert [r.json["data"]["ticketId"] for r in receiver.received] == ["T001"]
    assert sorted((d.state, d.attempts) for d in await shop.all()) == [("delivered", 1), ("withheld", 0)]


async def test_a_template_that_makes_nothing_is_a_dead_letter_and_says_why(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url, custom=custom(body="{{toUpperCase segment}}"))
    await shop.happen()

    await shop.deliver()

    delivery = await shop.one()
    (attempt,) = await shop.attempts(delivery.id)
    assert (delivery.state, delivery.last_error, attempt.excerpt) == ("dead", "parsing", "expected a text")
    assert receiver.received == []


async def test_a_secret_that_a_target_says_again_is_not_kept(shop: Shop, receiver: Receiver):
    async def echo(request: web.Request) -> web.Response:
        return web.Response(status=400, text="no: " + request.headers["X-Key"])

    receiver.answer = echo
    await shop.webhook("qms", receiver.url, custom=custom(), headers={"X-Key": "{{secrets.key}}"}, secrets={"key": KEY})
    await shop.happen()

    await shop.deliver()

    (attempt,) = await shop.attempts((await shop.one()).id)
    assert attempt.excerpt == "no: ******"
