"""Booking through the calendar: what is answered, what is refused and in which words."""

import asyncio

import pytest
import sqlalchemy as sa

from qms.store.schema import booking
from qms.store.schema.work import submission
from qms_gateway.face import routes
from tests.db.networks import apply
from tests.http.conftest import Keys
from tests.http.videsk.answers import KEYS
from tests.http.videsk.practice import (
    ANSWERS,
    JOHN,
    MAIL,
    MARK,
    NAME,
    NO_DATE,
    NO_SERVICE,
    NO_ZONE,
    PRACTICE,
    SANTIAGO,
    SERVICE,
    Answered,
    OneDatabase,
    Practice,
    error,
    no_access,
    refused,
    unavailable,
)

HOUR = "2026-03-10T11:00:00.000Z"
NO_FIELD = error(
    "Some element not as field, please check or try again",
    data="Maybe the organization has changed the form and you're submit is not valid anymore.",
)
NO_REFERRER = error('A valid "referrer" is required', data="referrer")
NO_TOKEN = error('Please provide a valid "token", is mandatory.')
WAYS = [f"service/{SERVICE}", f"user/{JOHN}"]


def rows(store, table):
    return store.read(lambda tx: [dict(row) for row in tx.execute(sa.select(table)).mappings()])


class TestBooked:
    @pytest.mark.parametrize("path", WAYS)
    async def test_it_is_answered_as_documented(self, practice, path):
        body = await practice.booked(HOUR, path=path, service=SERVICE)

        access, action = body["accessToken"], body["actionToken"]
        assert list(body) == KEYS
        assert body == {
            "email": "eva@example.org",
            "service": "My service",
            "startAt": HOUR,
            "endAt": "2026-03-10T11:05:00.000Z",
            "duration": 5,
            "timezone": SANTIAGO,
            "joinURL": f"https://example.com?v-schedule-action=join&v-schedule-auth={access}",
            "rescheduleURL": f"https://example.com?v-schedule-action=modify&v-schedule-auth={action}",
            "cancelURL": f"https://example.com?v-schedule-action=modify&v-schedule-auth={action}",
            "accessToken": access,
            "actionToken": action,
            "message": "Your appointment was successfully scheduled.",
        }
        assert access.count(".") == action.count(".") == 2

    async def test_it_is_kept_with_the_answers(self, practice):
        await practice.booked(HOUR)

        (kept,), (said,) = rows(practice.store, booking.appointment), rows(practice.store, submission)
        assert (kept["origin"], kept["state"], kept["timezone"]) == ("videsk", "scheduled", SANTIAGO)
        assert kept["data"] == {"referrer": "https://example.com"}
        assert (said["values"], said["id"]) == (ANSWERS, kept["submission_id"])

    async def test_duration_is_always_that_of_the_appointment(self, practice):
        body = await practice.booked(HOUR, path="service/auto", form=[])

        assert (body["endAt"], body["duration"]) == ("2026-03-10T11:07:00.000Z", 7)

    async def test_without_an_address_in_the_form_email_is_null(self, practice):
        assert (await practice.booked(HOUR, form=ANSWERS[:1]))["email"] is None
        assert (await practice.booked(HOUR, path="service/auto", form=[]))["email"] is None

    @pytest.mark.parametrize("timezone", ["Europe/Berlin", "+05:30", "Z", "-0300"])
    async def test_the_zone_is_told_as_it_was_sent(self, practice, timezone):
        assert (await practice.booked(HOUR, timezone=timezone))["timezone"] == timezone

    @pytest.mark.parametrize(
        "start",
        ["2026-03-10T11:00:00Z", "2026-03-10T08:00:00-03:00", "2026-03-10T11:00Z", "2026-03-10T16:30:00.000+0530"],
    )
    async def test_the_start_may_be_written_in_many_ways(self, practice, start):
        assert (await practice.booked(start))["startAt"] == HOUR

    async def test_with_anybody_the_one_with_the_fewest_bookings_that_day_gets_it(self, practice):
        await practice.booked("2026-03-10T11:00:00Z", path=f"user/{JOHN}", service=SERVICE)
        for start in ("11:30", "11:35"):
            await practice.booked(f"2026-03-10T{start}:00Z")

        agents = [
            row["agent_id"] for row in sorted(rows(practice.store, booking.appointment), key=lambda r: r["starts_at"])
        ]
        assert agents == [JOHN, MARK, JOHN]

    async def test_keys_of_the_network_file_will_do_for_ids(self, practice):
        assert (await practice.book(HOUR, path="user/john", service="mine")).status == 201
        assert (await practice.book(HOUR, path="service/mine")).status == 201

    async def test_the_same_idempotency_key_books_once(self, practice):
        headers = {**practice.headers, "Idempotency-Key": "k"}

        first, again = [await practice.book(HOUR, headers=headers) for _ in range(2)]
        other = await practice.book("2026-03-11T11:00:00.000Z", headers=headers)

        assert first == again
        assert (other.status, len(rows(practice.store, booking.appointment))) == (422, 1)

    async def test_of_a_refusal_an_idempotency_key_keeps_nothing(self, practice):
        headers = {**practice.headers, "Idempotency-Key": "k"}
        taken = await practice.booked(HOUR, path="user/mark", service="mine")
        in_vain = await practice.book(HOUR, path="user/mark", service="mine", headers=headers)

        await practice.cancel(taken["actionToken"])

        assert in_vain.status == 409
        assert (await practice.book(HOUR, path="user/mark", service="mine", headers=headers)).status == 201


