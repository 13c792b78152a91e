"""What the vendor leaves open, decided: refusals, durations, deleting, replacing, ending, prefixes."""

from typing import Any

import pytest

from qms.domain.ids import from_uuid
from qms.services.booking import timers
from tests.http.auvious.conftest import (
    ANA,
    APPOINTMENTS,
    BODY,
    INTERACTION,
    START,
)
from tests.http.auvious.meetings import NOBODY, agent, taken


async def test_a1_refusals_have_one_body(clinic):
    answers = [
        await clinic.ask("GET", f"{APPOINTMENTS}/{NOBODY}"),
        await clinic.ask("GET", f"{APPOINTMENTS}/?pageSize=0"),
        await clinic.ask("GET", f"{APPOINTMENTS}/", by={}),
        await clinic.ask("PUT", f"{APPOINTMENTS}/x/end", by=await clinic.as_("SUPERVISOR")),
        await clinic.ask("GET", f"{APPOINTMENTS}/nothing/of/the/kind"),
        await clinic.ask("PATCH", f"{APPOINTMENTS}/"),
    ]

    assert [(status, body["status"], body["error"]) for status, body in answers] == [
        (404, 404, "StatusNotFound"),
        (400, 400, "StatusBadRequest"),
        (401, 401, "StatusUnauthorized"),
        (403, 403, "StatusForbidden"),
        (404, 404, "StatusNotFound"),
        (405, 405, "StatusMethodNotAllowed"),
    ]
    assert all(list(body) == ["status", "error", "message"] for _, body in answers)


@pytest.mark.parametrize(
    ("given", "documented", "iso"),
    [
        ("PT5M", "PT5M0s", "PT5M"),
        ("pt90m", "PT1H30M0s", "PT1H30M"),
        ("PT30S", "PT0M30s", "PT30S"),
        ("PT5M0s", "PT5M0s", "PT5M"),
        ("P1DT1H", "PT25H0M0s", "PT25H"),
    ],
)
async def test_a2_durations_are_spelled_in_one_of_two_ways(clinic, given, documented, iso):
    made = await clinic.make(duration=given)
    await clinic.option(duration_style="iso")

    _, again = await clinic.get(made["id"])

    assert (made["duration"], again["duration"]) == (documented, iso)


@pytest.mark.parametrize("given", ["", "5M", "P1M", "PT0S", "PT", "-PT5M", "P40D", "PT99999999999H", "P1Y"])
async def test_a2_what_is_no_duration_is_refused(clinic, given):
    status, _ = await clinic.ask("POST", f"{APPOINTMENTS}/", {**BODY, "duration": given})

    assert status == 400


async def test_a3_a_period_of_months_is_one_of_minutes(clinic):
    reminder = [{"type": "REMINDER", "channel": "SMS", "period": "P5M", "textBody": "soon"}]
    made = await clinic.make(notifications=reminder)
    clinic.clock.move(days=7, hours=3, minutes=54)
    early = clinic.read(timers.due)
    clinic.clock.move(minutes=1)

    due = clinic.read(timers.due)

    assert made["notifications"][0]["period"] == "P5M"
    assert (early, [(one.what, one.appointment) for one in due]) == ([], [("remind", from_uuid(made["id"]))])


@pytest.mark.parametrize("period", ["5", "P", "P200Y", "PT9999999H", "soon", None])
async def test_a3_what_is_no_period_is_refused(clinic, period):
    notifications = [{"type": "REMINDER", "channel": "SMS", "period": period}]

    assert (await clinic.ask("POST", f"{APPOINTMENTS}/", {**BODY, "notifications": notifications}))[0] == 400


async def test_a6_what_is_deleted_is_gone_here_and_its_time_is_free(clinic):
    made = await clinic.make(participants=[agent(ANA)])
    path = f"{APPOINTMENTS}/{made['id']}"

    first, again = await clinic.ask("DELETE", path), await clinic.ask("DELETE", path)

    assert (first, again[0]) == ((204, ""), 404)
    assert again[1]["message"] == f"no appointment '{made['id']}'"
    assert taken(clinic, made) == {}
    assert (await clinic.get(made["id"]))[0] == 404
    assert (await clinic.ask("GET", f"{APPOINTMENTS}/"))[1]["total"] == 0
    for method, where, body in [
        ("PUT", f"{APPOINTMENTS}/", {"id": made["id"]}),
        ("PUT", f"{path}/end", None),
        ("PUT", f"{APPOINTMENTS}/reschedule/", {"id": made["id"], "start": START}),
        ("POST", f"{APPOINTMENTS}/activate/{made['id']}", None),
        ("GET", f"/api/cal/events/ical/{made['id']}/event", None),
    ]:
        assert (await clinic.ask(method, where, body))[0] == 404, where


