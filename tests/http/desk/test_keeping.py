"""The pages of keeping: keys, webhooks, people, the audit log and one's own login, as forms without scripts."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from aiohttp.test_utils import TestClient

from qms.domain import one_time_code
from qms.domain.network_file import read_network
from qms.services import auditing, deliveries, keys, logins
from qms.services.applying import revisions
from qms.store.schema.access import api_key
from qms.web.key_uses import KEY_USES
from server.applying import apply_to
from server.opened import open_installation
from server.settings import Settings
from server.wiring import EVENT_NAMES, application
from tests.http.conftest import Server
from tests.http.desk.conftest import QUICK

PASSWORD = "correct horse battery"
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
BANK = f"""
[account]
slug = "bank"
timezone = "America/Santiago"
sign_in = {{ issuer = "https://id.example", client_id = "turnero", client_secret = "s", name = "First Bank" }}
[[branch]]
key = "main"
[[agent]]
key = "olga"
firstname = "Olga"
email = "olga@bank.example"
role = "owner"
password_hash = "{QUICK.hash(PASSWORD)}"
[[agent]]
key = "ana"
firstname = "Ana"
email = "ana@bank.example"
[[agent]]
key = "mia"
firstname = "Mia"
email = "mia@bank.example"
role = "manager"
[[agent]]
key = "sam"
firstname = "Sam"
email = "sam@bank.example"
role = "supervisor"
[[webhook]]
key = "crm"
url = "http://127.0.0.1:9/hook"
events = ["*"]
dialect = "voki"
"""


NETWORK = ["", "/brand", "/translations", "/addresses", "/import", "/history"]
ADMINISTRATION = {
    "sam": ["/devices"],
    "mia": [*NETWORK, "/devices", "/webhooks"],
    "olga": [*NETWORK, "/devices", "/webhooks", "/keys", "/people", "/log"],
}
"""Who finds which pages of the administration, besides his own login."""


class Bank:
    """A bank with its owner's browser, which has no scripts."""

    def __init__(self, client, store, account):
        self.client, self.store, self.account = client, store, account
        self.headers = {"Cookie": f"turnero_desk={self.sign_in('olga')}"}

    def sign_in(self, key):
        agent = self.read(lambda tx: tx.network(self.account).agents.find(key))
        return self.store.write(logins.start, kind="desk", agent=agent, scope=key, lasts=timedelta(hours=1))[0]

    def read(self, ask):
        return self.store.read(ask)

    async def see(self, path, **more):
        async with self.client.get(path, headers=self.headers, **more) as answer:
            assert answer.status == 200, path
            return await answer.text()

    async def send(self, path, status=200, **form):
        async with self.client.post(path, data=form, headers=self.headers, allow_redirects=False) as answer:
            assert answer.status == status, await answer.text()
            return await answer.text() if status != 303 else answer.headers["Location"]


@pytest.fixture
async def bank(tmp_path):
    """The whole application, with a bank; the test has a store of its own, as another process would."""
    settings = Settings.read({"TURNERO_DATABASE_URL": f"sqlite:///{tmp_path}/bank.db", "TURNERO_ROLES": "desk"})
    opened, ours = open_installation(settings, event_names=EVENT_NAMES), open_installation(settings)
    network = read_network(BANK, "bank.toml")
    apply_to(ours.store, network)
    async with TestClient(Server(application(opened))) as client:
        yield Bank(client, ours.store, network.account.id)
    for one in (opened, ours):
        one.store.close()


def shown_once(page):
    return re.findall(r"<code data-secret>(.*?)</code>", page)