class TestLinks(OneDatabase):
    @pytest.mark.parametrize(
        ("referrer", "begins", "ends"),
        [
            ("https://example.com", "https://example.com?v-schedule-action=join&v-schedule-auth=", ""),
            ("http://example.com/a/?", "http://example.com/a/?v-schedule-action=join&v-schedule-auth=", ""),
            ("https://x.org/p?a=1&b=%20", "https://x.org/p?a=1&b=%20&v-schedule-action=join&v-schedule-auth=", ""),
            ("https://x.org/p?a#top", "https://x.org/p?a&v-schedule-action=join&v-schedule-auth=", "#top"),
            (
                "https://x.org/?v-schedule-action=modify&q=1&v-schedule-auth=old",
                "https://x.org/?q=1&v-schedule-action=join&v-schedule-auth=",
                "",
            ),
            ("spring-campaign", "http://turnero.example/book/practice?v-schedule-action=join&v-schedule-auth=", ""),
            ("javascript:alert(1)//https://", "http://turnero.example/book/practice?v-schedule-action=join&", ""),
            ("https://x.org/a b", "http://turnero.example/book/practice?v-schedule-action=join&", ""),
            ("https://[", "http://turnero.example/book/practice?v-schedule-action=join&", ""),
        ],
    )
    async def test_they_lead_to_the_referrer_if_it_is_a_page(self, practice, referrer, begins, ends):
        body = await practice.booked(HOUR, referrer=referrer)

        (kept,) = rows(practice.store, booking.appointment)
        assert body["joinURL"].startswith(begins)
        assert body["joinURL"].endswith(body["accessToken"] + ends)
        assert kept["data"] == {"referrer": referrer}

    async def test_the_account_may_say_where_else(self, practice, practice_option):
        await practice_option(default_referrer_base="https://practice.example/visits?from=mail")

        body = await practice.booked(HOUR, referrer="spring-campaign")

        base = "https://practice.example/visits?from=mail&v-schedule-action=modify&v-schedule-auth="
        assert body["cancelURL"] == body["rescheduleURL"] == base + body["actionToken"]


class TestMistakes(OneDatabase):
    @pytest.mark.parametrize("path", WAYS)
    @pytest.mark.parametrize(
        ("said", "refusal"),
        [
            ({"start": None}, NO_DATE),
            ({"start": 1}, NO_DATE),
            ({"start": "soon"}, NO_DATE),
            ({"start": "2026-03-10"}, NO_DATE),
            ({"start": "2026-03-10T11:00:00"}, NO_DATE),
            ({"timezone": None}, NO_ZONE),
            ({"timezone": "Mars/Olympus"}, NO_ZONE),
            ({"timezone": ["Z"]}, NO_ZONE),
            ({"timezone": " 02:00"}, NO_ZONE),
            ({"form": None}, NO_FIELD),
            ({"form": {}}, NO_FIELD),
            ({"form": "x"}, NO_FIELD),
            ({"form": [{"_id": NAME}]}, NO_FIELD),
            ({"form": [*ANSWERS, {"_id": "0" * 24, "value": "x"}]}, NO_FIELD),
            ({"form": []}, error(f'The value is required for element "{NAME}".')),
            (
                {"form": [{"_id": NAME, "value": "x" * 51}]},
                error(f'You reach the max characters is 50 for element "{NAME}".'),
            ),
            (
                {"form": [*ANSWERS[:1], {"_id": MAIL, "value": "x"}]},
                error(f'The value is invalid for element "{MAIL}".'),
            ),
            ({"referrer": None}, NO_REFERRER),
            ({"referrer": " "}, NO_REFERRER),
            ({"referrer": 7}, NO_REFERRER),
            ({"referrer": "x" * 5000}, NO_REFERRER),
            ({"start": "soon", "timezone": "x", "form": [], "referrer": None}, NO_DATE),
            ({"timezone": "x", "form": [], "referrer": None}, NO_ZONE),
            ({"start": "2020-01-01T00:00:00Z", "form": []}, error(f'The value is required for element "{NAME}".')),
        ],
    )
    async def test_each_mistake_has_its_text_in_the_documented_order(self, practice, path, said, refusal):
        status, body = await practice.book(**{"start": HOUR, "path": path, "service": SERVICE, **said})

        assert (status, list(body.items())) == (400, list(refusal.items()))


