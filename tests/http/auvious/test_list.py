"""The list of appointments: who sees what (A-4), pages and order (A-5), filters."""

import pytest

from tests.http.auvious.conftest import (
    ANA,
    APPLICATION,
    APPOINTMENTS,
    BOB,
    OTHER,
    to_uuid,
)
from tests.http.auvious.meetings import NOBODY, agent, at


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
