"""What the vendor leaves open, decided: A-1 to A-21, one by one."""

import asyncio
import json
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import icalendar
import pytest
import sqlalchemy as sa

from qms.domain.ids import from_uuid
from qms.domain.zones import zone
from qms.services import sender_verification
from qms.services.booking import availability, ending, timers
from qms.services.booking.finding import domains_of_appointment
from qms.store import times
from qms.store.schema.access import audit
from tests.http.auvious.conftest import (
    ANA,
    APPLICATION,
    APPOINTMENTS,
    BOB,
    BOBBY,
    BODY,
    INTERACTION,
    OPAQUE,
    OTHER,
    START,
    to_uuid,
)

NOBODY = to_uuid("0" * 24)


def agent(id):
    return {"type": "AGENT", "userId": to_uuid(id)}


def agents_of(made):
    return [one["id"] for one in made["participantIds"] if one["type"] == "AGENT"]


def taken(clinic, made):
    """Whose time an appointment takes, and whether over others."""
    found = clinic.read(times.times_of, id=from_uuid(made["id"]))
    return {time.agent_id: time.overbooked for time in found if time.active}


def at(text):
    return f"2026-03-09T{text}:00.0Z"


# -- A-1 --------------------------------------------------------------------------------------------------------------


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


# -- A-2, A-3 ---------------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("period", ["5", "P", "P200Y", "PT9999999H", "soon"])
async def test_a3_what_is_no_period_is_refused(clinic, period):
    notifications = [{"type": "REMINDER", "channel": "SMS", "period": period}]

    assert (await clinic.ask("POST", f"{APPOINTMENTS}/", {**BODY, "notifications": notifications}))[0] == 400


# -- A-4, A-5 ---------------------------------------------------------------------------------------------------------


