"""What is sent: an event as its dialect says it, signed, and what the other end makes of it."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from acd.delivery import Guard
from acd.delivery import worker as working
from acd.delivery.sender import Sender
from qms.domain.event import Event
from qms.store.command import TRACEPARENT
from qms.store.tx import Tx
from qms_gateway import webhook_native as native
from tests.http.delivery.shop import (
    LOOPBACK,
    TICKET,
    Shop,
    emit,
    hang,
    running,
    snapshot,
    verified,
)
from tests.receiver import Receiver

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
FORGED = {"Webhook-Id": "forged", "content-length": "1", "Host": "elsewhere.example", "Connection": "upgrade"}


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


async def test_an_event_leaves_as_soon_as_it_is_committed(
    shop: Shop, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(working, "TICK_SECONDS", 600)  # only the commit can be what wakes
    await shop.webhook("qms", receiver.url)
    await shop.happen(entity="t1")

    async with running(shop.worker):
        await receiver.wait(1)
        await shop.happen(entity="t2")

        await receiver.wait(2)


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


async def test_a_connection_that_was_closed_since_the_last_attempt_fails_no_other():
    lines: list[int] = []

    async def answer_once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines.append(0)
        while await reader.readuntil(b"\r\n\r\n{}"):
            lines[-1] += 1
            if lines[-1] == 2:  # as a server does whose patience ended just as the request came
                break
            writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        writer.close()

    target = await asyncio.start_server(answer_once, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{target.sockets[0].getsockname()[1]}/"
    sender = Sender(Guard(LOOPBACK), user_agent="test", wall=lambda: datetime.now(UTC))

    async with target:
        outcomes = [await sender.send(url, body=b"{}", headers={}, seconds=5) for _ in range(3)]
        await sender.close()

    assert [outcome.status for outcome in outcomes] == [204, 204, 204]
    assert lines == [2, 2, 1]


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
            emit(tx, event=Event(name=name, at=tx.now, account_id="acme", entity="t"), payload=snapshot("t", "1"))

    await shop.store.write(several)
    while await shop.deliver():
        pass

    assert [r.json["type"] for r in receiver.received] == [native.EVENTS[name] for name in names]
