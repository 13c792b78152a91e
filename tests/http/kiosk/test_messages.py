"""Messages about one's number: asked for on the ticket's page with and without scripts, and at the kiosk."""

import re

import pytest

from qms.services.summoning import wishes
from qms.store.schema.network import account as accounts
from qms.store.schema.network import kiosk as kiosks
from tests.http.visits import Branch, change, faces

PROVIDER = {"channel": "SMS", "url": "http://127.0.0.1:9/", "method": "POST", "headers": {}, "body": ""}


@pytest.fixture
async def branch(serve, seeded) -> Branch:
    """A branch that writes to telephones and mailboxes, at a safe address."""
    branch = Branch(await serve(faces, public_url="https://q.example", mails=True), seeded)
    await branch.store.write(_provide, account=seeded.account)
    return branch


def _provide(tx, *, account):
    change(
        tx,
        table=accounts,
        **tx.vault.seal_row(accounts, account, {"messages": {"country": "CL", "providers": [PROVIDER]}}),
    )


async def standing(branch, ticket):
    found = await branch.store.read(wishes.of_ticket, link=ticket.link)
    return [(one.channel, one.address, one.places) for one in found]


async def test_without_scripts_one_is_asked_told_what_is_wrong_and_can_stop(branch):
    ticket = await branch.arrive()
    path, form = f"/t/{ticket.link}", {"do": "write", "places": "3"}

    closed = await (await branch.client.get(path)).text()
    opened = await (await branch.client.get(f"{path}?ask=messages")).text()
    wrong = await branch.client.post(path, data={**form, "to": "<b>9999</b>"})
    said = await wrong.text()
    right = await branch.client.post(path, data={**form, "to": " 9 6123 4567 "}, allow_redirects=False)
    kept = await standing(branch, ticket)
    shown = await (await branch.client.get(right.headers["Location"])).text()
    (id,) = re.findall(r'name="id" value="(\w+)"', shown)
    await branch.client.post(path, data={"do": "stop", "id": id})

    assert (f"{path}?ask=messages" in closed, 'http-equiv="refresh"' in closed) == (True, True)
    assert (opened.count('name="to"'), 'http-equiv="refresh"' in opened) == (1, False)
    assert (wrong.status, 'role="alert"' in said, 'value="&lt;b&gt;9999&lt;/b&gt;"' in said) == (422, True, True)
    assert '<option value="3" selected>' in said
    assert (right.status, kept) == (303, [("SMS", "+56961234567", 3)])
    assert "+56 … 67" in shown
    assert "61234567" not in shown
    assert await standing(branch, ticket) == []


async def test_programs_and_browsers_ask_in_json(branch, seeded):
    ticket = await branch.arrive()
    path = f"/t/{ticket.link}"
    browser = {"endpoint": "https://push.example/x", "keys": {"p256dh": "AAAA", "auth": "AAAA"}}

    mailed = await branch.client.post(f"{path}/messages", json={"to": "me@example.org", "places": 0, "language": "es"})
    pushed = [await branch.client.post(f"{path}/browsers", json=browser) for _ in range(2)]
    unsafe = await branch.client.post(f"{path}/browsers", json={**browser, "endpoint": "http://push.example/x"})
    await branch.work()
    await branch.call_next()
    late = await branch.client.post(f"{path}/messages", json={"to": "you@example.org"})

    assert (mailed.status, [one.status for one in pushed], unsafe.status, late.status) == (201, [201, 201], 422, 410)
    assert {**await mailed.json(), "id": ""} == {"id": "", "channel": "EMAIL", "to": "m…@example.org", "places": 0}
    assert sorted(await standing(branch, ticket)) == [
        ("EMAIL", "me@example.org", 0),
        ("PUSH", "https://push.example/x", 1),
    ]


async def test_a_kiosk_asks_for_a_telephone_where_it_is_set_up_so(branch, kiosk, seeded):
    ticket, elsewhere = await branch.arrive(), await branch.arrive(branch="north", queue="tramites")

    async def ask(ticket, phone="9 6123 4567"):
        wish = {"ticket": ticket.id, "phone": phone, "language": "en"}
        return (await branch.client.post(f"{kiosk}/messages", json=wish)).status

    before = (await (await branch.client.get(f"{kiosk}/menu")).json())["device"]["phone"], await ask(ticket)
    await branch.store.write(change, table=kiosks, settings={"phone": True})
    after = (await (await branch.client.get(f"{kiosk}/menu")).json())["device"]["phone"]

    assert (before, after) == ((False, 404), True)
    assert [await ask(ticket), await ask(ticket, "1234567890123"), await ask(elsewhere)] == [201, 422, 404]
    assert await standing(branch, ticket) == [("SMS", "+56961234567", 1)]


async def test_where_nobody_sends_nothing_is_offered(serve, seeded):
    branch = Branch(await serve(faces), seeded)
    ticket = await branch.arrive()

    page = await (await branch.client.get(f"/t/{ticket.link}?ask=messages")).text()

    assert "ask=messages" not in page.replace("?ask=messages&amp;lang=", "")
    assert 'name="to"' not in page
