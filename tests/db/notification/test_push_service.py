"""Messages to browsers, as a push service and a browser that know only the specifications take them."""

import asyncio
from datetime import timedelta
from ipaddress import ip_network
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from aiohttp import web
from cryptography.exceptions import InvalidTag

from acd.delivery import Guard
from qms.services import serving
from qms.services.summoning import wishes
from qms.services.summoning.push_key import push_key
from qms.store.schema.reaching import message
from qms.store.schema.summons import summons
from tests.db.notification.conftest import SECRET
from tests.db.work.town import Town
from tests.push_service import Browser, accepted
from tests.receiver import Receiver

HERE = Guard([ip_network("127.0.0.0/8")])


@pytest.fixture
async def service():
    """A push service."""
    async with Receiver(201) as receiver:
        yield receiver


@pytest.fixture
def called(store, clock, service):
    """`called()`: a town in which the number of a visitor has been called whose browser has subscribed."""

    def called() -> tuple[Town, Browser]:
        town, browser = Town.built(store, clock), Browser()
        ticket = town.take()
        address = service.url.replace("http:", "https:")
        town.store.write(wishes.subscribe, link=ticket.link, endpoint=address, keys=browser.keys, language="es")
        here = summons.update().values(address=service.url)  # whose certificate nobody knows
        town.store.write(lambda tx: tx.execute(here))
        town.present("ben", poc="c1")
        town.do(serving.next_ticket, "ben")
        return town, browser

    return called


def messages(town):
    rows = sa.select(message.c.state, message.c.attempts, message.c.last_error, message.c.due_at)
    return town.store.read(lambda tx: tx.execute(rows).all())


async def come_to(town, so):
    """The message, once it is so."""
    async with asyncio.timeout(20):
        while not so(*(rows := await asyncio.to_thread(messages, town))):  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(0.02)
    return rows[0]


async def test_the_service_takes_it_and_the_browser_alone_reads_it(called, service, sending, clock):
    town, browser = called()

    async with sending(None, guard=HERE, push_key=push_key(SECRET)):
        (request,) = await service.wait(1)

    claims = accepted(request, f"http://127.0.0.1:{service.port}", clock.at.timestamp())
    said = browser.opened(request.body)
    (ticket,) = town.store.read(lambda tx: tx.execute(sa.text("SELECT id, link FROM ticket")).all())
    assert claims["sub"] == "https://desk.example"
    assert (said["tag"], urlsplit(said["page"]).path) == (ticket.id, f"/t/{ticket.link}")
    assert "C001" in said["title"] + said["body"]
    assert request.headers["topic"] == ticket.id
    assert 0 < int(request.headers["ttl"]) <= 600
    with pytest.raises(InvalidTag):
        Browser().opened(request.body)


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_asked_no_more(called, service, sending, status):
    town, _ = called()
    service.answer = status

    async with sending(None, guard=HERE, push_key=push_key(SECRET)):
        row = await come_to(town, lambda row: row.state == "dead")

    town.do(serving.recall, "ben")
    assert (row.last_error, row.attempts) == (f"status_{status}", 1)
    assert len(messages(town)) == 1
    assert town.store.read(lambda tx: tx.execute(sa.select(summons.c.address, summons.c["keys"])).all()) == [("", None)]


@pytest.mark.parametrize("asked", ["120", "Mon, 02 Mar 2026 15:02:00 GMT"])
async def test_a_service_that_wants_to_be_left_alone_is(called, service, sending, clock, asked):
    town, browser = called()
    begun = clock.at

    async def busy(_):
        return web.Response(status=429, headers={"Retry-After": asked})

    service.answer = busy
    async with sending(None, guard=HERE, push_key=push_key(SECRET)):
        row = await come_to(town, lambda row: row.attempts == 1)
        service.answer = 201
        clock.move(minutes=3)
        await service.wait(2)

    assert (row.last_error, row.state) == ("status_429", "pending")
    assert timedelta(seconds=110) < row.due_at - begun < timedelta(seconds=130)
    assert int(service.received[1].headers["ttl"]) < 500
    assert browser.opened(service.received[1].body) == browser.opened(service.received[0].body)
