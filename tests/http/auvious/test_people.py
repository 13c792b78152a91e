"""Who takes part (A-12, A-14, A-15), and when (A-13)."""

import pytest

from qms.domain.ids import from_uuid
from qms.services.booking import timers
from qms.store import times
from tests.http.auvious.conftest import (
    ANA,
    APPOINTMENTS,
    BOB,
    OPAQUE,
    START,
    to_uuid,
)
from tests.http.auvious.meetings import NOBODY, agent, agents_of, taken


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


class TestWhoeverHasGone:
    KINDS = ("CREATE", "CANCELLED")
    WORDS = tuple({"channel": "EMAIL", "type": kind, "textBody": "x"} for kind in KINDS)

    def told(self, clinic):
        return [(one.kind, one.recipient) for one in clinic.messages()]

    async def test_an_agent_hears_that_his_appointment_is_another_s(self, clinic):
        made = await clinic.make(organizerId=to_uuid(ANA), customer=None, notifications=self.WORDS)

        await clinic.ask("PUT", f"{APPOINTMENTS}/reassign/", {"id": made["id"], "userId": to_uuid(BOB)})

        assert sorted(self.told(clinic)) == [("CANCELLED", "ana@clinic.example"), ("CREATE", "ana@clinic.example")]

    async def test_and_again_when_it_comes_back_to_him(self, clinic):
        made = await clinic.make(organizerId=to_uuid(ANA), customer=None, notifications=self.WORDS)

        for user in (BOB, ANA, BOB, ANA):
            clinic.clock.move(seconds=1)
            await clinic.ask("PUT", f"{APPOINTMENTS}/reassign/", {"id": made["id"], "userId": to_uuid(user)})

        assert [kind for kind, _ in self.told(clinic)] == ["CREATE", "CANCELLED", "CREATE", "CANCELLED", "CREATE"]

    async def test_the_last_customer_finds_no_way_back(self, clinic):
        made = await clinic.make(organizerId=to_uuid(ANA))
        token = await clinic.customer(made["id"])
        _, way = await clinic.ask("POST", f"{APPOINTMENTS}/activate/{made['id']}")
        gone = next(one["id"] for one in made["participantIds"] if one["type"] == "CUSTOMER")

        await clinic.ask("DELETE", f"{APPOINTMENTS}/{made['id']}/participants/{gone}")
        await clinic.ask("POST", f"{APPOINTMENTS}/participants/customers/", {"id": made["id"], "customer": {}})

        assert (await clinic.ask("GET", f"{APPOINTMENTS}/{made['id']}", by=token))[0] == 403
        room = way["url"].removeprefix("http://turnero.example")
        assert (await clinic.ask("POST", f"{room}/token", by={}))[0] == 404
        _, anew = await clinic.ask("POST", f"{APPOINTMENTS}/activate/{made['id']}")
        assert anew["url"] != way["url"]