class TestList:
    async def ids(self, clinic, query="", by=None):
        status, page = await clinic.ask("GET", f"{APPOINTMENTS}/?{query}", by=by)
        assert status == 200, page
        return [one["id"] for one in page["content"]]

    async def test_a4_an_agent_sees_his_own(self, clinic):
        await clinic.make()
        part = await clinic.make(participants=[agent(BOB), agent(ANA)])
        own = await clinic.make(organizerId=to_uuid(ANA), start=at("20:00"))
        ana = await clinic.as_("AGENT", agent="ana")
        made = await clinic.make(by=ana, start=at("21:00"))

        assert set(await self.ids(clinic, by=ana)) == {part["id"], own["id"], made["id"]}
        assert made["organizer"] == {"id": to_uuid(ANA), "type": "AGENT"}

    async def test_a4_an_agent_without_a_name_sees_what_it_made(self, clinic):
        nameless = await clinic.as_("AGENT")
        await clinic.make()
        made = await clinic.make(by=nameless)

        assert await self.ids(clinic, by=nameless) == [made["id"]]

    async def test_a4_a_supervisor_sees_all_and_asks_for_organizers(self, clinic):
        self_made, anas, bobs = (
            await clinic.make(),
            await clinic.make(organizerId=to_uuid(ANA)),
            await clinic.make(organizerId=to_uuid(BOB)),
        )
        boss = await clinic.as_("SUPERVISOR")
        customer = self_made["organizer"]["id"]

        assert set(await self.ids(clinic, by=boss)) == {self_made["id"], anas["id"], bobs["id"]}
        assert await self.ids(clinic, f"organizerId={to_uuid(ANA)}", boss) == [anas["id"]]
        assert set(await self.ids(clinic, f"organizerId={to_uuid(ANA)},{customer}", boss)) == {
            anas["id"],
            self_made["id"],
        }
        assert await self.ids(clinic, f"organizerId={NOBODY}", boss) == []

    async def test_a4_nobody_else_asks_for_organizers(self, clinic):
        made = await clinic.make()

        assert await self.ids(clinic, f"organizerId={NOBODY}", await clinic.as_("CLIENT_SERVICE")) == [made["id"]]

    async def test_a4_a_service_may_be_held_to_its_own(self, clinic):
        first, second = await clinic.as_("CLIENT_SERVICE"), await clinic.as_("CLIENT_SERVICE", "ADMIN")
        one, two = await clinic.make(by=first), await clinic.make(by=second)
        everything = set(await self.ids(clinic, by=first))

        await clinic.option(client_service_sees="own")

        assert everything == {one["id"], two["id"]}
        assert await self.ids(clinic, by=first) == [one["id"]]
        assert await self.ids(clinic, by=second) == [two["id"]]

    async def test_a5_pages_begin_with_one_and_end_in_nothing(self, clinic):
        made = [(await clinic.make(start=at(f"{hour}:00")))["id"] for hour in (20, 18, 19)]
        ordered = [made[1], made[2], made[0]]

        pages = [await clinic.ask("GET", f"{APPOINTMENTS}/?pageSize=2&pageNumber={n}") for n in (1, 2, 3)]

        assert [[one["id"] for one in page["content"]] for _, page in pages] == [ordered[:2], ordered[2:], []]
        assert [(page["pageCount"], page["total"], page["pageSize"]) for _, page in pages] == [(2, 3, 2)] * 3

    @pytest.mark.parametrize(
        ("query", "order"),
        [
            ("sortField=start", [1, 2, 0]),
            ("sortField=start&sortOrder=desc", [0, 2, 1]),
            ("sortField=duration", [2, 0, 1]),
            ("sortField=end&sortOrder=desc", [0, 1, 2]),
            ("sortField=id", [0, 1, 2]),
            ("sortOrder=desc&sortField=id", [2, 1, 0]),
        ],
    )
    async def test_a5_it_is_ordered_as_asked(self, clinic, query, order):
        made = []
        for hour, minutes in ((20, 30), (18, 100), (19, 10)):
            made.append((await clinic.make(start=at(f"{hour}:00"), duration=f"PT{minutes}M"))["id"])
            clinic.clock.move(seconds=1)

        assert await self.ids(clinic, query) == [made[n] for n in order]

    @pytest.mark.parametrize(
        "query",
        [
            *("pageSize=0", "pageSize=101", "pageSize=x", "pageNumber=0", "pageNumber=-1", "sortField=title"),
            *("pageNumber=99999999999999999999", "range=x", "range=2026-03-09T19:00:00Z", "duration=5"),
            *("pageSize=\u0661", "sortOrder=up"),
        ],
    )
    async def test_a5_what_makes_no_sense_is_refused(self, clinic, query):
        assert (await clinic.ask("GET", f"{APPOINTMENTS}/?{query}"))[0] == 400

    async def test_durations_are_compared_as_such(self, clinic):
        made = await clinic.make(duration="PT90M")
        await clinic.make()

        assert await self.ids(clinic, "duration=PT1H30M0s,PT2H") == [made["id"]]

    async def test_a_range_holds_start_and_end(self, clinic):
        made = await clinic.make()

        ranges = {
            f"{at('19:00')},{at('19:05')}": [made["id"]],
            f"{at('19:00')},{at('19:04')}": [],
            f"{at('19:01')},{at('20:00')}": [],
        }

        for range, found in ranges.items():
            assert await self.ids(clinic, f"range={range}") == found

    async def test_an_application_can_be_asked_for(self, clinic):
        first, second = await clinic.make(), await clinic.make(applicationId=OTHER)

        assert await self.ids(clinic, f"applicationId={OTHER}") == [second["id"]]
        assert await self.ids(clinic, f"applicationId={APPLICATION}") == [first["id"]]
        assert (await clinic.ask("GET", f"{APPOINTMENTS}/?applicationId=twin-app"))[0] == 404


# -- A-17 --------------------------------------------------------------------------------------------------


async def test_a6_what_is_deleted_is_gone_here_and_its_time_is_free(clinic):
    made = await clinic.make(participants=[agent(ANA)])
    path = f"{APPOINTMENTS}/{made['id']}"

    first, again = await clinic.ask("DELETE", path), await clinic.ask("DELETE", path)

    assert (first, again[0]) == ((204, ""), 404)
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


