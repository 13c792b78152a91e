"""Codes, tests and other channels than e-mail: through an HTTP provider, as the network file describes it."""

import json
from ipaddress import ip_network

import pytest

from acd.delivery import Guard
from qms.domain.customer import Person
from qms.services import messages as putting
from qms.services import otp
from qms.services.notification import outbox
from tests.db.notification.conftest import MAILBOXES
from tests.receiver import Receiver

HERE = Guard([ip_network("127.0.0.0/8")])
PROVIDER = """
[messages]
country = "CL"

[[messages.provider]]
channel = "SMS"
url = "{url}?to={{{{to}}}}"
headers = {{ Authorization = "Bearer hush" }}
{more}
"""
NAME = '"quoted"\\ {{text}}'


@pytest.fixture
async def provider():
    """Somebody who sends SMS."""
    async with Receiver(202) as receiver:
        yield receiver


@pytest.fixture
def texting(clinic, provider):
    """The clinic uses the provider."""

    def texting(more=""):
        clinic.apply(MAILBOXES + PROVIDER.format(url=provider.url, more=more))
        return clinic

    return texting


def meet(clinic, phone, text="Hello {{firstName}}"):
    words = [{"type": "CREATE", "channel": "SMS", "textBody": text}]
    person = Person(firstname=NAME, phone=phone)
    return clinic.meet("10:00", origin="auvious", person=person, agents=(), data={"notifications": words})


async def test_a_text_goes_to_the_provider_with_the_number_as_it_can_be_called(texting, provider, sending, until):
    clinic = texting()
    meet(clinic, "9 6123 4567")

    async with sending(None, guard=HERE):
        (row,) = await until(lambda rows: rows[0].state != "pending")

    (request,) = provider.received
    assert json.loads(request.body) == {"to": "+56961234567", "text": f"Hello {NAME}"}
    assert request.headers["authorization"] == "Bearer hush"
    assert (row.state, row.recipient) == ("sent", "+56961234567")


@pytest.mark.parametrize(
    ("kind", "body", "sent"),
    [
        ("application/x-www-form-urlencoded", "t={{text}}", "t=Hello%20%22quoted%22%5C%20%7B%7Btext%7D%7D"),
        ("application/xml", "<t>{{text}}</t>", "<t>Hello &quot;quoted&quot;\\ {{text}}</t>"),
    ],
)
async def test_values_stay_values_in_every_kind_of_body(texting, provider, sending, until, kind, body, sent):
    meet(texting(f"content_type = '{kind}'\nbody = '{body}'"), "+56961234567")

    async with sending(None, guard=HERE):
        await until(lambda rows: rows[0].state == "sent")

    assert provider.received[0].body.decode() == sent


async def test_a_number_that_nobody_can_call_is_given_up_visibly(texting, messages):
    meet(texting(), "12")

    assert [(one.state, one.last_error) for one in messages()] == [("dead", "bad_recipient")]


async def test_what_a_provider_refuses_is_given_up_and_an_outage_is_outlived(texting, provider, sending, until, clock):
    meet(texting(), "+56961234567")
    provider.answer = 503

    async with sending(None, guard=HERE):
        await until(lambda rows: rows[0].last_error == "status_503")
        provider.answer = 401
        clock.move(seconds=20)
        (row,) = await until(lambda rows: rows[0].state == "dead")

    assert (row.last_error, row.attempts) == ("status_401", 2)


async def test_providers_are_behind_the_same_guard_as_webhooks(texting, provider, sending, until):
    meet(texting(), "+56961234567")

    async with sending(None, guard=Guard()):
        (row,) = await until(lambda rows: rows[0].attempts)

    assert (row.state, row.last_error, provider.received) == ("pending", "blocked_destination", [])


async def test_without_a_provider_it_waits_and_the_outbox_and_the_doctor_say_why(clinic, sending, until):
    meet(clinic, "+56961234567")

    async with sending(None):
        (row,) = await until(lambda rows: rows[0].last_error)

    assert (row.state, row.last_error) == ("pending", "no_sender")
    assert clinic.store.read(outbox.in_trouble) == [("clinic", "no_sender", 1)]


async def test_a_code_goes_first_in_the_language_asked_for_and_not_too_late(clinic, post, sending, until, clock):
    putting_text = {"subject": "news", "text": "news"}
    clinic.store.write(
        putting.put,
        account=clinic.account,
        kind="email_test",
        channel="EMAIL",
        recipient="a@mail.example",
        data=putting_text,
    )
    sent = {"account": clinic.account, "channel": "EMAIL", "locale": "es"}
    clinic.store.write(otp.send, to="eva@mail.example", **sent)

    async with sending(post.url.replace("?", "?connections=1&")):
        code, news = await post.wait_for(2)
        clinic.store.write(otp.send, to="late@mail.example", **sent)
        await post.wait_for(3)
    clinic.store.write(otp.send, to="later@mail.example", **sent)
    clock.move(minutes=11)
    async with sending(post.url):
        rows = await until(lambda rows: all(one.state != "pending" for one in rows))

    assert code.subject.startswith("Su código: ")
    assert (code.to, news.text.strip()) == ("eva@mail.example", "news")
    assert {one.recipient: one.state for one in rows}["later@mail.example"] == "stale"
