"""What of an appointment can be changed, and when (K-4)."""

import pytest

from qms.domain.ids import from_uuid, to_uuid
from qms.services.booking import ending
from tests.http.voki.asking import WANTED, bring, conflicts, invalid
from tests.http.voki.conftest import APPOINTMENTS, JOAO, MARIA, NOBODY, SALES


async def test_a_change_may_come_with_or_without_the_word_around_it(office):
    made = await office.make()

    bare = await office.ask("PUT", f"{APPOINTMENTS}/{made['id']}", {"title": "Bare"})
    wrapped = await office.change(made, notes="Wrapped")

    assert bare == (200, {"data": {**made, "title": "Bare"}})
    assert wrapped == (200, {"data": {**made, "title": "Bare", "notes": "Wrapped"}})


async def test_what_was_read_can_be_sent_back(office):
    made = await office.make()
    office.clock.move(days=30)  # by now it should be over
    office.forget()

    assert await office.change(made, **made) == (200, {"data": made})


async def test_everything_can_be_changed_at_once(office):
    made = await office.make()
    office.clock.move(minutes=5)
    changes = {
        "title": "Autre titre",
        "description": "Une description",
        "notes": "Des notes",
        "scheduled_at": "2026-03-26T09:00:00Z",
        "duration_minutes": 20,
        "department_id": to_uuid(SALES),
        "user_id": to_uuid(MARIA),
        "customer_name": "Roberta  de Lima",
        "customer_email": None,
        "customer_phone": "+5511900000000",
    }

    answer = await office.change(made, **changes)

    others = {"department_name": "avanter Vendas", "user_name": "Maria Souza", "updated_at": "2026-03-02T15:05:00Z"}
    assert answer == (200, {"data": {**made, **changes, **others}})
    assert (await office.ask("GET", conflicts()))[1]["data"]["has_conflicts"] is False
    there = conflicts(MARIA, scheduled_at="2026-03-26T09:19:00Z")
    assert (await office.ask("GET", there))[1]["data"]["conflicts"] == [answer[1]["data"]]


async def test_an_appointment_that_is_moved_to_a_colleague_minds_her_calendar_at_that_time_alone(office):
    await office.option(enforce_conflicts=True)
    made = await office.make()
    await office.make(scheduled_at="2026-03-25T16:00:00Z")  # his own, then
    await office.make(user_id=to_uuid(MARIA))  # hers, before

    moved = await office.change(made, user_id=to_uuid(MARIA), scheduled_at="2026-03-25T16:00:00Z")

    assert (moved[0], moved[1]["data"]["user_name"]) == (200, "Maria Souza")
    assert "appointment.overbooked" not in office.happened()
    assert await office.create(scheduled_at="2026-03-25T16:00:00Z") == invalid(
        scheduled_at="conflicts with another appointment"
    )
    assert (await office.create(scheduled_at="2026-03-25T14:00:00Z"))[0] == 201


async def test_a_description_can_be_emptied_and_a_title_cannot(office):
    made = await office.make(description="Une description")

    emptied = await office.change(made, description=None)
    refused = await office.change(made, title=" ")

    assert emptied == (200, {"data": {**made, "description": None}})
    assert refused == invalid(title="can't be blank")


async def test_the_status_is_not_to_be_written(office):
    made = await office.make()

    assert await office.change(made, status="completed", id=NOBODY) == (200, {"data": made})


@pytest.mark.parametrize("action", ["cancel", "complete", "no-show"])
async def test_what_is_over_stays_as_it_is(office, action):
    made = await office.make()
    await bring(office, made, action)

    assert await office.change(made, title="Other") == invalid(status=f"cannot be updated when {WANTED[action]}")


async def test_a_confirmed_appointment_that_is_moved_is_still_confirmed(office):
    made = await office.make()
    await bring(office, made, "confirm")

    _, moved = await office.change(made, scheduled_at="2026-03-26T09:00:00+02:00")

    assert moved["data"] == {**made, "status": "confirmed", "scheduled_at": "2026-03-26T07:00:00Z"}


async def test_an_appointment_that_is_going_on_is_not_moved_but_may_be_described(office):
    made = await office.make()
    id, domain = from_uuid(made["id"]), office.network.agents[JOAO].domain_id
    office.store.write(ending.activate, domain=domain, account=office.network.account.id, appointment=id)

    moved = await office.change(made, scheduled_at="2026-03-26T09:00:00Z")
    described = await office.change(made, notes="Late")

    assert moved == invalid(scheduled_at="cannot be changed any more")
    assert described[1]["data"]["notes"] == "Late"


async def test_another_customer_can_be_named(office):
    first, second = await office.make(), await office.make(customer_name="Carlos Ferreira")

    _, changed = await office.change(first, customer_id=second["customer_id"], customer_name="Nobody")

    assert changed["data"]["customer_id"] == second["customer_id"]
    assert changed["data"]["customer_name"] == "Carlos Ferreira"
