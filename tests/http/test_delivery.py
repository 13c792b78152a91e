"""Deliveries from the outbox to real HTTP servers, on real databases; only the clock is ours."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_network
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web
from standardwebhooks import Webhook as Verifier

from acd.clock_keeper import ClockKeeper
from acd.delivery import DeliveryWorker, Guard
from acd.delivery import worker as working
from acd.delivery.sender import Sender
from qms.bus.ending import end
from qms.bus.memory import MemoryBus
from qms.domain.delivery import Attempt, Delivered, Delivery, Outcome
from qms.domain.errors import Conflict, NotFound, Unavailable
from qms.domain.event import Event
from qms.services import claims, deliveries, leases, webhooks
from qms.store.aio import AsyncStore
from qms.store.command import TRACEPARENT
from qms.store.schema import metadata
from qms.store.schema.network import account as account_table
from qms.store.schema.network import webhook as webhook_table
from qms.store.schema.outbox import delivery as delivery_table
from qms.store.schema.worker import worker as worker_table
from qms.store.store import EventNames, Store
from qms.store.tx import Tx
from qms_gateway import webhook_native as native
from qms_gateway.dialects.videsk import webhook as videsk
from tests.receiver import Receiver
from tests.vault import VAULT

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
TICKET = "652a1ae848880e168884e49b"
EVENT_NAMES: EventNames = {"videsk": videsk.NAMES, "native": native.EVENTS}
RENDERERS = {"videsk": videsk.render, "native": native.render}
FORGED = {"Webhook-Id": "forged", "content-length": "1", "Host": "elsewhere.example", "Connection": "upgrade"}
SECOND = timedelta(seconds=1)
LOOPBACK = [ip_network("127.0.0.0/8"), ip_network("::1/128")]


@dataclass(slots=True)
class Clock:
    """Machine time is real; business time is ahead of it by what the test says."""

    ahead: timedelta = timedelta()

    def machine(self) -> datetime:
        return datetime.now(UTC)

    def business(self, machine: datetime) -> datetime:
        return machine + self.ahead

    def pass_by(self, wait: timedelta) -> None:
        self.ahead += wait


@dataclass(slots=True)
class Shop:
    """An account with its webhooks, the events that happen in it, and the worker that delivers them."""

    store: AsyncStore
    bus: MemoryBus
    clock: Clock
    worker: DeliveryWorker
    workers: list[DeliveryWorker] = field(default_factory=list)

    def another_worker(self, **changes: Any) -> DeliveryWorker:
        settings = {"version": "9.9", "wall": self.clock.machine, "jitter": lambda: 0.0, **changes}
        guard = settings.pop("guard", Guard(LOOPBACK))
        worker = DeliveryWorker(self.store, self.bus, RENDERERS, guard, **settings)
        self.workers.append(worker)
        return worker

    async def webhook(self, key: str, url: str, *, dialect: str = "videsk", **changes: Any) -> None:
        row = {"id": key, "account_id": "acme", "key": key, "url": url, "dialect": dialect, "secret": SECRET}
        await self.store.write(_insert, row={**row, "events": ["*"], "headers": {}, **changes})

    async def happen(self, name: str = "ticket.created", *, entity: str = TICKET, number: str = "T001") -> None:
        event = Event(name=name, at=self.clock.machine(), account_id="acme", entity=entity)
        await self.store.write(_emit, event=event, payload=snapshot(entity, number))

    async def deliver(self) -> int:
        """One round, to its end."""
        begun = await self.worker.round()
        await self.worker.settle()
        return begun

    async def pass_by(self, wait: timedelta) -> int:
        """Let business time pass, then deliver what is due."""
        self.clock.pass_by(wait)
        return await self.deliver()

    async def one(self) -> Delivery:
        """The only delivery there is."""
        (found,) = await self.all()
        return found

    async def all(self, **chosen: Any) -> list[Delivery]:
        return await self.store.read(lambda tx: deliveries.list_deliveries(tx, "acme", **chosen))

    async def attempts(self, id: str) -> list[Attempt]:
        return await self.store.read(lambda tx: deliveries.list_attempts(tx, "acme", id))

    async def replay(self, **chosen: Any) -> list[str]:
        return await self.store.write(lambda tx: deliveries.replay(tx, "acme", **chosen))


def _insert(tx: Tx, *, row: dict[str, Any]) -> None:
    tx.execute(webhook_table.insert(), tx.vault.seal_row(webhook_table, row["id"], row))
    tx.execute(account_table.update().values(version=account_table.c.version + 1))


def _emit(tx: Tx, *, event: Event, payload: dict[str, Any]) -> None:
    tx.emit(replace(event, at=tx.now, payload=payload))


def snapshot(id: str, number: str) -> dict[str, Any]:
    at = "2026-03-01T12:00:00+00:00"
    ticket = {"id": id, "number": number, "state": "waiting", "created_at": at, "called_at": at, "serving_since": at}
    ended = {"ended_at": None, "end_reason": None, "integration_data": {"a": [1, "ñ"]}, "version": 1}
    return {"ticket": {**ticket, **ended}, "queue": {"id": "q1", "key": "q", "name": "Trámites"}, "form": []}


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Shop]:
    clock = Clock()
    store = Store(database_url, clock, VAULT, event_names=EVENT_NAMES, writers=2)
    metadata.create_all(store.engine)
    with store.engine.connect().execution_options(write=True) as connection, connection.begin():
        row = {"id": "acme", "slug": "acme", "name": "Acme", "timezone": "UTC", "options": {}, "closures": []}
        connection.execute(account_table.insert(), {**row, "languages": ["en"]})
    bus = MemoryBus()
    made = Shop(store=AsyncStore(store, bus), bus=bus, clock=clock, worker=None)  # type: ignore[arg-type]
    made.worker = made.another_worker()
    yield made
    for worker in made.workers:
        await worker.close()
    await asyncio.to_thread(store.close)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver() as server:
        yield server


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "LAST_SECONDS", 0.05)


@asynccontextmanager
async def running(*workers: DeliveryWorker) -> AsyncIterator[None]:
    """Workers that run until the block ends, and have stopped after it."""
    tasks = [asyncio.create_task(worker.run()) for worker in workers]
    try:
        yield
    finally:
        await end(tasks)


async def hang(request: web.Request) -> web.Response:
    await asyncio.Event().wait()
    return web.Response()


def verified(received: Any) -> Any:
    return Verifier(SECRET).verify(received.body, received.headers)


async def test_an_event_arrives_once_and_verifies(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)
    TRACEPARENT.set(TRACE)
    await shop.happen("ticket.created")
    TRACEPARENT.set(None)

    rounds = [await shop.deliver(), await shop.deliver(), await shop.pass_by(timedelta(days=2))]

    delivery = await shop.one()
    (request,) = receiver.received
    assert rounds == [1, 0, 0]
    assert verified(request)["data"]["id"] == TICKET
    assert (request.method, request.path, request.id) == ("POST", "/hook", delivery.id)
    assert request.json["traceId"] == delivery.trace_id
    assert request.headers["traceparent"] == TRACE
    assert (delivery.state, delivery.attempts, delivery.last_status, delivery.last_error) == ("delivered", 1, 204, None)
    assert delivery.delivered_at is not None


async def test_the_headers_say_who_sends(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url, headers={"Authorization": "Basic eDp5", **FORGED})
    await shop.happen()

    await shop.deliver()

    (request,) = receiver.received
    headers = request.headers
    assert headers["user-agent"] == "Turnero/9.9"
    assert headers["content-type"] == "application/json"
    assert headers["x-powered-by"] == "Turnero"
    assert "x-requested-with" in headers
    assert headers["authorization"] == "Basic eDp5"
    assert headers["webhook-id"].startswith("msg_")
    assert headers["host"] == f"127.0.0.1:{receiver.port}"
    assert "cookie" not in headers


async def test_each_webhook_gets_the_events_it_wants_in_its_own_dialect(shop: Shop, receiver: Receiver):
    await shop.webhook("vendor", receiver.url + "/vendor", events=["qms.assigned"])
    await shop.webhook("ours", receiver.url + "/ours", dialect="native")
    for name in ("ticket.created", "ticket.called", "ticket.assigned"):
        await shop.happen(name)

    while await shop.deliver():
        pass

    vendor = [r.json["event"] for r in receiver.received if r.path.endswith("vendor")]
    ours = [verified(r)["type"] for r in receiver.received if r.path.endswith("ours")]
    assert vendor == ["qms.assigned"]
    assert ours == ["ticket.created", "ticket.called", "qms.assigned"]


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

    await shop.deliver()
    await shop.happen()

    network = await shop.store.read(lambda tx: tx.network("acme"))
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
    late = await shop.store.write(claims.finish, parcel=parcel, outcome=Outcome(status=200), step=Delivered())

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


async def test_the_events_of_one_ticket_arrive_in_order(shop: Shop, receiver: Receiver):
    names = ["ticket.created", "ticket.offered", "ticket.called", "ticket.recalled", "ticket.serving", "ticket.done"]
    four = asyncio.Barrier(4)

    async def all_together(request: web.Request) -> web.Response:
        await four.wait()
        return web.Response()

    receiver.answer = all_together
    await shop.webhook("ours", receiver.url, dialect="native")
    for name in names:
        for n in range(4):
            await shop.happen(name, entity=f"t{n}")

    async with running(shop.worker):
        await receiver.wait(24)

    for n in range(4):
        seen = [r.json["type"] for r in receiver.received if r.json["data"]["ticket"]["id"] == f"t{n}"]
        assert seen == names
    assert receiver.most_at_once == 4


async def test_events_of_one_transaction_arrive_as_they_happened(shop: Shop, receiver: Receiver):
    names = ["ticket.called", "ticket.assigned", "ticket.recalled", "ticket.serving", "ticket.parked"]
    await shop.webhook("ours", receiver.url, dialect="native")

    def several(tx: Tx) -> None:
        for name in names:
            _emit(tx, event=Event(name=name, at=tx.now, account_id="acme", entity="t"), payload=snapshot("t", "1"))

    await shop.store.write(several)
    while await shop.deliver():
        pass

    assert [r.json["type"] for r in receiver.received] == [native.EVENTS[name] for name in names]


async def test_two_workers_deliver_everything_once(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)

    async with running(shop.worker, shop.another_worker()):
        for n in range(40):
            await shop.happen(entity=f"t{n}")
        await receiver.wait(40)

    assert len(receiver.received) == len({r.id for r in receiver.received}) == 40
    assert {d.state for d in await shop.all()} == {"delivered"}


async def test_an_event_leaves_as_soon_as_it_is_committed(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)
    await shop.happen(entity="t1")

    async with running(shop.worker):
        await receiver.wait(1)
        await shop.happen(entity="t2")

        await receiver.wait(2, seconds=working.TICK_SECONDS * 0.9)


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


async def test_a_payload_that_cannot_be_said_is_a_dead_letter_and_holds_up_nothing(shop: Shop, receiver: Receiver):
    await shop.webhook("qms", receiver.url)

    def broken(tx: Tx) -> None:
        tx.emit(Event(name="ticket.created", at=tx.now, account_id="acme", entity="t", payload={"ticket": 1}))

    await shop.store.write(broken)
    await shop.happen()
    await shop.deliver()

    states = sorted((d.state, d.last_error) for d in await shop.all())
    assert states == [("dead", "render"), ("delivered", None)]


async def test_of_an_answer_a_kilobyte_is_kept_as_text(shop: Shop, receiver: Receiver):
    async def long(request: web.Request) -> web.Response:
        return web.Response(status=400, body=b"no\x00\xff " + b"x" * 10_000_000)

    receiver.answer = long
    await shop.webhook("qms", receiver.url)
    await shop.happen()

    await shop.deliver()

    (attempt,) = await shop.attempts((await shop.one()).id)
    assert attempt.excerpt is not None
    assert attempt.excerpt.startswith("no\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER} x")
    assert len(attempt.excerpt) == 1024


async def test_an_answer_whose_body_never_ends_is_decided_by_its_status(shop: Shop, receiver: Receiver):
    async def drip(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b".")
            await asyncio.sleep(0.01)

    receiver.answer = drip
    await shop.webhook("qms", receiver.url)
    await shop.happen()

    await shop.deliver()

    assert (await shop.one()).state == "delivered"


async def test_an_attempt_ends_in_time_whatever_the_target_does(receiver: Receiver):
    gone = asyncio.Event()

    async def drip_headers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(b"HTTP/1.1 200 OK\r\n")
            while not reader.at_eof() and not writer.is_closing():
                writer.write(b"x: y\r\n")
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.01):
                        await reader.read(1024)
        except ConnectionError:  # it left in the middle of what was being written
            pass
        finally:
            writer.close()
            gone.set()

    receiver.answer = hang
    dripping = await asyncio.start_server(drip_headers, "127.0.0.1", 0)
    drips = f"http://127.0.0.1:{dripping.sockets[0].getsockname()[1]}/"
    sender = Sender(Guard(LOOPBACK), user_agent="test", wall=lambda: datetime.now(UTC))

    async with dripping:
        outcomes = [await sender.send(url, body=b"{}", headers={}, seconds=0.2) for url in (receiver.url, drips)]
        await sender.close()
        await gone.wait()

    assert [outcome.failure for outcome in outcomes] == ["timeout", "timeout"]


async def test_a_server_that_does_not_speak_tls_is_a_tls_failure(receiver: Receiver):
    sender = Sender(Guard(LOOPBACK), user_agent="test", wall=lambda: datetime.now(UTC))

    outcome = await sender.send(receiver.url.replace("http:", "https:"), body=b"{}", headers={}, seconds=5)
    await sender.close()

    assert outcome.failure == "tls"


async def test_a_header_that_would_break_the_request_is_not_sent(receiver: Receiver):
    sender = Sender(Guard(LOOPBACK), user_agent="test", wall=lambda: datetime.now(UTC))

    outcome = await sender.send(receiver.url, body=b"{}", headers={"x": "line\r\nbreak"}, seconds=5)
    await sender.close()

    assert outcome.failure == "invalid_request"
    assert receiver.received == []


async def test_an_outcome_waits_for_a_database_that_is_away(
    shop: Shop, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(working, "TICK_SECONDS", 0.01)
    await shop.webhook("qms", receiver.url)
    await shop.happen()
    write, outages = shop.store.write, ["full", "still full"]

    async def moody(service: Any, /, **arguments: Any) -> Any:
        if service is claims.finish and outages:
            raise Unavailable(outages.pop())
        return await write(service, **arguments)

    monkeypatch.setattr(shop.store, "write", moody)
    await shop.deliver()

    delivery = await shop.one()
    assert (delivery.state, delivery.attempts) == ("delivered", 1)
    assert len(receiver.received) == 1


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
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        statements.append(statement)

    sa.event.listen(shop.store.store.snapshots, "before_cursor_execute", note)
    await shop.store.read(claims.due)

    (asked,) = [s for s in statements if "delivery" in s]
    plan = await shop.store.read(lambda tx: _plan(tx, asked))
    assert "USING INDEX ix_delivery_due" in plan


def _plan(tx: Tx, statement: str) -> str:
    rows = tx.connection.exec_driver_sql("EXPLAIN QUERY PLAN " + statement, (0,) * statement.count("?"))
    return json.dumps([list(row) for row in rows])
