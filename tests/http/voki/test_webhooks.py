"""What subscribers in this dialect are told (X-6)."""

import hashlib
import hmac
import json

import msgspec
import pytest

from qms.domain.delivery import Delivery, Parcel
from qms.domain.ids import to_uuid
from qms.services import intake, presence, serving
from qms.services.admission import TakeTicket
from qms_gateway.dialects.voki.webhook import EVENTS, render
from qms_gateway.dialects.voki.webhook_wire import BODIES, SUMMARIES
from tests.http.voki.conftest import JOAO, ROBERTO, SUPPORT
from tests.unit.delivery.parcels import parcel


def told(office):
    """What a webhook is sent, in order, each as it is read; every body is signed, and is as described."""
    (webhook,) = office.network.webhooks.values()
    bodies = []
    for row in office.deliveries():
        delivery = Delivery(**{name: getattr(row, name) for name in Delivery.__dataclass_fields__})
        rendered = render(Parcel(delivery=delivery, webhook=webhook, options={}, at=delivery.at))
        signature = hmac.new(b"hush", rendered.body, hashlib.sha256).hexdigest()
        assert rendered.headers == {"Content-Type": "application/json", "X-Voki-Signature": f"sha256={signature}"}
        body = json.loads(rendered.body)
        read = msgspec.convert(body, BODIES[body["event"]], strict=True)
        assert json.dumps(json.loads(msgspec.json.encode(read))) == json.dumps(body)
        bodies.append(body)
    return bodies


def test_every_event_is_described():
    assert set(BODIES) == set(SUMMARIES) == set(EVENTS.values())


async def test_a_new_appointment_is_told_as_it_is_shown_and_its_customer_with_it(office):
    made = await office.make()

    first, second = sorted(told(office), key=lambda body: body["event"])

    assert list(first) == ["event", "timestamp", "data"]
    assert first == {"event": "appointment.created", "timestamp": "2026-03-02T15:00:00Z", "data": made}
    assert (second["event"], second["data"]) == (
        "customer.created",
        {
            "id": made["customer_id"],
            "name": ROBERTO["customer_name"],
            "email": ROBERTO["customer_email"],
            "phone": ROBERTO["customer_phone"],
            "inserted_at": "2026-03-02T15:00:00Z",
        },
    )


@pytest.mark.parametrize(
    ("action", "event"),
    [("confirm", "confirmed"), ("cancel", "cancelled"), ("complete", "completed"), ("no-show", "no_show")],
)
async def test_what_becomes_of_an_appointment_is_told(office, action, event):
    made = await office.make()

    _, shown = await office.go(made, action)
    last = next(body for body in told(office) if body["event"] == f"appointment.{event}")

    assert last["data"] == shown["data"]


async def test_a_change_is_told_as_what_it_was(office):
    made = await office.make()
    before = len(told(office))
    office.clock.move(seconds=1)

    await office.change(made, scheduled_at="2026-03-26T09:00:00Z", user_id=to_uuid(JOAO[:-1] + "2"), notes="x")

    events = sorted(body["event"] for body in told(office)[before:])
    assert events == ["appointment.changed", "appointment.moved", "appointment.reassigned"]


async def test_calls_are_told_from_the_queue_to_their_end(office):
    account, store, domain = office.network.account.id, office.store, office.network.agents[JOAO].domain_id
    (branch,) = office.network.branches
    item = TakeTicket(account=account, branch=branch, queue=SUPPORT, source="kiosk")
    joao = {"account": account, "agent": JOAO}

    store.take(intake.take_tickets, item, domain=domain)
    office.clock.move(seconds=1)
    store.take(intake.take_tickets, item, domain=domain)
    office.clock.move(seconds=29)
    store.write(presence.set_presence, domain=domain, **joao, state="idle")
    store.write(serving.next_ticket, domain=domain, **joao)
    office.clock.move(seconds=15)
    store.write(serving.serve, domain=domain, **joao)
    office.clock.move(seconds=60)
    store.write(serving.finish, domain=domain, **joao)
    store.write(presence.set_presence, domain=domain, **joao, state="idle")
    office.clock.move(seconds=1)
    store.write(serving.next_ticket, domain=domain, **joao)
    office.clock.move(seconds=1)
    store.write(serving.no_show, domain=domain, **joao)
    calls = [body for body in told(office) if body["event"].startswith("call.")]

    assert [(body["event"], body["data"]["status"]) for body in calls] == [
        ("call.created", "queued"),
        ("call.created", "queued"),
        ("call.assigned", "queued"),
        ("call.started", "active"),
        ("call.completed", "completed"),
        ("call.assigned", "queued"),
        ("call.missed", "missed"),
    ]
    assert calls[4]["data"] == {
        **calls[0]["data"],
        "status": "completed",
        "user_id": to_uuid(JOAO),
        "user_name": "João Silva",
        "started_at": "2026-03-02T15:00:30Z",
        "ended_at": "2026-03-02T15:01:45Z",
        "wait_time": 30,
        "duration": 75,
    }
    assert (calls[0]["data"]["department_name"], calls[0]["data"]["protocol"]) == ("Suporte Técnico", "S001")


def test_an_appointment_of_another_dialect_is_told_with_whatever_is_known():
    bare = {"id": "a" * 24, "state": "active", "title": "", "data": {"title": "T", "notes": "n"}}
    times = dict.fromkeys(("created_at", "updated_at"), "2026-03-02T15:00:00+00:00")
    times |= {"start_at": "2026-03-03T15:00:00+00:00", "end_at": "2026-03-03T15:00:30+00:00"}
    nothing = dict.fromkeys(("queue", "agent", "customer"))

    body = json.loads(render(parcel("appointment.active", {"appointment": {**bare, **times}, **nothing})).body)

    known = {name: value for name, value in body["data"].items() if value is not None}
    assert known == {
        "id": to_uuid("a" * 24),
        "title": "T",
        "status": "confirmed",
        "scheduled_at": "2026-03-03T15:00:00Z",
        "duration_minutes": 1,
        "notes": "n",
        "inserted_at": "2026-03-02T15:00:00Z",
        "updated_at": "2026-03-02T15:00:00Z",
    }
