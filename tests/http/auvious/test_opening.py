"""The way into an appointment (A-9), and for which it is time (A-10)."""

import asyncio

from qms.domain.ids import from_uuid
from qms.services.booking import reminders
from tests.http.auvious.conftest import APPOINTMENTS
from tests.http.auvious.meetings import at


async def test_a9_activating_again_gives_the_same_way_in(clinic):
    made = await clinic.make()
    path = f"{APPOINTMENTS}/activate/{made['id']}"

    first, again = await clinic.ask("POST", path), await clinic.ask("POST", path)
    code = first[1]["url"].rpartition("/")[2]

    assert first == again
    assert [len(group) for group in code.split("-")] == [3] * 6
    assert code.replace("-", "").isalpha()
    assert (await clinic.get(made["id"]))[1]["interaction"]["state"] == "ACTIVE"


async def test_a9_all_who_activate_at_once_get_the_same_way_in(clinic):
    made = await clinic.make()
    by = await clinic.as_("CLIENT_SERVICE")

    answers = await asyncio.gather(
        *(clinic.ask("POST", f"{APPOINTMENTS}/activate/{made['id']}", by=by) for _ in range(8))
    )

    assert {status for status, _ in answers} == {200}
    assert len({way["url"] for _, way in answers}) == 1


async def test_a9_what_is_over_is_not_activated(clinic):
    ended, late = await clinic.make(), await clinic.make()
    await clinic.ask("PUT", f"{APPOINTMENTS}/{ended['id']}/end")
    first = await clinic.ask("POST", f"{APPOINTMENTS}/activate/{ended['id']}")
    clinic.clock.move(days=7, hours=4, minutes=5)

    second = await clinic.ask("POST", f"{APPOINTMENTS}/activate/{late['id']}")

    assert (first[0], second[0]) == (400, 400)


async def test_a9_the_way_in_lasts_until_half_an_hour_after_the_end(clinic):
    made = await clinic.make()
    path = f"{APPOINTMENTS}/activate/{made['id']}"
    first = await clinic.ask("POST", path)
    clinic.clock.move(days=7, hours=4, minutes=34)
    lasting = await clinic.ask("POST", path)
    clinic.clock.move(minutes=1)

    assert lasting == first
    assert (await clinic.ask("POST", path))[0] == 400


async def test_a10_eligible_is_what_starts_within_the_time_and_is_not_active(clinic):
    first, second = await clinic.make(start=at("19:00")), await clinic.make(start=at("18:30"))
    active, over = await clinic.make(start=at("18:30")), await clinic.make(start=at("18:00"))
    await clinic.ask("POST", f"{APPOINTMENTS}/activate/{active['id']}")
    clinic.clock.move(days=7, hours=3, minutes=30)

    now = (await clinic.ask("GET", f"{APPOINTMENTS}/eligible/"))[1]
    soon = (await clinic.ask("GET", f"{APPOINTMENTS}/eligible/?timeFrame=PT30M"))[1]

    assert [one["id"] for one in now] == [second["id"]]
    assert [(one["id"], one["eligibleFrom"]) for one in soon] == [
        (second["id"], at("18:00")),
        (first["id"], at("18:30")),
    ]
    assert over["id"] not in {one["id"] for one in soon}


async def test_whoever_has_an_open_room_is_still_reminded_before_it_starts(clinic):
    reminder = {"channel": "EMAIL", "period": "PT1H", "textBody": "x", "type": "REMINDER"}
    made = await clinic.make(notifications=[reminder])
    await clinic.ask("POST", f"{APPOINTMENTS}/activate/{made['id']}")
    clinic.clock.move(days=7, hours=3)

    clinic.store.write(reminders.fire, of=[from_uuid(made["id"])])

    assert [(one.kind, one.state) for one in clinic.messages()] == [("REMINDER", "pending")]
