"""Which appointments lie over another, and whether that is refused (K-3, X-1)."""

from datetime import UTC, datetime

import pytest

from qms.domain.ids import to_uuid
from qms.services.booking.bookings import book
from qms.services.booking.holds import hold
from qms.services.booking.wishes import Wish
from tests.http.voki.asking import bring, conflicts, invalid
from tests.http.voki.conftest import APPOINTMENTS, JOAO, MARIA, NOBODY, SUPPORT

START = datetime(2026, 3, 25, 14, 0, tzinfo=UTC)


async def test_an_appointment_may_lie_over_another(office):
    first = await office.make()

    second = await office.make()
    _, told = await office.ask("GET", conflicts())

    assert {one["id"] for one in told["data"]["conflicts"]} == {first["id"], second["id"]}


@pytest.mark.parametrize(
    ("start", "minutes", "found"),
    [
        ("13:30:00", 30, False),
        ("13:30:00", 31, True),
        ("14:44:00", 30, True),
        ("14:45:00", 30, False),
        ("14:10:00", 5, True),
        ("13:00:00", 240, True),
    ],
)
async def test_what_only_touches_is_no_conflict(office, start, minutes, found):
    await office.make()

    _, told = await office.ask("GET", conflicts(scheduled_at=f"2026-03-25T{start}Z", duration_minutes=minutes))

    assert told["data"]["has_conflicts"] is found


@pytest.mark.parametrize("action", ["cancel", "complete", "no-show"])
async def test_what_is_over_is_no_conflict(office, action):
    await bring(office, await office.make(), action)

    assert (await office.ask("GET", conflicts()))[1]["data"] == {"has_conflicts": False, "conflicts": []}


async def test_a_conflict_is_one_of_this_user(office):
    await office.make(user_id=to_uuid(MARIA))

    assert (await office.ask("GET", conflicts()))[1]["data"]["has_conflicts"] is False
    assert (await office.ask("GET", conflicts(MARIA)))[1]["data"]["has_conflicts"] is True


async def test_an_appointment_from_elsewhere_is_a_conflict_and_a_hold_is_none(office):
    wish = Wish(service="visit", starts_at=START, timezone="Z", origin="videsk")
    arguments = {"domain": office.network.agents[JOAO].domain_id, "account": office.network.account.id}
    held = office.store.write(hold, **arguments, wish=wish)
    _, before = await office.ask("GET", conflicts())

    office.store.write(book, **arguments, wish=wish, hold=held.token)
    _, after = await office.ask("GET", conflicts())

    assert before["data"] == {"has_conflicts": False, "conflicts": []}
    (found,) = after["data"]["conflicts"]
    assert (found["title"], found["duration_minutes"], found["department_id"]) == ("A visit", 30, to_uuid(SUPPORT))
    assert await office.ask("GET", f"{APPOINTMENTS}/{found['id']}") == (200, {"data": found})


async def test_conflicts_can_be_refused(office):
    await office.option(enforce_conflicts=True)
    first = await office.make()
    second = await office.make(scheduled_at="2026-03-25T14:45:00Z")
    maria = await office.make(user_id=to_uuid(MARIA))
    refused = invalid(scheduled_at="conflicts with another appointment")

    assert await office.create() == refused
    assert await office.change(second, scheduled_at="2026-03-25T14:44:00Z") == refused
    assert await office.change(first, duration_minutes=46) == refused
    assert await office.change(maria, user_id=to_uuid(JOAO)) == refused
    assert await office.ask("GET", f"{APPOINTMENTS}/{maria['id']}") == (200, {"data": maria})
    free = {"user_id": to_uuid(JOAO), "scheduled_at": "2026-03-25T16:00:00Z"}
    assert (await office.change(maria, **free))[0] == 200


@pytest.mark.parametrize("missing", ["user_id", "scheduled_at"])
async def test_conflicts_want_to_know_who_and_when(office, missing):
    assert await office.ask("GET", conflicts(**{missing: ""})) == invalid(**{missing: "can't be blank"})
    assert await office.ask("GET", conflicts(**{missing: "x"})) == invalid(**{missing: "is invalid"})


async def test_conflicts_of_nobody_are_a_mistake(office):
    asked = conflicts().replace(to_uuid(JOAO), NOBODY)

    assert await office.ask("GET", asked) == invalid(user_id="does not exist")


async def test_a_moved_appointment_gives_its_time_back(office):
    made = await office.make()

    await office.change(made, scheduled_at="2026-03-26T09:00:00Z")

    assert (await office.ask("GET", conflicts()))[1]["data"]["has_conflicts"] is False
    later = conflicts(scheduled_at="2026-03-26T09:44:00Z")
    assert (await office.ask("GET", later))[1]["data"]["has_conflicts"] is True