# -- A-8 --------------------------------------------------------------------------------------------------------------


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


# -- A-9, A-10 --------------------------------------------------------------------------------------------------------


async def test_a9_activating_again_gives_the_same_way_in(clinic):
    made = await clinic.make()
    path = f"{APPOINTMENTS}/activate/{made['id']}"

    first, again = await clinic.ask("POST", path), await clinic.ask("POST", path)
    code = first[1]["url"].rpartition("/")[2]

    assert first == again
    assert [len(group) for group in code.split("-")] == [3] * 6
    assert code.replace("-", "").isalpha()
    assert (await clinic.get(made["id"]))[1]["interaction"]["state"] == "ACTIVE"


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


# -- A-11 -------------------------------------------------------------------------------------------------------------


async def test_a11_counts_are_by_start_length_and_zone(clinic):
    for start, length, where in [("20:00", 5, "UTC"), ("19:00", 5, "UTC"), ("19:00", 10, "UTC"), ("19:00", 5, None)]:
        await clinic.make(start=at(start), duration=f"PT{length}M", timezone=where)
    gone = await clinic.make()
    await clinic.ask("DELETE", f"{APPOINTMENTS}/{gone['id']}")
    await clinic.make(applicationId=OTHER)
    query = f"{APPOINTMENTS}/count?applicationId={APPLICATION}&start={at('19:00')}"

    hour = (await clinic.ask("GET", f"{query}&timeFrame=PT1H", by={}))[1]
    less = (await clinic.ask("GET", f"{query}&timeFrame=PT59M", by={}))[1]

    assert [(row["start"][11:16], row["duration"], row["timezone"], row["count"]) for row in hour] == [
        ("19:00", "PT5M0s", "Europe/Berlin", 1),
        ("19:00", "PT5M0s", "UTC", 1),
        ("19:00", "PT10M0s", "UTC", 1),
        ("20:00", "PT5M0s", "UTC", 1),
    ]
    assert less == hour[:3]


async def test_a11_overlaps_are_half_open(clinic):
    await clinic.make()
    query = f"{APPOINTMENTS}/overlap/count?applicationId={APPLICATION}"
    starts = {"18:55": 0, "18:56": 1, "19:00": 1, "19:04": 1, "19:05": 0}

    for start, count in starts.items():
        assert (await clinic.ask("GET", f"{query}&start={at(start)}&duration=PT5M", by={}))[1] == {"count": count}


@pytest.mark.parametrize("application", ["nobody", "twin-app2", "\0", "x" * 500])
async def test_a11_an_unknown_application_has_nothing(clinic, application):
    when = {"applicationId": application, "start": START}

    count = await clinic.ask("GET", f"{APPOINTMENTS}/count", by={}, params={**when, "timeFrame": "PT1H"})
    overlap = await clinic.ask("GET", f"{APPOINTMENTS}/overlap/count", by={}, params={**when, "duration": "PT1H"})

    assert (count, overlap) == ((200, []), (200, {"count": 0}))


@pytest.mark.parametrize("query", ["", f"applicationId={APPLICATION}", f"applicationId={APPLICATION}&start=x"])
async def test_a11_what_is_missing_is_asked_for(clinic, query):
    assert (await clinic.ask("GET", f"{APPOINTMENTS}/count?{query}&timeFrame=PT1H", by={}))[0] == 400
    assert (await clinic.ask("GET", f"{APPOINTMENTS}/overlap/count?{query}&duration=PT1H", by={}))[0] == 400


# -- A-14 -------------------------------------------------------------------------------------------------


