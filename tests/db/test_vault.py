"""The vault: no secret that has to be read again stands in the database as it is, nor opens in another place."""

import pytest
import sqlalchemy as sa

from qms.domain import one_time_code
from qms.domain.network_file import read_network
from qms.services import seals, second_factor, webhooks
from qms.services.applying import apply_network
from qms.store.schema import access, metadata
from qms.store.schema import network as tables
from qms.store.vault import NotOpened, Vault

FILE = """
[account]
slug = "bank"
sign_in = { issuer = "https://id.example", client_id = "turnero", client_secret = "canary-of-openid" }
options = { captcha_secret = "canary-of-captcha", honeypot = "always" }
[[messages.provider]]
channel = "SMS"
url = "https://sms.example/"
headers = { Authorization = "canary-of-sms" }
[[branch]]
key = "main"
[[agent]]
key = "ana"
email = "ana@bank.example"
[[webhook]]
key = "crm"
url = "https://crm.example/"
events = ["qms.assigned"]
dialect = "videsk"
secret = "canary-of-webhook"
method = "POST"
headers = { Authorization = "canary-of-header {{secrets.crm}}" }
secrets = { crm = "canary-of-templates" }
"""
OTHER = Vault(b"another secret of thirty-two bytes or more")


def applied(tx, text=FILE):
    return apply_network(tx, file=read_network(text, "bank.toml"), hashes={})


@pytest.fixture
def bank(store):
    """The account's id, with a webhook, a provider, an app for ana and a secret that was rotated."""
    store.write(seals.begin)
    account = store.write(applied) and store.read(lambda tx: tx.execute(sa.select(tables.account.c.id)).scalar())
    store.write(webhooks.rotate, account=account, webhook="crm")
    return account


def everything(store):
    def texts(tx):
        return [
            str(row) for table in metadata.sorted_tables for row in tx.execute(sa.select(sa.text("*"), table)).all()
        ]

    return "\n".join(store.read(texts))


def test_no_secret_stands_in_the_database_and_each_is_there_for_who_needs_it(store, bank):
    ana = store.read(lambda tx: tx.network(bank).agents.find("ana"))
    address = store.write(second_factor.set_up, agent=ana)

    written, network = everything(store), store.read(lambda tx: tx.network(bank))
    again = store.write(applied, text=FILE.replace('secret = "canary-of-webhook"\n', ""))

    code = address.partition("secret=")[2].partition("&")[0]
    webhook = network.webhooks.find("crm")
    assert "canary" not in written.replace("canary-of-header {{secrets.crm}}", "")  # a template names secrets, has none
    assert webhook.secret not in written
    assert code not in written
    assert webhook.previous_secret == "canary-of-webhook"
    assert webhook.secrets == {"crm": "canary-of-templates"}
    assert network.account.sign_in["client_secret"] == "canary-of-openid"
    assert network.account.options == {"captcha_secret": "canary-of-captcha", "honeypot": "always"}
    assert network.account.messages["providers"][0]["headers"] == {"Authorization": "canary-of-sms"}
    assert [str(change) for change in again.changes] == []


def test_what_is_sealed_opens_in_its_place_alone(store, bank):
    w, a = tables.webhook.c, tables.account.c
    sealed = store.read(lambda tx: tx.execute(sa.select(w.secret)).scalar())
    id = store.read(lambda tx: tx.execute(sa.select(w.id)).scalar())
    vault = store.read(lambda tx: tx.vault)

    assert vault.open(w.secret, id, sealed).startswith("whsec_")
    for column, row, text in (
        (w.secret, "f" * 24, sealed),
        (w.previous_secret, id, sealed),
        (a.sign_in, id, sealed),
        (w.secret, id, sealed[:-6] + "AAAA=="),
        (w.secret, id, sealed[:40]),
    ):
        with pytest.raises(NotOpened):
            vault.open(column, row, text)
    with pytest.raises(sa.exc.StatementError, match="expected what the vault has sealed"):
        store.write(lambda tx: tx.execute(tables.webhook.update().values(secret="plain")))


def test_with_another_secret_nothing_opens_and_the_network_says_why(open_store, store, bank):
    wrong = open_store(vault=OTHER)

    with pytest.raises(NotOpened, match="was sealed with another secret than TURNERO_SECRET_KEY"):
        wrong.read(lambda tx: tx.network(bank))
    with pytest.raises(NotOpened):
        wrong.read(seals.proven)
    with pytest.raises(NotOpened):
        wrong.write(seals.begin)


def test_everything_is_sealed_anew_with_the_next_secret(open_store, store, bank):
    ana = store.read(lambda tx: tx.network(bank).agents.find("ana"))
    secret = store.write(second_factor.set_up, agent=ana).partition("secret=")[2].partition("&")[0]
    before = store.read(lambda tx: tx.network(bank))
    both = open_store(vault=Vault(b"the next secret, of thirty-two bytes", b"a secret of at least thirty-two bytes"))
    stale = both.read(seals.stale)

    done = both.write(seals.seal_anew)

    alone = open_store(vault=Vault(b"the next secret, of thirty-two bytes"))
    step = one_time_code.step_of(alone.read(lambda tx: tx.machine_now))
    alone.write(second_factor.confirm, agent=ana, code=one_time_code.code_at(secret, step))
    assert (done, both.read(seals.stale), alone.read(seals.proven)) == (stale, 0, True)
    assert alone.read(lambda tx: tx.network(bank)) == before
    with pytest.raises(NotOpened):
        store.read(seals.proven)


def test_a_secret_that_is_lost_is_given_up_and_the_network_file_brings_back_what_it_says(open_store, store, bank):
    ana = store.read(lambda tx: tx.network(bank).agents.find("ana"))
    store.write(second_factor.set_up, agent=ana)
    wrong = open_store(vault=OTHER)

    made = wrong.write(seals.give_up)
    between = wrong.read(lambda tx: tx.network(bank))
    wrong.write(applied)

    assert list(made) == ["bank/crm"]
    assert between.webhooks.find("crm").secret == made["bank/crm"]
    assert (between.account.sign_in, between.account.messages, between.webhooks.find("crm").secrets) == (None, None, {})
    assert wrong.read(lambda tx: tx.network(bank)).webhooks.find("crm").secrets == {"crm": "canary-of-templates"}
    assert wrong.read(seals.proven) is True
    assert wrong.read(lambda tx: tx.execute(sa.select(access.second_factor)).all()) == []