async def test_keys_are_made_used_replaced_and_taken_back(bank):
    made = await bank.send("/admin/keys", do="program", label="Wall", scopes="reports.read", expires="2099-01-31")
    (token,) = shown_once(made)
    async with bank.client.get("/desk/api/reports", headers={"Authorization": f"Bearer {token}"}) as answer:
        assert answer.status == 200
    await bank.client.app[KEY_USES].write()
    (key,) = bank.read(lambda tx: keys.list_keys(tx, account=bank.account))
    nothing = await bank.send("/admin/keys", 422, do="program", label="Nothing")
    over = await bank.send("/admin/keys", 422, do="vendor", kind="backend", expires="2020-01-31")
    vendor = await bank.send("/admin/keys", do="vendor", kind="backend", addresses="10.0.0.0/8, 127.0.0.1")
    client = await bank.send("/admin/keys", do="vendor", kind="ROLE_ADMIN")
    (second,) = shown_once(await bank.send("/admin/keys", do="replace", id=key.id))
    page = await bank.see("/admin/keys")
    gone = await bank.send("/admin/keys", 303, do="revoke", id=key.id)

    assert key.last_used_at is not None
    assert token not in page
    assert "some of board.watch" in nothing
    assert "a time that is still to come" in over
    assert len(shown_once(vendor)) == 1
    assert len(shown_once(client)) == 2
    assert second != token
    assert page.count('data-standing="replaced"') == 1
    assert gone == "/admin/keys?done=revoked"
    actors = bank.read(lambda tx: tx.raw("SELECT DISTINCT actor FROM audit WHERE action LIKE 'key.%'", {}))
    assert [actor for (actor,) in actors] == [bank.read(lambda tx: tx.network(bank.account).agents.find("olga").id)]
    assert bank.read(lambda tx: tx.execute(sa.select(sa.func.count()).select_from(api_key)).scalar()) == 4


async def test_a_webhook_is_tried_switched_off_and_on_and_told_again(bank):
    path = "/admin/webhooks/crm"
    bank.headers["traceparent"] = TRACE
    assert await bank.send(path, 303, do="test") == f"{path}?done=test"
    del bank.headers["traceparent"]
    (delivery,) = bank.read(lambda tx: deliveries.list_deliveries(tx, bank.account))
    (secret,) = shown_once(await bank.send(path, do="rotate", overlap_hours="1"))
    await bank.send(path, 303, do="disable")
    refused = await bank.send(path, 422, do="test")
    off = await bank.see("/admin/webhooks")
    await bank.send(path, 303, do="enable")
    await bank.send(path, 303, do="replay", state="dead", since="2020-01-01", until="2099-01-01")
    again = bank.read(lambda tx: deliveries.list_deliveries(tx, bank.account))
    await bank.send(path, 303, do="replay_one", delivery=delivery.id)
    chosen = await bank.see(path, params={"state": "delivered", "since": "2020-01-01"})
    wrong = await bank.client.get(path, params={"since": "soon"}, headers=bank.headers)
    attempts = await bank.see(f"/admin/deliveries/{delivery.id}")

    assert (delivery.event, delivery.state, delivery.traceparent) == ("webhook.test", "pending", TRACE)
    assert bank.read(lambda tx: tx.network(bank.account).webhooks.find("crm").secret) == secret
    assert "switched off by hand" in off
    assert "disabled" in refused
    assert [one.state for one in again] == ["pending"]
    assert delivery.id not in chosen
    assert wrong.status == 422
    assert delivery.id in attempts


async def test_people_are_given_roles_and_let_in_again(bank):
    ana = bank.read(lambda tx: tx.network(bank.account).agents.find("ana"))
    bank.sign_in("ana")
    path = f"/admin/people/{ana.public_id}"
    everybody = await bank.see("/admin/people")
    await bank.send(path, 303, do="role", role="manager")
    one = await bank.see(path)
    (login,) = re.findall(r'data-login="(\w+)"', one)
    await bank.send(path, 303, do="end", login=login)
    (password,) = shown_once(await bank.send(path, do="password"))
    await bank.send(path, 422, do="role", role="king")
    olga = bank.read(lambda tx: tx.network(bank.account).agents.find("olga"))
    last = await bank.send(f"/admin/people/{olga.public_id}", 422, do="role", role="attendant")
    said = {"account": "bank", "email": "ana@bank.example", "password": password, "new_password": "another good one"}
    signed_in = await bank.client.post("/desk/api/session", json=said)

    assert 'data-person="ana"' in everybody
    assert bank.read(lambda tx: tx.network(bank.account).agents.find("ana").role) == "manager"
    latest, *_ = bank.read(lambda tx: revisions.latest(tx, account=bank.account))
    assert (latest.by, latest.changes) == (olga.id, ["change agent ana (role)"])
    assert "that of the last owner" in last
    assert signed_in.status == 201


async def test_the_log_is_read_and_verified(bank):
    await bank.send("/admin/keys", do="program", label="Wall", scopes="reports.read")

    log, chosen = await bank.see("/admin/log?verify=1"), await bank.see("/admin/log?action=key")

    assert "The log is whole" in log
    assert "network.applied" in log
    assert "key.issued" in chosen
    assert "network.applied" not in chosen