class TestReassign:
    async def reassign(self, clinic, made, id):
        return await clinic.ask("PUT", f"{APPOINTMENTS}/reassign/", {"id": made["id"], "userId": id})

    async def test_a12_the_new_agent_takes_the_place_of_the_owner(self, clinic):
        made = await clinic.make(organizerId=to_uuid(ANA), participants=[agent(BOB)])
        odd = clinic.network.agents.find(OPAQUE).id

        status, after = await self.reassign(clinic, made, OPAQUE)

        assert status == 200
        assert after["organizer"] == {"id": to_uuid(odd), "type": "AGENT"}
        assert set(agents_of(after)) == {to_uuid(BOB), to_uuid(odd)}
        assert set(taken(clinic, made)) == {BOB, odd}

    async def test_a12_of_a_customer_s_the_only_agent_is_replaced(self, clinic):
        made = await clinic.make()
        await clinic.ask("POST", f"{APPOINTMENTS}/participants/agents/", {"id": made["id"], "userId": to_uuid(ANA)})

        _, after = await self.reassign(clinic, made, to_uuid(BOB))

        assert agents_of(after) == [to_uuid(BOB)]
        assert after["organizer"] == {"id": to_uuid(BOB), "type": "AGENT"}
        assert taken(clinic, made) == {BOB: False}

    async def test_a12_the_same_agent_again_changes_nothing(self, clinic):
        made = await clinic.make(organizerId=to_uuid(ANA))

        assert await self.reassign(clinic, made, to_uuid(ANA)) == (200, made)

    async def test_a12_back_and_forth(self, clinic):
        made = await clinic.make(organizerId=to_uuid(ANA))
        await self.reassign(clinic, made, to_uuid(BOB))

        _, after = await self.reassign(clinic, made, to_uuid(ANA))

        assert after == made
        assert taken(clinic, made) == {ANA: False}

    @pytest.mark.parametrize("user", [NOBODY, "x", "nobody-i-know"])
    async def test_a12_an_unknown_user_is_not_found(self, clinic, user):
        made = await clinic.make()

        assert (await self.reassign(clinic, made, user))[0] == 404


class TestReschedule:
    async def move(self, clinic, made, **body):
        return await clinic.ask("PUT", f"{APPOINTMENTS}/reschedule/", {"id": made["id"], **body})

    async def test_a13_what_is_not_said_stays(self, clinic):
        made = await clinic.make(participants=[agent(ANA)])

        status, after = await self.move(clinic, made, start="2026-03-10T10:00:00+02:00")

        assert status == 200
        assert after == {**made, "start": "2026-03-10T08:00:00.0Z", "end": "2026-03-10T08:05:00.0Z"}
        (time,) = clinic.read(times.times_of, id=from_uuid(made["id"]))
        assert (time.blocked_start.hour, time.blocked_end.minute) == (8, 5)

    @pytest.mark.parametrize(
        "wrong",
        [
            *({}, {"start": "2026-03-01T19:00:00Z"}, {"start": START, "duration": "PT0S"}, {"start": "soon"}),
            *({"start": START, "timezone": "Nowhere/Land"}, {"start": "9999-12-31T23:59:59Z"}, {"start": None}),
        ],
    )
    async def test_a13_a_time_that_cannot_be_is_refused(self, clinic, wrong):
        made = await clinic.make()

        assert (await self.move(clinic, made, **wrong))[0] == 400
        assert (await clinic.get(made["id"]))[1] == made

    async def test_what_goes_on_is_not_moved(self, clinic):
        made = await clinic.make()
        await clinic.ask("POST", f"{APPOINTMENTS}/activate/{made['id']}")

        assert (await self.move(clinic, made, start=START))[0] == 409

    async def test_old_reminders_are_void(self, clinic):
        made = await clinic.make()
        await self.move(clinic, made, start="2026-03-20T10:00:00Z")
        clinic.clock.move(days=7)

        assert clinic.read(timers.due) == []


