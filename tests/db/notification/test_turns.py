"""Visitors are told on devices of their own that their turn is near, or has come: once, and while it is so."""

import json
from base64 import urlsafe_b64encode
from ipaddress import ip_network

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import ec

from acd.delivery import Guard
from qms.domain.errors import Conflict, Gone, Invalid
from qms.domain.message import Message
from qms.services import brand_files, serving, visitors
from qms.services.notification.letters import letters
from qms.services.privacy import people
from qms.services.privacy.finding import Who
from qms.services.summoning import telling, wishes
from qms.services.summoning.push_key import point_of, push_key
from qms.store.schema.reaching import message
from qms.store.schema.summons import summons
from tests.db.notification.conftest import SECRET
from tests.db.work.town import TOWN, Town
from tests.receiver import Receiver

HERE = Guard([ip_network("127.0.0.0/8")])
TEXTING = """
[messages]
country = "CL"

[[messages.provider]]
channel = "SMS"
url = "{url}"
"""


@pytest.fixture
async def provider():
    """Somebody who sends SMS."""
    async with Receiver(202) as receiver:
        yield receiver


@pytest.fixture
def town(store, clock, provider) -> Town:
    """The town, which writes to telephones."""
    return Town.built(store, clock, TOWN + TEXTING.format(url=provider.url))


@pytest.fixture
def told(town):
    """`told()`: the messages so far, each as kind and recipient, sorted."""

    def told():
        return sorted(
            (one.kind, one.recipient) for one in town.store.read(lambda tx: tx.all(Message, sa.select(message)))
        )

    return told


def ask(town, ticket, to="9 6123 4567", **more):
    return town.store.write(wishes.ask, link=ticket.link, to=to, **more)


def look(town):
    """What the summoner does each second."""
    for domain, ids in town.store.read(telling.near).items():
        town.store.write(telling.tell_near, domain=domain, ids=ids)


def test_who_asks_is_told_once_that_his_turn_is_near_and_each_time_that_it_has_come(town, told):
    third = [town.take() for _ in range(3)][-1]
    ask(town, third, places=1)
    town.present("ben", poc="c1")

    look(town)
    before = told()
    town.do(serving.next_ticket, "ben")
    for _ in range(2):
        look(town)
    near = told()
    for _ in range(2):
        town.do(serving.next_ticket, "ben")
    for _ in range(3):
        town.do(serving.recall, "ben")

    assert before == []
    assert near == [("turn_near", "+56961234567")]
    assert told() == [("turn", "+56961234567")] * 3 + near  # the call, and two recalls


def test_an_address_is_checked_replaced_and_forgotten_and_strangers_are_not_troubled(town, told, clock):
    ticket = town.take()
    for wrong in ("hello", "12345", "me@example.org"):
        with pytest.raises(Invalid):
            ask(town, ticket, wrong)

    ask(town, ticket, "me@example.org", mails=True)
    for last in range(4):
        ask(town, ticket, f"+5696123456{last}")
    with pytest.raises(Conflict):
        ask(town, ticket, "+56961234569")
    standing = sorted(town.store.read(wishes.of_ticket, link=ticket.link), key=lambda one: one.channel)
    town.store.write(wishes.stop, link=ticket.link, id=standing[0].id)
    town.present("ben", poc="c1")
    town.do(serving.next_ticket, "ben")

    assert [one.masked for one in standing] == ["m…@example.org", "+56 … 63"]
    assert told() == [("turn", "+56961234563")]
    with pytest.raises(Gone):
        ask(town, ticket)
    town.do(serving.finish, "ben")
    clock.move(minutes=61)
    town.store.write(telling.forget)
    assert town.store.read(lambda tx: tx.execute(sa.select(summons)).all()) == []


def test_whoever_is_erased_is_told_nothing_more(town):
    ticket = town.take()
    ask(town, ticket)

    with pytest.raises(Conflict):
        town.store.write(people.erase, account=town.account, who=Who(phone="+56 9 6123 4567"), by="x")
    town.store.write(visitors.leave, link=ticket.link)
    erased = town.store.write(people.erase, account=town.account, who=Who(phone="+56 9 6123 4567"), by="x")

    assert erased["summons"] == 1
    assert town.store.read(lambda tx: tx.execute(sa.select(summons)).all()) == []


def test_a_mail_has_the_logo_of_the_branch_where_the_turn_is(store, clock):
    branded = 'slug = "town"\nbrand = { logo = "town.png" }', 'key = "main"\nbrand = { logo = "main.png" }'
    town = Town.built(store, clock, TOWN.replace('slug = "town"', branded[0]).replace('key = "main"', branded[1]))
    logos = {name: b"\x89PNG\r\n\x1a\n" + name.encode() for name in ("town.png", "main.png")}
    town.store.write(brand_files.put_up_beside, slug="town", files=logos)
    for branch in ("main", "bare"):
        ask(town, town.take(branch=branch), "me@example.org", mails=True, places=1)
    look(town)

    def by_branch(tx):
        written, _ = letters(tx, tx.all(Message, sa.select(message)), public_url="https://desk.example")
        return {letter.message.data["branch"]: letter.logo and letter.logo.content for letter in written}

    assert town.store.read(by_branch) == {"main": logos["main.png"], "bare": logos["town.png"]}


async def test_what_is_not_so_any_more_is_not_said_and_what_is_goes_out(town, provider, sending, clock):
    stays, leaves = town.take(), town.take()
    browser = ec.generate_private_key(ec.SECP256R1())
    keys = {"p256dh": urlsafe_b64encode(point_of(browser)).decode(), "auth": urlsafe_b64encode(b"x" * 16).decode()}
    for ticket in (stays, leaves):
        ask(town, ticket, places=3)
    town.store.write(wishes.subscribe, link=stays.link, endpoint=provider.url.replace("http:", "https:"), keys=keys)
    town.store.write(
        lambda tx: tx.execute(summons.update().where(summons.c.channel == "PUSH").values(address=provider.url))
    )
    look(town)
    town.store.write(visitors.leave, link=leaves.link)

    async with sending(None, guard=HERE, push_key=push_key(SECRET)):
        await provider.wait(2)

    text, push = sorted(provider.received, key=lambda one: "ttl" in one.headers)
    assert json.loads(text.body) == {
        "to": "+56961234567",
        "text": f"main. C001: You are next. https://desk.example/t/{stays.link}",
    }
    assert push.headers["content-encoding"] == "aes128gcm"
    states = town.store.read(
        lambda tx: tx.execute(sa.select(message.c.state).order_by(message.c.state)).scalars().all()
    )
    assert sorted(states)[0] in ("pending", "sent")
    assert "stale" in states