async def test_one_s_own_password_app_and_logins_are_one_s_own_to_change(bank):
    bank.sign_in("olga")
    set_up = await bank.send("/own-login", do="set_up")
    (secret,) = shown_once(set_up)
    step = one_time_code.step_of(bank.read(lambda tx: tx.machine_now))
    not_yet = await bank.send("/own-login", 422, do="confirm", code="000000")
    codes = re.findall(
        r"data-recovery>([^<]+)<",
        await bank.send("/own-login", do="confirm", code=one_time_code.code_at(secret, step)),
    )
    renewed = await bank.send("/own-login", do="recover", code=codes[0])
    spent = await bank.send("/own-login", 422, do="leave", code=codes[1])
    alone = await bank.see("/own-login")
    new = "a longer sentence of olga"
    wrong = {"password": "wrong", "new_password": new, "again": new}
    refused = await bank.send("/own-login", 422, do="password", **wrong)
    await bank.send("/own-login", 303, do="password", password=PASSWORD, new_password=new, again=new)
    said = {"account": "bank", "email": "olga@bank.example", "password": new}
    wants_code = await bank.client.post("/desk/api/session", json=said)

    assert "<svg" in set_up
    assert "That is not the code" in not_yet
    assert len(set(codes + re.findall(r"data-recovery>([^<]+)<", renewed))) == 20
    assert "neither the code" in spent
    assert "10 recovery codes are left." in alone
    assert "data-recovery" not in alone
    assert alone.count("data-login=") == 1
    assert alone.count('type="password"') == 3
    assert alone.count('autocomplete="new-password"') == 2
    assert 'autocomplete="current-password"' in alone
    assert "The password is wrong" in refused
    assert wants_code.status == 401
    assert (await wants_code.json())["kind"] == "code"


async def test_failed_logins_are_in_the_log_and_do_not_flood_it(bank):
    said = {"account": "bank", "password": "wrong"}
    for n in range(8):
        body = {**said, "email": "olga@bank.example" if n < 2 else f"nobody{n}@bank.example"}
        async with bank.client.post("/desk/api/session", json=body) as answer:
            assert answer.status == 401
    entries = bank.read(lambda tx: auditing.listed(tx, account=bank.account, action="login.failed"))
    page = await bank.see("/admin/log?action=login.failed")

    assert len(entries) == 5
    assert len({one.object for one in entries}) == 4  # the same twice
    assert [one.data for one in entries] == [{"more_not_noted": True}, {}, {}, {}, {}]
    assert {one.actor for one in entries} == {"anybody"}
    assert "nobody" not in page
    assert "olga@" not in page


async def test_the_way_in_shows_the_provider_of_the_account_that_is_asked_for(bank):
    pages = {path: await bank.see(path) for path in ("/desk", "/desk?account=bank", "/desk?account=another")}

    assert ["First Bank" in page for page in pages.values()] == [True, True, False]


async def test_nobody_else_sees_these_pages(bank):
    bank.headers = {"Cookie": f"turnero_desk={bank.sign_in('ana')}"}
    for path in ("/admin/keys", "/admin/webhooks", "/admin/people", "/admin/log"):
        async with bank.client.get(path, headers=bank.headers) as answer:
            assert answer.status == 403, path
    async with bank.client.get("/own-login", allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, "/desk")


async def test_every_page_of_the_administration_leads_to_all_that_one_may_see(bank):
    for key, paths in ADMINISTRATION.items():
        bank.headers = {"Cookie": f"turnero_desk={bank.sign_in(key)}"}
        pages = [*(f"/admin{path}" for path in paths), "/own-login"]
        for page in pages:
            (bar,) = re.findall(r'<nav class="bar-pages.*?</nav>', await bank.see(page), re.DOTALL)
            assert re.findall(r'href="([^"]*)"', bar) == pages, page
            assert f'href="{page}" aria-current="page"' in bar


@pytest.mark.parametrize(
    ("below", "part"),
    [("/admin/network/queue", "/admin"), ("/admin/new/queue", "/admin"), ("/admin/history/1", "/admin/history")],
)
async def test_a_page_below_another_is_shown_as_a_part_of_it(bank, below, part):
    bank.headers = {"Cookie": f"turnero_desk={bank.sign_in('olga')}"}

    (bar,) = re.findall(r'<nav class="bar-pages.*?</nav>', await bank.see(below), re.DOTALL)

    assert re.findall(r'href="([^"]*)" aria-current="true"', bar) == [part]
