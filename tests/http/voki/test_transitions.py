"""What becomes of an appointment, and what it may not become any more (K-2)."""

import asyncio

import pytest

from qms.domain.ids import from_uuid
from qms.services.booking import ending
from tests.http.voki.asking import WANTED, bring, invalid
from tests.http.voki.conftest import APPOINTMENTS, JOAO

PATHS = {
    "scheduled": [],
    "confirmed": ["confirm"],
    "completed": ["complete"],
    "cancelled": ["cancel"],
    "no_show": ["no-show"],
}
ALLOWED = {("scheduled", action) for action in WANTED} | {
    ("confirmed", "cancel"),
    ("confirmed", "complete"),
    ("confirmed", "no-show"),
}


@pytest.mark.parametrize("action", WANTED)
@pytest.mark.parametrize("status", PATHS)
async def test_a_transition_is_made_or_refused_as_decided(office, status, action):
    made = await office.make()
    await bring(office, made, *PATHS[status])

    answer = await office.go(made, action)

    if (status, action) in ALLOWED:
        assert answer == (200, {"data": {**made, "status": WANTED[action]}})
    else:
        assert answer == invalid(status=f"cannot be changed from {status} to {WANTED[action]}")


async def test_an_appointment_that_is_going_on_is_confirmed_here(office):
    made = await office.make()
    id = from_uuid(made["id"])
    domains = [office.network.agents[JOAO].domain_id]
    office.store.write(ending.activate, domain=domains, account=office.network.account.id, appointment=id)

    shown = await office.ask("GET", f"{APPOINTMENTS}/{made['id']}")
    listed = await office.listed("status=confirmed")
    missed = await office.go(made, "no-show")
    completed = await office.go(made, "complete")

    assert (shown[1]["data"]["status"], [one["id"] for one in listed]) == ("confirmed", [made["id"]])
    assert missed == invalid(status="cannot be changed from confirmed to no_show")
    assert completed[1]["data"]["status"] == "completed"


async def test_a_reason_is_kept_and_may_be_missing(office):
    first, second = await office.make(), await office.make()

    answers = [await office.go(first, "cancel", {"reason": None}), await office.go(second, "cancel", {})]
    third = await office.go(await office.make(), "cancel", {"reason": 5})

    assert [status for status, _ in answers] == [200, 200]
    assert third == invalid(reason="is invalid")


async def test_of_two_who_end_an_appointment_at_once_one_loses(office):
    made = await office.make()

    answers = await asyncio.gather(*(office.go(made, action) for action in ("cancel", "complete", "no-show")))

    assert sorted(status for status, _ in answers) == [200, 422, 422]