class TestRefusals:
    @pytest.mark.parametrize(
        "start", ["2026-03-02T14:55:00.000Z", "2026-03-10T11:01:00.000Z", "2026-03-10T12:58:00.000Z"]
    )
    @pytest.mark.parametrize("path", WAYS)
    async def test_what_is_past_or_off_the_grid_or_closed_is_unavailable(self, practice, path, start):
        assert await practice.book(start, path=path, service=SERVICE) == refused(unavailable(start))

    @pytest.mark.parametrize(
        ("start", "told"),
        [
            ("2026-03-10T08:00:00.5-03:00", "2026-03-10T11:00:00.500Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
            ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z"),
        ],
    )
    async def test_the_hour_is_told_in_utc(self, practice, start, told):
        assert await practice.book(start) == refused(unavailable(told))

    async def test_what_is_taken_is_unavailable(self, practice):
        for _ in range(2):
            await practice.booked(HOUR)

        assert await practice.book(HOUR) == refused(unavailable(HOUR))
        assert await practice.book(HOUR, path=f"user/{MARK}", service=SERVICE) == refused(unavailable(HOUR))

    @pytest.mark.parametrize("service", [None, "", "nope", JOHN, 7, [SERVICE], "nobody"])
    async def test_with_an_agent_of_ones_choice_a_service_that_he_gives_is_wanted(self, practice, service):
        answer = await practice.book(HOUR, path=f"user/{JOHN}", service=service, timezone="x", form=[])

        assert answer == refused(NO_SERVICE)

    async def test_an_unknown_service_is_400_and_an_unknown_agent_404(self, practice):
        none = error("No record found for id 'nope'", "NotFound", 404, "not-found")

        assert await practice.book(HOUR, path="service/nope") == refused(NO_SERVICE)
        assert await practice.book(HOUR, path="user/nope", service=SERVICE) == refused(none)

    async def test_a_service_without_agents_is_never_available(self, practice):
        assert await practice.book(HOUR, path="service/nobody", form=[]) == refused(unavailable(HOUR))

    @pytest.mark.parametrize("body", ["[]", "7", "{", '{"form": [}'])
    async def test_what_is_no_object_is_400_in_the_envelope(self, practice, body):
        path = f"/public/video-contact-center/schedule/service/{SERVICE}"

        response = await practice.client.post(path, data=body, headers=practice.headers)

        assert (response.status, (await response.json())["name"]) == (400, "BadRequest")

    async def test_under_body_code_nothing_here_is_told_otherwise(self, practice, practice_option):
        await practice_option(status_policy="body-code")

        assert await practice.book(HOUR, timezone="x") == refused(NO_ZONE)
        assert (await practice.book(HOUR)).status == 201


class TestKeys:
    async def test_a_public_key_wants_a_captcha_token_last(self, practice):
        public = practice.key("public")

        assert await practice.book(HOUR, headers=public) == refused(NO_TOKEN)
        assert await practice.book(HOUR, headers=public, token=" ") == refused(NO_TOKEN)
        assert await practice.book(HOUR, headers=public, referrer=None) == refused(NO_REFERRER)
        assert (await practice.book(HOUR, headers=public, token="t")).status == 201

    async def test_no_honeypot_is_demanded_and_one_that_was_filled_in_is_suspicious(self, practice):
        public = practice.key("public")
        trap = {"_id": "videsk_essential", "value": ""}

        bot = await practice.book(HOUR, headers=public, token="t", form=[*ANSWERS, {**trap, "value": "x"}])
        person = await practice.book(HOUR, headers=public, token="t", form=[*ANSWERS, trap])

        assert (bot.status, bot.body["code"]) == (400, 422)
        assert person.status == 201

    async def test_another_kind_of_key_is_not_for_this(self, practice):
        answer = await practice.book(HOUR, headers=practice.key("api-token"))

        assert answer == refused(no_access(f"schedule/service/{SERVICE}"))


async def test_other_accounts_see_and_book_nothing_here(practice):
    text = PRACTICE.replace('slug = "practice"', 'slug = "other"').replace("My service", "Theirs")
    await asyncio.to_thread(apply, practice.store, text)
    ((theirs,),) = practice.store.read(lambda tx: tx.raw("SELECT id FROM account WHERE slug = 'other'", {}))
    headers = Keys(practice.store, theirs)()
    ours = await practice.booked(HOUR, path=f"user/{JOHN}", service=SERVICE)

    listed = await practice.get("services", headers)
    booked = await practice.book(HOUR, path=f"user/{JOHN}", service=SERVICE, headers=headers)
    info = await practice.info(booked.body["accessToken"])

    assert listed.body["data"][0]["title"] == "Theirs"
    assert (booked.status, booked.body["service"]) == (201, "Theirs")
    assert (info.body["user"]["_id"], info.body["service"]["id"]) == (JOHN, SERVICE)
    assert info.body["id"] != (await practice.info(ours["accessToken"])).body["id"]


async def test_more_than_the_limit_is_429(serve, store):
    practice = await Practice.open(await serve(routes, rate_limit=2), store)

    answers = [await practice.get("services") for _ in range(3)]

    text = "Too many requests, please try again later."
    assert answers[2] == Answered(429, error(text, "TooManyRequests", 429, "too-many-requests"))
