"""The calendar: services, days and hours, as documented."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.clock import HandClock
from tests.http.videsk.practice import (
    JOHN,
    MARK,
    NO_DATE,
    NO_SERVICE,
    NO_ZONE,
    PAST,
    SANTIAGO,
    SERVICE,
    OneDatabase,
    error,
    refused,
)

BERLIN = "Europe/Berlin"
ENDS = [f"services/{SERVICE}/dates", f"services/{SERVICE}/hours", f"users/{JOHN}/dates", f"users/{JOHN}/hours"]


@pytest.fixture
def clock():
    """The day before the documented month, at noon in Santiago."""
    return HandClock(datetime(2023, 1, 31, 15, 0, tzinfo=UTC))


def no_record(id):
    return error(f"No record found for id '{id}'", "NotFound", 404, "not-found")


def instants(first, last, minutes):
    start, end = datetime.fromisoformat(first), datetime.fromisoformat(last)
    count = int((end - start) / timedelta(minutes=minutes)) + 1
    return [f"{start + n * timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%S.000Z}" for n in range(count)]


class TestServices:
    async def test_they_are_told_as_documented_with_those_whom_one_may_choose(self, practice):
        response = await practice.client.get("/public/video-contact-center/services", headers=practice.headers)

        text = await response.text()
        assert response.status == 200
        assert text.startswith(
            '{"total":3,"limit":10,"skip":0,"data":[{"users":['
            f'{{"_id":"{JOHN}","firstname":"John","lastname":"Doe"}},'
            f'{{"_id":"{MARK}","firstname":"Mark","lastname":"Zuckerberg"}}],'
            '"title":"My service","description":"Service description","automatic":false,'
            f'"id":"{SERVICE}"}},'
        )

    async def test_users_are_left_out_where_we_choose_and_empty_where_there_are_none(self, practice):
        _, body = await practice.get("services")

        assert list(body["data"][1]) == ["title", "description", "automatic", "id"]
        assert body["data"][2]["users"] == []

    async def test_they_come_in_pages(self, practice):
        _, body = await practice.get("services", **{"$limit": "1", "$skip": "1"})

        assert (body["total"], body["limit"], body["skip"]) == (3, 1, 1)
        assert [service["title"] for service in body["data"]] == ["Whoever"]

    async def test_a_public_key_will_do_and_none_will_not(self, practice):
        assert (await practice.get("services", practice.key("public"))).status == 200
        assert (await practice.get("services", {})).status == 401
        assert (await practice.get("services", practice.key("api-token"))).status == 403


class TestDates:
    async def test_the_documented_month_is_told_by_midnights_in_the_viewers_zone(self, practice):
        found = await practice.look(f"services/{SERVICE}/dates", "2023-02-10T12:00:00.000Z")

        assert found == instants("2023-02-01T03:00", "2023-02-28T03:00", 1440)

    async def test_an_agent_has_his_own_days(self, practice):
        found = await practice.look(f"users/{MARK}/dates", "2023-02-01T03:00:00.000Z")

        assert [int(day[8:10]) for day in found] == [d for d in range(1, 29) if datetime(2023, 2, d).weekday() < 5]  # noqa: DTZ001

    async def test_this_month_begins_today(self, practice, clock):
        clock.move(days=9)

        found = await practice.look(f"services/{SERVICE}/dates", "2023-02-01T03:00:00.000Z")

        assert (found[0], len(found)) == ("2023-02-09T03:00:00.000Z", 20)

    async def test_beyond_the_horizon_there_is_nothing(self, practice):
        assert await practice.look(f"services/{SERVICE}/dates", "2024-02-01T03:00:00.000Z") == []
        assert await practice.look(f"services/{SERVICE}/hours", "9998-12-31T03:00:00.000Z") == []


class TestHours:
    async def test_the_documented_day_is_the_viewers_and_crosses_midnight(self, practice):
        found = await practice.look(f"services/{SERVICE}/hours", "2023-02-24T03:00:00.000Z")

        expected = instants("2023-02-24T11:00", "2023-02-24T12:55", 5) + instants(
            "2023-02-24T16:00", "2023-02-25T02:55", 5
        )
        assert found == expected

    async def test_the_whole_appointment_must_fit_whatever_the_grid(self, practice):
        found = await practice.look("services/auto/hours", "2023-02-24T03:00:00.000Z")

        assert [hour[11:16] for hour in found if hour[11:13] == "12"][-1] == "12:50"

    async def test_today_offers_what_is_to_come(self, practice):
        found = await practice.look(f"users/{JOHN}/hours", "2023-01-31T03:00:00.000Z")

        assert found == instants("2023-01-31T16:00", "2023-02-01T02:55", 5)

    async def test_what_is_booked_is_not_offered_until_it_is_cancelled(self, practice):
        path, hour = f"users/{JOHN}/hours", "2023-02-24T11:00:00.000Z"
        booked = await practice.booked(hour, path=f"user/{JOHN}", service=SERVICE)

        taken = await practice.look(path, hour)
        await practice.cancel(booked["actionToken"])
        again = await practice.look(path, hour)

        assert (hour in taken, hour in again) == (False, True)

    async def test_whoever_else_is_free_is_offered_to_those_who_take_anybody(self, practice):
        hour = "2023-02-24T11:00:00.000Z"
        await practice.booked(hour, path=f"user/{JOHN}", service=SERVICE)

        assert hour in await practice.look(f"services/{SERVICE}/hours", hour)
        assert hour not in await practice.look(f"users/{JOHN}/hours", hour)


class TestQuestions(OneDatabase):
    """What may be asked, in which form, and what is said of the rest."""

    @pytest.mark.parametrize("path", ENDS)
    @pytest.mark.parametrize(
        ("query", "refusal"),
        [
            ({}, NO_DATE),
            ({"date": "", "timezone": SANTIAGO}, NO_DATE),
            ({"date": "yesterday", "timezone": SANTIAGO}, NO_DATE),
            ({"date": "2023-02-30T00:00:00.000Z", "timezone": SANTIAGO}, NO_DATE),
            ({"date": "0001-01-01T00:00:00.000Z", "timezone": SANTIAGO}, NO_DATE),
            ({"date": "9999-12-31T23:59:59.999Z", "timezone": "+14:00"}, NO_DATE),
            ({"date": "1675220400000", "timezone": SANTIAGO}, NO_DATE),
            ({"date": "2023-02-24T03:00:00.000Z"}, NO_ZONE),
            ({"date": "2023-02-24T03:00:00.000Z", "timezone": ""}, NO_ZONE),
            ({"date": "2023-02-24T03:00:00.000Z", "timezone": "Mars/Olympus"}, NO_ZONE),
            ({"date": "2023-02-24T03:00:00.000Z", "timezone": "+25:00"}, NO_ZONE),
            ({"date": "nonsense", "timezone": "Mars/Olympus"}, NO_DATE),
            ({"date": "2022-12-31T12:00:00.000Z", "timezone": SANTIAGO}, PAST),
        ],
    )
    async def test_each_mistake_has_its_text(self, practice, path, query, refusal):
        status, body = await practice.get(path, **query)

        assert (status, list(body.items())) == (400, list(refusal.items()))

    @pytest.mark.parametrize("what", ["dates", "hours"])
    async def test_past_is_what_is_over_where_the_viewer_is(self, practice, clock, what):
        clock.at = datetime(2023, 2, 1, 2, 0, tzinfo=UTC)  # the 31st, 23:00 in Santiago; the 1st, 11:00 in Tokyo
        asked = {"date": "2023-01-31T12:00:00.000Z"}

        here = await practice.get(f"services/{SERVICE}/{what}", timezone=SANTIAGO, **asked)
        there = await practice.get(f"services/{SERVICE}/{what}", timezone="Asia/Tokyo", **asked)

        assert (here.status, there) == (200, refused(PAST))

    async def test_a_day_that_is_over_is_past_for_hours_not_for_dates(self, practice):
        asked = {"date": "2023-01-30T12:00:00.000Z", "timezone": SANTIAGO}

        assert await practice.get(f"services/{SERVICE}/hours", **asked) == refused(PAST)
        assert (await practice.get(f"services/{SERVICE}/dates", **asked)).status == 200

    @pytest.mark.parametrize(
        "date",
        [
            "2023-02-24",
            "2023-02-24T09:00",
            "2023-02-24T03:00:00Z",
            "2023-02-24t03:00:00z",
            "2023-02-24T00:00-03:00",
            "2023-02-24T10:00:00.000+02:00",
            "2023-02-24T10:00:00.000 02:00",
            "2023-02-25T02:59:59.999999Z",
        ],
    )
    async def test_a_date_may_be_written_in_many_ways(self, practice, date):
        found = await practice.look(f"services/{SERVICE}/hours", date)

        assert found[0] == "2023-02-24T11:00:00.000Z"

    @pytest.mark.parametrize("timezone", ["-03:00", "America/Santiago", "-0300", "America/Argentina/Buenos_Aires"])
    async def test_so_may_a_zone(self, practice, timezone):
        found = await practice.look(f"services/{SERVICE}/dates", "2023-02-10T12:00:00Z", timezone)

        assert found[0] == "2023-02-01T03:00:00.000Z"

    @pytest.mark.parametrize(
        ("timezone", "first"), [("Z", "2023-02-01T00"), ("+02:00", "2023-01-31T22"), (" 02:00", "2023-01-31T22")]
    )
    async def test_days_are_the_viewers(self, practice, clock, timezone, first):
        clock.move(days=-2)

        found = await practice.look("services/mine/dates", "2023-02-10T12:00:00Z", timezone)

        assert found[0] == f"{first}:00:00.000Z"

    @pytest.mark.parametrize(
        "path", ["services/nope/dates", f"services/{JOHN}/hours", f"users/{SERVICE}/dates", "users/x/hours"]
    )
    async def test_what_is_not_there_is_404(self, practice, path):
        status, body = await practice.get(path, date="2023-02-24T03:00:00Z", timezone=SANTIAGO)

        assert (status, body) == (404, no_record(path.split("/")[1]))

    async def test_keys_of_the_network_file_will_do_for_ids(self, practice):
        day = "2023-02-24T03:00:00Z"

        assert await practice.look("services/mine/hours", day) == await practice.look(f"services/{SERVICE}/hours", day)
        assert await practice.look("users/john/hours", day) == await practice.look(f"users/{JOHN}/hours", day)

    async def test_an_agents_hours_are_those_of_his_first_service_or_of_the_one_named(self, practice):
        day = "2023-02-24T03:00:00Z"

        first, other = [await practice.look(f"users/{JOHN}/hours", day, **more) for more in ({}, {"service": "auto"})]

        assert ("2023-02-24T12:55:00.000Z" in first, "2023-02-24T12:55:00.000Z" in other) == (True, False)

    @pytest.mark.parametrize("named", ["nope", "nobody", ""])
    async def test_a_service_that_he_does_not_give_is_none(self, practice, named):
        asked = {"date": "2023-02-24T03:00:00Z", "timezone": SANTIAGO, "service": named}

        assert await practice.get(f"users/{JOHN}/hours", **asked) == refused(NO_SERVICE)

    @pytest.mark.parametrize(
        "path", ["services/nobody/dates", "services/nobody/hours", "users/idle/dates", "users/idle/hours"]
    )
    async def test_a_service_without_agents_and_an_agent_without_services_have_nothing_to_offer(self, practice, path):
        assert await practice.look(path, "2023-02-24T03:00:00Z") == []
        assert await practice.get(path, date="2022-02-24", timezone=SANTIAGO) == refused(PAST)


class TestClocksThatChange:
    async def test_santiagos_autumn_month_has_midnights_on_both_sides(self, practice, clock):
        clock.at = datetime(2023, 3, 20, tzinfo=UTC)

        days = await practice.look(f"users/{JOHN}/dates", "2023-04-15T12:00:00Z")

        assert days[:3] == ["2023-04-01T03:00:00.000Z", "2023-04-02T04:00:00.000Z", "2023-04-03T04:00:00.000Z"]

    async def test_santiagos_long_day_ends_with_the_hour_that_comes_twice(self, practice, clock):
        clock.at = datetime(2023, 3, 20, tzinfo=UTC)  # the clocks go back at midnight after Saturday, 1 April

        hours = await practice.look(f"users/{JOHN}/hours", "2023-04-01T12:00:00Z")

        late = [hour for hour in hours if hour >= "2023-04-02T02:00"]
        assert late == instants("2023-04-02T02:00", "2023-04-02T03:55", 5)

    async def test_santiagos_spring_day_begins_at_one(self, practice, clock):
        clock.at = datetime(2023, 8, 20, tzinfo=UTC)  # the clocks go forward at midnight of Sunday, 3 September

        days = await practice.look(f"users/{JOHN}/dates", "2023-09-10T12:00:00Z")
        hours = await practice.look(f"users/{JOHN}/hours", "2023-09-03T12:00:00Z")

        assert days[1:4] == ["2023-09-02T04:00:00.000Z", "2023-09-03T04:00:00.000Z", "2023-09-04T03:00:00.000Z"]
        assert (hours[0], hours[-1]) == ("2023-09-03T11:00:00.000Z", "2023-09-04T02:55:00.000Z")

    async def test_berlins_viewer_sees_santiagos_hours_by_his_own_days(self, practice, clock):
        clock.at = datetime(2023, 3, 20, 12, tzinfo=UTC)  # Berlin's clocks go forward on Sunday, 26 March

        days = await practice.look(f"users/{JOHN}/dates", "2023-03-25T12:00:00Z", BERLIN)
        hours = await practice.look(f"users/{JOHN}/hours", days[days.index("2023-03-25T23:00:00.000Z")], BERLIN)

        assert days[-6:-3] == ["2023-03-25T23:00:00.000Z", "2023-03-26T22:00:00.000Z", "2023-03-27T22:00:00.000Z"]
        assert (hours[0], hours[-1]) == ("2023-03-25T23:00:00.000Z", "2023-03-26T21:55:00.000Z")

    @pytest.mark.parametrize("zone", [SANTIAGO, BERLIN])
    @pytest.mark.parametrize("month", ["2023-03", "2023-04", "2023-09", "2023-10"])
    async def test_the_days_of_a_month_are_those_with_hours(self, practice, clock, zone, month):
        clock.at = datetime.fromisoformat(f"{month}-01T12:00:00Z") - timedelta(days=20)

        days = await practice.look("users/mark/dates", f"{month}-15T12:00:00Z", zone)

        for day in days:
            hours = await practice.look("users/mark/hours", day, zone)
            following = datetime.fromisoformat(day) + timedelta(hours=25)
            assert hours
            assert all(day <= hour < f"{following:%Y-%m-%dT%H:%M}" for hour in hours)
