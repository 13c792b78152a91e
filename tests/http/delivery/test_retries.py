"""What is sent again, when, and what is given up."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from aiohttp import web

from acd.clock_keeper import ClockKeeper
from acd.delivery import Guard
from qms.domain.errors import Conflict
from qms.services import claims, webhooks
from qms.store.schema.outbox import delivery as delivery_table
from tests.http.delivery.shop import SECOND, Shop, verified
from tests.receiver import Receiver


async def test_a_failing_vendor_endpoint_is_tried_after_one_two_and_three_minutes(shop: Shop, receiver: Receiver):
    receiver.answer = 503
    await shop.webhook("qms", receiver.url)
    await shop.happen()

    begun = [await shop.deliver()]
    for wait in (60, 120, 180):
        begun += [await shop.pass_by(timedelta(seconds=wait - 5)), await shop.pass_by(5 * SECOND)]
    begun.append(await shop.pass_by(timedelta(days=9)))

    delivery = await shop.one()
    attempts = await shop.attempts(delivery.id)
    assert begun == [1, 0, 1, 0, 1, 0, 1, 0]
    assert len({r.id for r in receiver.received}) == len({r.json["traceId"] for r in receiver.received}) == 1
    assert all(verified(r) for r in receiver.received)
    assert (delivery.state, delivery.last_status, delivery.last_error) == ("dead", 503, "status_503")
    assert [(a.number, a.status, a.error) for a in attempts] == [(n, 503, "status_503") for n in (1, 2, 3, 4)]


async def test_a_vendor_endpoint_that_recovers_gets_its_event(shop: Shop, receiver: Receiver):
    receiver.answer = 500
    await shop.webhook("qms", receiver.url)
    await shop.happen()
    await shop.deliver()
    receiver.answer = 200

    await shop.pass_by(60 * SECOND)

    delivery = await shop.one()
    assert (delivery.state, delivery.attempts, delivery.last_error) == ("delivered", 2, None)


async def test_a_refusal_is_not_repeated(shop: Shop, receiver: Receiver):
    receiver.answer = 422
    await shop.webhook("qms", receiver.url)
    await shop.happen()

    await shop.deliver()

    assert await shop.pass_by(timedelta(days=1)) == 0
    assert (await shop.one()).state == "dead"


async def test_a_native_endpoint_is_tried_ten_times(shop: Shop, receiver: Receiver):
    receiver.answer = 404
    await shop.webhook("ours", receiver.url, dialect="native")
    await shop.happen()

    begun = await shop.deliver()
    for minutes in (0.1, 5, 30, 120, 300, 600, 840, 1200, 1440):
        begun += await shop.pass_by(timedelta(minutes=minutes))
    begun += await shop.pass_by(timedelta(days=9))

    delivery = await shop.one()
    assert begun == 10
    assert (delivery.state, delivery.attempts) == ("dead", 10)


@pytest.mark.parametrize("dated", [False, True], ids=["seconds", "date"])
async def test_a_native_endpoint_is_tried_when_it_asks_to_be(shop: Shop, receiver: Receiver, dated):
    async def busy(request: web.Request) -> web.Response:
        until = format_datetime(datetime.now(UTC) + 120 * SECOND, usegmt=True)
        return web.Response(status=503, headers={"Retry-After": until if dated else "120"})

    receiver.answer = busy
    await shop.webhook("ours", receiver.url, dialect="native")
    await shop.happen()

    begun = [await shop.deliver(), await shop.pass_by(115 * SECOND), await shop.pass_by(6 * SECOND)]

    assert begun == [1, 0, 1]


async def test_410_disables_the_webhook_at_once(shop: Shop, receiver: Receiver):
    receiver.answer = 410
    await shop.webhook("qms", receiver.url, max_concurrency=1)
    for n in range(3):
        await shop.happen(entity=f"t{n}")
    before = (await shop.store.read(lambda tx: tx.network("acme"))).account.version

    begun = [await shop.deliver(), await shop.deliver()]
    await shop.happen()

    network = await shop.store.read(lambda tx: tx.network("acme"))
    assert begun == [2, 0]
    assert (network.webhooks["qms"].state, network.webhooks["qms"].disabled_reason) == ("disabled", "410 Gone")
    assert network.account.version == before + 1
    assert sorted((d.state, d.last_error) for d in await shop.all()) == [
        ("dead", "endpoint_disabled"),
        ("dead", "endpoint_disabled"),
        ("dead", "status_410"),
    ]
    assert await shop.pass_by(timedelta(days=1)) == 0
    assert len(receiver.received) == 1


async def test_a_disabled_webhook_can_be_enabled_and_its_dead_letters_sent(shop: Shop, receiver: Receiver):
    receiver.answer = 410
    await shop.webhook("qms", receiver.url)
    await shop.happen()
    await shop.deliver()
    with pytest.raises(Conflict):
        await shop.replay(webhook="qms")
    receiver.answer = 200

    await shop.store.write(webhooks.enable, account="acme", webhook="qms")
    replayed = await shop.replay(webhook="qms")
    await shop.deliver()

    delivery = await shop.one()
    assert replayed == [delivery.id]
    assert delivery.state == "delivered"


async def test_a_redirect_is_not_followed(shop: Shop, receiver: Receiver):
    async def elsewhere(request: web.Request) -> web.Response:
        return web.Response(status=307, headers={"Location": f"http://127.0.0.1:{receiver.port}/elsewhere"})

    receiver.answer = elsewhere
    await shop.webhook("vendor", receiver.url)
    await shop.webhook("ours", receiver.url, dialect="native")
    await shop.happen()

    await shop.deliver()

    states = {d.webhook_id: (d.state, d.last_error) for d in await shop.all()}
    assert states == {"vendor": ("delivered", None), "ours": ("pending", "status_307")}
    assert {r.path for r in receiver.received} == {"/hook"}


async def test_a_blocked_destination_is_not_connected_to_and_tried_again(shop: Shop, receiver: Receiver):
    shop.worker = shop.another_worker(guard=Guard())
    await shop.webhook("qms", receiver.url)
    await shop.happen()

    begun = [await shop.deliver(), await shop.pass_by(60 * SECOND)]

    delivery = await shop.one()
    assert begun == [1, 1]
    assert (delivery.state, delivery.last_status, delivery.last_error) == ("pending", None, "blocked_destination")
    assert receiver.received == []


async def test_what_a_clock_that_was_ahead_has_put_off_goes_out_once_it_is_right(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)
    keeper, hour = ClockKeeper(shop.store), timedelta(hours=1)
    shop.clock.pass_by(hour)
    await shop.happen()
    shop.clock.pass_by(-hour)

    begun = [await shop.deliver(), await keeper.look(), await shop.deliver()]

    assert begun == [0, 1, 1]
    assert len(receiver.received) == 1


async def test_a_retry_that_a_clock_that_was_ahead_has_put_off_is_due_once_and_its_next_after_its_step(
    shop: Shop, receiver: Receiver
):
    await shop.webhook("qms", receiver.url)
    receiver.answer = 503
    keeper, hour = ClockKeeper(shop.store), timedelta(hours=1)
    shop.clock.pass_by(hour)
    await shop.happen()
    await shop.deliver()
    shop.clock.pass_by(-hour)

    begun = [await shop.deliver(), await keeper.look(), await shop.deliver()]
    after = [await keeper.look(), await shop.deliver(), await shop.pass_by(timedelta(seconds=121))]

    assert begun == [0, 1, 1]
    assert after == [0, 0, 1]


async def test_a_claim_further_ahead_than_any_can_be_is_none(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)
    await shop.happen()
    room = {target: 1 for target in await shop.store.read(claims.due)}
    await shop.store.write(claims.claim, room=room, most=1)
    ahead = delivery_table.update().values(claimed_until=shop.clock.machine() + timedelta(hours=1))
    held = await shop.deliver()
    await shop.store.write(lambda tx: tx.execute(ahead))

    begun = await shop.deliver()

    assert (held, begun, len(receiver.received)) == (0, 1, 1)