class TestParticipants:
    async def test_an_agent_who_takes_part_cannot_be_added(self, clinic):
        made = await clinic.make(participants=[agent(ANA)])
        body = {"id": made["id"], "userId": to_uuid(ANA)}

        status, answer = await clinic.ask("POST", f"{APPOINTMENTS}/participants/agents/", body)

        assert (status, answer["error"]) == (409, "StatusConflict")

    @pytest.mark.parametrize("spelling", [to_uuid(ANA), to_uuid(ANA).upper(), ANA, "ana"])
    async def test_an_agent_has_several_spellings(self, clinic, spelling):
        made = await clinic.make()
        body = {"id": made["id"], "userId": spelling}

        _, after = await clinic.ask("POST", f"{APPOINTMENTS}/participants/agents/", body)

        assert agents_of(after) == [to_uuid(ANA)]

    async def test_a14_the_last_one_may_go_and_the_organizer_stays(self, clinic):
        made = await clinic.make()
        (somebody,) = made["participantIds"]
        path = f"{APPOINTMENTS}/{made['id']}/participants/{somebody['id']}"

        first, again = await clinic.ask("DELETE", path), await clinic.ask("DELETE", path)

        assert first == (200, {**made, "participantIds": []})
        assert first[1]["organizer"] == {"id": somebody["id"], "type": "CUSTOMER"}
        assert again[0] == 404
        assert (await clinic.ask("GET", path))[0] == 404

    async def test_a14_who_goes_has_his_time_back(self, clinic):
        made = await clinic.make(participants=[agent(ANA), agent(BOB)])

        await clinic.ask("DELETE", f"{APPOINTMENTS}/{made['id']}/participants/{to_uuid(ANA)}")

        assert taken(clinic, made) == {BOB: False}

    async def test_several_customers_each_with_details_of_his_own(self, clinic):
        made = await clinic.make()
        body = {"id": made["id"], "customer": {"name": {"firstName": "Eve"}}}
        _, after = await clinic.ask("POST", f"{APPOINTMENTS}/participants/customers/", body)
        ids = [one["id"] for one in after["participantIds"]]

        names = [
            (await clinic.ask("GET", f"{APPOINTMENTS}/{made['id']}/participants/{id}"))[1]["name"]["firstName"]
            for id in ids
        ]

        assert sorted(names) == ["Bobby", "Eve"]

    async def test_an_agent_s_details(self, clinic):
        made = await clinic.make(participants=[agent(ANA)])

        _, who = await clinic.ask("GET", f"{APPOINTMENTS}/{made['id']}/participants/{to_uuid(ANA)}")

        assert who == {
            "contact": {"primaryEmail": "ana@clinic.example", "primaryPhone": None},
            "id": to_uuid(ANA),
            "metadata": {},
            "name": {"firstName": "Ana", "lastName": "Pérez"},
            "type": "AGENT",
            "username": "ana@clinic.example",
        }

    async def test_a15_a_customer_s_details_are_gone_a_day_after_the_end(self, clinic):
        made = await clinic.make(participants=[agent(ANA)])
        customer, ana = (f"{APPOINTMENTS}/{made['id']}/participants/{one['id']}" for one in made["participantIds"])
        clinic.clock.move(days=8, hours=4, minutes=5)
        before = (await clinic.ask("GET", customer))[0]
        clinic.clock.move(seconds=1)

        after = [(await clinic.ask("GET", path))[0] for path in (customer, ana)]
        await clinic.option(customer_details_hours=48)

        assert (before, after) == (200, [404, 200])
        assert (await clinic.ask("GET", customer))[0] == 200


# -- A-18 -------------------------------------------------------------------------------------------------------------


async def test_a18_google_is_told_when_what_and_where(clinic):
    made = await clinic.make()

    answer = await clinic.client.get(f"/api/cal/events/google/{made['id']}/event", allow_redirects=False)
    where = urlsplit(answer.headers["Location"])

    assert (answer.status, f"{where.scheme}://{where.netloc}{where.path}") == (
        302,
        "https://calendar.google.com/calendar/render",
    )
    assert parse_qs(where.query) == {
        "action": ["TEMPLATE"],
        "text": ["Product installation review"],
        "dates": ["20260309T190000Z/20260309T190500Z"],
        "details": ["clinic Clinic"],
        "location": ["clinic Clinic"],
        "ctz": ["Europe/Berlin"],
    }


