"""How a program of ours is told when something happened."""

import json
import re

import pytest

from qms.domain.delivery import Parcel
from qms.domain.options import Options
from qms.services import deliveries
from qms.store.schema import network as tables
from qms_gateway import webhook_native as native

INSTANT = re.compile(r'"(\d{4}-\d\d-\d\dT[^"]*)"')


@pytest.fixture
def event_names():
    return {"native": native.EVENTS}


def subscribe(tx, *, account):
    row = {"id": "a" * 24, "account_id": account, "key": "crm", "url": "https://x.example/", "dialect": "native"}
    row |= {"events": ["*"], "secret": "whsec_eA==", "headers": {}}
    tx.execute(tables.webhook.insert(), tx.vault.seal_row(tables.webhook, row["id"], row))
    tx.network_changed(account)


def bodies(tx, *, account):
    webhook = tx.network(account).webhooks.find("crm")
    return [
        native.render(Parcel(delivery=told, webhook=webhook, options=Options({}), at=told.at)).body.decode()
        for told in deliveries.list_deliveries(tx, account)
    ]


async def test_every_instant_of_a_webhook_is_spelled_alike(ana, store, seeded):
    store.write(subscribe, account=seeded.account)
    await ana.put("presence", {"state": "idle", "poc": "c1"})
    await ana.visitor("caja")
    await ana.post("next")
    await ana.post("ticket/finish")

    told = store.read(bodies, account=seeded.account)
    instants = [instant for body in told for instant in INSTANT.findall(body)]

    ended = [json.loads(body)["data"]["ticket"]["ended_at"] for body in told if '"ticket.done"' in body]
    (at,) = ended
    assert at in instants
    assert [at for at in instants if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", at)] == []
