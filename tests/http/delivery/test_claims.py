"""Who sends what: claims that end with those who made them, and targets that hold up no other."""

from datetime import timedelta
from typing import Any

import pytest

from acd.delivery import courier
from qms.domain.delivery import Delivered, Outcome, Tried
from qms.domain.errors import Unavailable
from qms.services import attempts, claims, leases
from qms.store.schema.outbox import delivery as delivery_table
from qms.store.schema.worker import worker as worker_table
from qms.store.tx import Tx
from qms.store.watch import QUICK, Watch
from tests.http.delivery.shop import Shop, hang, running
from tests.receiver import Receiver


async def test_an_endpoint_that_hangs_delays_no_other(shop: Shop, receiver: Receiver):
    async with Receiver(hang) as hanging:
        await shop.webhook("hanging", hanging.url)
        await shop.webhook("well", receiver.url)
        for n in range(30):
            await shop.happen(entity=f"t{n}")

        async with running(shop.worker):
            arrived = await receiver.wait(30, seconds=8)

        assert len({r.id for r in arrived}) == 30
        assert hanging.most_at_once == len(hanging.received) == 4


async def test_who_stops_gives_back_what_was_under_way(shop: Shop, receiver: Receiver):
    receiver.answer = hang
    await shop.webhook("qms", receiver.url)
    await shop.happen()

    async with running(shop.worker):
        await receiver.wait(1)

    delivery = await shop.one()
    assert (delivery.state, delivery.attempts, delivery.claim) == ("pending", 0, None)
    receiver.answer = 200
    shop.worker = shop.another_worker()
    assert await shop.deliver() == 1
    assert [r.id for r in receiver.received] == [delivery.id, delivery.id]


async def test_what_a_killed_process_had_claimed_goes_out_when_the_claim_lapses(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)
    await shop.happen()
    room = {target: 1 for target in await shop.store.read(claims.due)}
    (parcel,) = await shop.store.write(claims.claim, room=room, most=1)
    claimed = await shop.one()
    assert claimed.claimed_until is not None
    assert timedelta(seconds=30) < claimed.claimed_until - shop.clock.machine() <= timedelta(seconds=46)

    begun = [await shop.deliver()]
    await shop.store.write(_lapse)
    begun.append(await shop.deliver())
    done = Tried(parcel=parcel, outcome=Outcome(status=200), step=Delivered())
    late = await shop.store.take(attempts.finish, done)

    assert begun == [0, 1]
    assert late is False
    assert [r.id for r in receiver.received] == [parcel.delivery.id]
    assert len(await shop.attempts(parcel.delivery.id)) == 1


async def test_what_a_worker_that_died_had_claimed_goes_out_soon_after_its_lease_has_lapsed(
    shop: Shop, receiver: Receiver
):
    await shop.webhook("qms", receiver.url)
    await shop.happen()
    await shop.store.write(leases.begin, worker="a" * 24, seat=None)
    room = {target: 1 for target in await shop.store.read(claims.due)}
    (parcel,) = await shop.store.write(claims.claim, room=room, most=1, worker="a" * 24)

    alive = await shop.store.read(claims.anything_lost)
    await shop.store.write(_silent)
    lost = await shop.store.read(claims.anything_lost)
    async with running(shop.another_worker()):
        (received,) = await receiver.wait(1)

    assert (alive, lost) == (False, True)
    assert received.id == parcel.delivery.id


async def test_the_claims_of_whom_no_lease_speaks_for_are_left_to_lapse(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)
    await shop.happen()
    room = {target: 1 for target in await shop.store.read(claims.due)}
    await shop.store.write(claims.claim, room=room, most=1, worker="b" * 24)

    assert await shop.store.read(claims.anything_lost) is False


def _silent(tx: Tx) -> None:
    tx.execute(worker_table.update().values(seen_at=tx.machine_now - claims.SILENT_FOR))


def _lapse(tx: Tx) -> None:
    tx.execute(delivery_table.update().values(claimed_until=tx.machine_now))


async def test_two_workers_deliver_everything_once(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)

    async with running(shop.worker, shop.another_worker()):
        for n in range(40):
            await shop.happen(entity=f"t{n}")
        await receiver.wait(40)

    assert len(receiver.received) == len({r.id for r in receiver.received}) == 40
    assert {d.state for d in await shop.all()} == {"delivered"}


async def test_what_is_due_is_sent_at_once_though_who_looks_is_a_little_behind(
    shop: Shop, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    on_time = Watch.at
    monkeypatch.setattr(Watch, "at", lambda watch, connection: on_time(watch, connection) - QUICK)
    await shop.webhook("qms", receiver.url)
    await shop.happen()

    begun = await shop.deliver()

    assert begun == 1


async def test_an_outcome_waits_for_a_database_that_is_away(
    shop: Shop, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(courier, "AGAIN_SECONDS", 0.01)
    await shop.webhook("qms", receiver.url)
    await shop.happen()
    take, outages = shop.store.take, ["full", "still full"]

    async def moody(service: Any, item: Any, **how: Any) -> Any:
        if service is attempts.finish and outages:
            raise Unavailable(outages.pop())
        return await take(service, item, **how)

    monkeypatch.setattr(shop.store, "take", moody)
    await shop.deliver()

    delivery = await shop.one()
    assert (delivery.state, delivery.attempts) == ("delivered", 1)
    assert len(receiver.received) == 1
