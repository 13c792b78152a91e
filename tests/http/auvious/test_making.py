"""Appointments that staff and programs make (A-21), over others (X-1), and at once (X-5)."""

import asyncio
import json
from datetime import date

import pytest
import sqlalchemy as sa

from qms.domain.ids import from_uuid
from qms.domain.zones import zone
from qms.services.booking import availability, ending
from qms.services.booking.finding import domains_of_appointment
from qms.store.schema.audit import audit
from tests.http.auvious.conftest import (
    ANA,
    APPOINTMENTS,
    BOBBY,
    BODY,
    to_uuid,
)
from tests.http.auvious.meetings import NOBODY, agent, taken


async def test_a21_without_staff_an_appointment_is_the_customer_s(clinic):
    made = await clinic.make()

    assert made["organizer"] == {"id": made["participantIds"][0]["id"], "type": "CUSTOMER"}


async def test_a21_participants_may_be_agents_and_customers(clinic):
    people = [agent(ANA), {"type": "CUSTOMER", "customer": BOBBY}, {"type": "AGENT", "id": to_uuid(ANA)}]

    made = await clinic.make(customer=None, participants=people)

    assert [one["type"] for one in made["participantIds"]] == ["CUSTOMER", "AGENT"]
    assert made["organizer"] == {"id": to_uuid(ANA), "type": "AGENT"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": "2026-03-01T19:00:00Z"},
        {"start": None},
        {"duration": None},
        {"participants": [{"type": "AGENT"}]},
        {"participants": [{"type": "CUSTOMER"}]},
        {"participants": [{"type": "ROBOT"}]},
        {"timezone": "x"},
        {"notifications": [{"type": "CREATE", "channel": "PIGEON"}]},
        {"metadata": []},
        {"title": "a\0b"},
    ],
)
async def test_a21_what_cannot_be_is_refused(clinic, wrong):
    body = {name: value for name, value in {**BODY, **wrong}.items() if value is not None}

    assert (await clinic.ask("POST", f"{APPOINTMENTS}/", body))[0] == 400


@pytest.mark.parametrize("wrong", [{"organizerId": NOBODY}, {"participants": [{"type": "AGENT", "id": "nobody"}]}])
async def test_a21_whoever_is_named_must_be_there(clinic, wrong):
    assert (await clinic.ask("POST", f"{APPOINTMENTS}/", {**BODY, **wrong}))[0] == 404


async def test_x1_agents_may_be_booked_over_and_that_is_written_down(clinic):
    first = await clinic.make(participants=[agent(ANA)])
    over = await clinic.make(participants=[agent(ANA)])
    rows = clinic.read(lambda tx: list(tx.execute(sa.select(audit).where(audit.c.action.like("appointment%")))))

    assert (taken(clinic, first), taken(clinic, over)) == ({ANA: False}, {ANA: True})
    assert [row.object for row in rows] == [from_uuid(over["id"])]
    await clinic.ask("DELETE", f"{APPOINTMENTS}/{first['id']}")
    assert taken(clinic, over) == {ANA: False}


async def test_x1_what_is_booked_here_is_not_offered_elsewhere(clinic):
    day, where = date(2026, 3, 10), zone("Europe/Berlin")
    asked = {"account": clinic.account, "service": "visit", "day": day, "where": where}
    before = clinic.store.read(availability.starts, **asked)

    await clinic.make(start="2026-03-10T09:10:00Z", duration="PT30M", participants=[agent(ANA)])
    after = clinic.store.read(availability.starts, **asked)

    gone = sorted(f"{start:%H:%M}" for start in set(before) - set(after))
    assert gone == ["09:00", "09:30"]


async def test_the_state_made_elsewhere_is_seen_here(clinic):
    made = {what: await clinic.make() for what in ("confirm", "complete", "no_show", "cancel")}

    for what, one in made.items():
        id = from_uuid(one["id"])
        domains = clinic.read(domains_of_appointment, account=clinic.account, id=id)
        clinic.store.write(getattr(ending, what), domain=domains, account=clinic.account, appointment=id)

    seen = {what: await clinic.get(one["id"]) for what, one in made.items()}
    assert seen["confirm"][1]["interaction"]["state"] == "PENDING"
    assert seen["complete"][1]["interaction"]["state"] == "ENDED"
    assert seen["no_show"][1]["interaction"]["state"] == "ENDED"
    assert seen["cancel"][0] == 404


async def test_a_key_makes_one_appointment(clinic):
    key, path = {"Idempotency-Key": "one"}, f"{APPOINTMENTS}/"
    body = json.loads(json.dumps(BODY))

    first, again = [await clinic.ask("POST", path, body, headers=key) for _ in range(2)]
    other = await clinic.ask("POST", path, {**body, "title": "x"}, headers=key)

    assert first == again
    assert (other[0], other[1]["error"]) == (422, "StatusUnprocessableEntity")
    assert (await clinic.ask("GET", path))[1]["total"] == 1


async def test_x5_of_those_who_change_one_appointment_at_once_each_is_told(clinic):
    made = await clinic.make()
    body = {"id": made["id"], "userId": to_uuid(ANA)}

    answers = await asyncio.gather(
        *(clinic.ask("POST", f"{APPOINTMENTS}/participants/agents/", body) for _ in range(5)),
        *(clinic.ask("PUT", f"{APPOINTMENTS}/", {"id": made["id"], "title": str(n)}) for n in range(5)),
    )

    statuses = [status for status, _ in answers]
    assert statuses[:5].count(200) == 1
    assert set(statuses[:5]) <= {200, 409}
    assert set(statuses[5:]) <= {200, 409}
    _, after = await clinic.get(made["id"])
    assert [one["type"] for one in after["participantIds"]] == ["CUSTOMER", "AGENT"]


async def test_x5_a_code_that_is_used_twice_at_once_makes_one_appointment(clinic):
    header = clinic.basic(*await clinic.otp())

    answers = await asyncio.gather(*(clinic.ask("POST", f"{APPOINTMENTS}/basic", BODY, by=header) for _ in range(5)))

    assert sorted(status for status, _ in answers) == [200, 401, 401, 401, 401]


async def test_x5_of_those_who_activate_at_once_nobody_gets_another_way_in(clinic):
    made = await clinic.make()
    path = f"{APPOINTMENTS}/activate/{made['id']}"
    by = await clinic.as_("CLIENT_SERVICE")

    answers = await asyncio.gather(*(clinic.ask("POST", path, by=by) for _ in range(5)))

    assert {status for status, _ in answers} <= {200, 409}
    assert len({way["url"] for status, way in answers if status == 200}) == 1