async def test_a6_what_is_over_cannot_be_deleted(clinic):
    made = await clinic.make()
    await clinic.ask("PUT", f"{APPOINTMENTS}/{made['id']}/end")

    status, body = await clinic.ask("DELETE", f"{APPOINTMENTS}/{made['id']}")

    assert (status, body["error"]) == (409, "StatusConflict")


async def test_a16_an_update_replaces_everything_that_it_can(clinic):
    made = await clinic.make(participants=[agent(ANA)])

    status, bare = await clinic.ask("PUT", f"{APPOINTMENTS}/", {"id": made["id"]})
    _, empty = await clinic.ask("PUT", f"{APPOINTMENTS}/", {"id": made["id"], "title": "", "notes": ""})

    changed: dict[str, Any] = {"title": None, "notes": None, "metadata": {}}
    changed["interaction"] = {"customFields": {}, "routing": None, "state": "PENDING"}
    assert (status, bare) == (200, {**made, **changed})
    assert (empty["title"], empty["notes"]) == ("", "")


async def test_a16_the_state_is_not_the_caller_s_to_set(clinic):
    made = await clinic.make()
    wanted = {"id": made["id"], "interaction": {**INTERACTION, "state": "ENDED"}}

    assert (await clinic.ask("PUT", f"{APPOINTMENTS}/", wanted))[1]["interaction"]["state"] == "PENDING"


async def test_a17_ending_again_changes_nothing(clinic):
    made = await clinic.make(participants=[agent(ANA)])
    path = f"{APPOINTMENTS}/{made['id']}/end"

    first, again = await clinic.ask("PUT", path), await clinic.ask("PUT", path)

    assert first == again == (200, {**made, "interaction": {**INTERACTION, "state": "ENDED"}})
    assert taken(clinic, made) == {}


async def test_a17_what_goes_on_can_be_ended(clinic):
    made = await clinic.make()
    await clinic.ask("POST", f"{APPOINTMENTS}/activate/{made['id']}")
    active = (await clinic.get(made["id"]))[1]["interaction"]["state"]

    _, ended = await clinic.ask("PUT", f"{APPOINTMENTS}/{made['id']}/end")

    assert (active, ended["interaction"]["state"]) == ("ACTIVE", "ENDED")


async def test_a8_an_account_s_prefix_may_stand_in_front(clinic):
    made = await clinic.make()
    before = (await clinic.ask("GET", f"/auvious{APPOINTMENTS}/"))[0]
    await clinic.option(auvious_prefix="/auvious")

    paths = ["/auvious" + path for path in (f"{APPOINTMENTS}/", APPOINTMENTS, f"{APPOINTMENTS}/{made['id']}")]
    statuses = [(await clinic.ask("GET", path))[0] for path in [*paths, f"/other{APPOINTMENTS}/", f"{APPOINTMENTS}/"]]
    page = await clinic.ask("GET", f"/auvious{APPOINTMENTS}/?pageSize=7")
    posted = await clinic.ask("POST", f"/auvious{APPOINTMENTS}/", BODY)

    assert before == 404
    assert statuses == [200, 200, 200, 404, 200]
    assert page[1]["pageSize"] == 7
    assert posted[0] == 200
    assert (await clinic.ask("GET", f"/auvious{APPOINTMENTS}/no/such"))[1]["error"] == "StatusNotFound"


async def test_a_wrong_method_is_told_so_in_every_spelling_of_the_address(clinic):
    await clinic.option(auvious_prefix="/auvious")
    paths = [prefix + APPOINTMENTS + path for prefix in ("", "/auvious") for path in ("/", "", "/reschedule")]

    answers = [await clinic.client.request("PATCH", path) for path in paths]

    assert [answer.status for answer in answers] == [405] * 6
    assert {answer.headers["Allow"] for answer in answers} == {"GET,HEAD,POST,PUT", "PUT"}