async def test_a18_an_icalendar_file_has_one_event(clinic):
    made = await clinic.make()
    path = f"/api/cal/events/ical/{made['id']}/event"
    await clinic.ask("PUT", f"{APPOINTMENTS}/reschedule/", {"id": made["id"], "start": at("20:00")})

    answer = await clinic.client.get(path)
    calendar: Any = icalendar.Calendar.from_ical(await answer.text())
    (event,) = calendar.walk("VEVENT")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    assert (event["UID"], event["SUMMARY"]) == (made["id"], "Product installation review")
    assert event["DTSTART"].dt == datetime.fromisoformat("2026-03-09T20:00:00Z")
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(minutes=5)
    assert event["SEQUENCE"] > 0
    assert "3nv-1gt-4rt" not in str(calendar)


async def test_a18_a_title_stays_within_its_line(clinic):
    made = await clinic.make(title="Sévère\r\nATTENDEE:mailto:x@y.example; a, b " * 9)

    text = await (await clinic.client.get(f"/api/cal/events/ical/{made['id']}/event")).text()
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")

    assert "ATTENDEE" not in event
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@pytest.mark.parametrize("kind", ["google", "ical"])
@pytest.mark.parametrize("id", [NOBODY, "x", "%00", ".."])
async def test_a18_what_is_not_there_is_not_found(clinic, kind, id):
    status, body = await clinic.ask("GET", f"/api/cal/events/{kind}/{id}/event", by={})

    assert status == 404
    assert body.get("error", "StatusNotFound") == "StatusNotFound"


# -- A-19 -------------------------------------------------------------------------------------------------------------


class TestEmails:
    async def confirm(self, clinic, code, application=APPLICATION):
        body = {"applicationId": application, "code": code}
        return (await clinic.ask("POST", "/api/notifications/emails/confirm", body, by=await clinic.as_("ADMIN")))[0]

    def start(self, clinic):
        address, _ = clinic.store.write(sender_verification.start, account=clinic.account)
        sent = clinic.messages()[-1]
        assert (sent.kind, sent.recipient) == ("email_code", address)
        return sent.data["code"]

    async def test_a19_the_code_that_was_sent_to_the_owner_proves_it_once(self, clinic):
        code = self.start(clinic)

        statuses = [await self.confirm(clinic, code), await self.confirm(clinic, code)]

        assert statuses == [204, 404]
        assert clinic.messages()[-1].recipient == "sue@clinic.example"

    async def test_a19_a_wrong_or_an_old_code_is_refused(self, clinic):
        code = self.start(clinic)
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        first = await self.confirm(clinic, wrong)
        clinic.clock.move(minutes=10)

        assert (first, await self.confirm(clinic, code)) == (400, 400)

    async def test_a19_five_wrong_guesses_are_enough(self, clinic):
        code = self.start(clinic)
        wrong = f"{(int(code) + 1) % 1_000_000:06d}"
        for _ in range(5):
            assert await self.confirm(clinic, wrong) == 400

        assert await self.confirm(clinic, code) == 400

    async def test_a19_another_s_application_is_not_found(self, clinic, twin):
        code = self.start(clinic)

        assert await self.confirm(clinic, code, "twin-app") == 404

    @pytest.mark.parametrize("code", ["12345", "abcdef", "\uff11\uff12\uff13\uff14\uff15\uff16", 123456, ""])
    async def test_a_code_has_six_digits(self, clinic, code):
        assert await self.confirm(clinic, code) == 400

    @pytest.mark.parametrize(
        "wrong", [{"toEmail": "nobody"}, {"channel": "SMS"}, {"timezone": "x"}, {"textBody": None}, {"period": "x"}]
    )
    async def test_a_test_that_cannot_be_sent_is_refused(self, clinic, wrong):
        body = {"applicationId": APPLICATION, "toEmail": "a@b.example", "textBody": "x", **wrong}
        admin = await clinic.as_("ADMIN")

        assert (await clinic.ask("POST", "/api/notifications/emails/test", body, by=admin))[0] == 400
        assert clinic.messages() == []


# -- A-21, X-1 --------------------------------------------------------------------------------------------------------


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
