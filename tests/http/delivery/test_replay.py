"""What was sent before: looked at, sent once more, and forgotten."""

import json
from datetime import timedelta

import pytest

from qms.domain.delivery import Delivery
from qms.domain.errors import Conflict, NotFound
from qms.services import claims, deliveries
from qms.store.schema.network import account as account_table
from qms.store.schema.network import webhook as webhook_table
from qms.store.tx import Tx
from tests.db.growth.plans import Asked
from tests.http.delivery.shop import SECOND, Shop
from tests.receiver import Receiver


async def test_a_replay_keeps_the_id_and_begins_anew(shop: Shop, receiver: Receiver):
    receiver.answer = 400
    await shop.webhook("qms", receiver.url)
    await shop.happen()
    await shop.deliver()
    dead = await shop.one()
    receiver.answer = 200

    replayed = await shop.replay(delivery_id=dead.id)
    pending = await shop.one()
    await shop.deliver()

    assert replayed == [dead.id]
    assert (pending.state, pending.attempts, pending.last_error) == ("pending", 0, None)
    assert {(r.id, r.json["traceId"]) for r in receiver.received} == {(dead.id, dead.trace_id)}
    assert (await shop.one()).state == "delivered"
    assert [a.status for a in await shop.attempts(dead.id)] == [400, 200]


async def test_a_replay_takes_a_webhook_a_state_or_a_time_range(shop: Shop, receiver: Receiver):
    receiver.answer = 400
    await shop.webhook("a", receiver.url)
    await shop.webhook("b", receiver.url)
    for n in range(3):
        await shop.happen(entity=f"t{n}")
        shop.clock.pass_by(timedelta(hours=1))
    while await shop.deliver():
        pass
    last = await shop.all(webhook="a", state="dead", limit=1)

    by_time = await shop.replay(since=last[0].at, until=last[0].at + SECOND)
    by_webhook = await shop.replay(webhook="a")
    delivered = await shop.replay(webhook="b", state="delivered")

    assert len(by_time) == 2
    assert len(by_webhook) == 2
    assert delivered == []
    assert len(await shop.all(state="pending")) == 4


async def test_only_an_accounts_own_deliveries_can_be_seen_and_replayed(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)
    await shop.happen()
    delivery = await shop.one()

    def other(tx: Tx) -> list[Delivery]:
        row = {"slug": "other", "name": "O", "timezone": "UTC", "options": {}, "closures": [], "languages": []}
        tx.execute(account_table.insert(), {"id": "other", **row})
        with pytest.raises(NotFound):
            deliveries.replay(tx, "other", delivery_id=delivery.id)
        with pytest.raises(NotFound):
            deliveries.list_attempts(tx, "other", delivery.id)
        assert deliveries.replay(tx, "other", since=delivery.at) == []
        return deliveries.list_deliveries(tx, "other")

    assert await shop.store.write(other) == []


async def test_what_is_being_sent_is_not_replayed(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)
    await shop.happen()
    room = {target: 1 for target in await shop.store.read(claims.due)}
    (parcel,) = await shop.store.write(claims.claim, room=room, most=1)

    with pytest.raises(Conflict):
        await shop.replay(delivery_id=parcel.delivery.id)

    assert (await shop.one()).claim == parcel.delivery.claim


async def test_what_waits_for_a_retired_webhook_is_given_up(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)
    await shop.happen()

    def retire(tx: Tx) -> None:
        tx.execute(webhook_table.update().values(retired_at=tx.now))
        tx.execute(account_table.update().values(version=account_table.c.version + 1))

    await shop.store.write(retire)
    begun = await shop.deliver()

    delivery = await shop.one()
    assert begun == 0
    assert (delivery.state, delivery.last_error) == ("dead", "endpoint_removed")


async def test_what_is_over_and_old_is_forgotten_with_its_attempts(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)
    await shop.happen()
    await shop.deliver()
    old = await shop.one()
    shop.clock.pass_by(deliveries.KEPT_FOR + SECOND)
    await shop.happen(entity="new")

    gone = [await shop.store.write(deliveries.forget), await shop.store.write(deliveries.forget)]

    assert gone == [1, 0]
    assert (await shop.one()).entity == "new"
    with pytest.raises(NotFound):
        await shop.attempts(old.id)


async def test_the_queries_of_every_second_use_the_index_of_pending_deliveries(shop: Shop):
    if shop.store.store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL chooses by statistics, which an empty table does not have")
    asked, store = Asked(), shop.store.store

    with asked.of(store):
        await shop.store.read(claims.due)

    ((statement, _),) = [said for said in asked.statements.values() if "delivery" in said[0]]
    assert "USING INDEX ix_delivery_due" in store.read(_plan, statement=statement)


def _plan(tx: Tx, *, statement: str) -> str:
    return json.dumps([list(row) for row in tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")])
