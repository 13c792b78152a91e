"""One's own appointment: looked at, moved and cancelled with the tokens that the booking gave."""

import jwt
import pytest
import sqlalchemy as sa

from qms.services.booking import ending
from qms.services.booking.finding import domains_of_appointment
from qms.store.schema.booking import appointment
from qms.store.schema.network import agent as agents
from qms.store.schema.network import service as services
from tests.http.videsk.answers import KEYS
from tests.http.videsk.practice import (
    DEAD,
    JOHN,
    MARK,
    NO_DATE,
    SERVICE,
    OneDatabase,
    bearer,
    error,
    no_access,
    refused,
    unavailable,
)

HOUR, LATER = "2026-03-10T11:00:00.000Z", "2026-03-11T11:30:00.000Z"
CANCEL = (
    "Validation failed: cancelReason: Path `cancelReason` (`...`) is longer than the maximum allowed length (1000)."
)


def denied(message):
    return refused(error(message, "NotAuthenticated", 401, "not-authenticated"))


def kept(practice):
    (row,) = practice.store.read(lambda tx: [dict(r) for r in tx.execute(sa.select(appointment)).mappings()])
    return row


def staff(practice, service):
    """Staff does something with the appointment."""
    which = {"account": practice.account, "id": kept(practice)["id"]}
    domains = practice.store.read(domains_of_appointment, **which)
    practice.store.write(service, domain=domains, account=practice.account, appointment=which["id"])


class TestInfo:
    async def test_it_is_told_as_documented_with_201(self, practice):
        booked = await practice.booked(HOUR, path=f"user/{MARK}", service=SERVICE)

        response = await practice.client.get(
            "/public/video-contact-center/schedule/info", headers=bearer(booked["accessToken"])
        )

        assert response.status == 201
        assert await response.text() == (
            f'{{"id":"{kept(practice)["id"]}","service":{{"id":"{SERVICE}","title":"My service",'
            '"description":"Service description"},'
            f'"user":{{"firstname":"Mark","lastname":"Zuckerberg","_id":"{MARK}"}},'
            f'"startAt":"{HOUR}","endAt":"2026-03-10T11:05:00.000Z","status":"pending"}}'
        )

    async def test_under_body_code_it_is_200(self, practice, practice_option):
        booked = await practice.booked(HOUR)
        await practice_option(status_policy="body-code")

        assert (await practice.info(booked["accessToken"])).status == 200

    async def test_it_is_there_until_it_is_over_whatever_the_state(self, practice, clock):
        token = (await practice.booked(HOUR))["accessToken"]

        clock.move(days=7, hours=20)  # the 10th, 08:00
        begun = await practice.info(token)
        clock.move(minutes=5)
        over = await practice.info(token)

        assert (begun.status, begun.body["status"]) == (201, "pending")
        assert over == refused(DEAD)

    async def test_who_is_being_served_still_has_it(self, practice, clock):
        token = (await practice.booked(HOUR))["accessToken"]
        clock.move(days=7, hours=20)
        staff(practice, ending.activate)
        clock.move(minutes=30)

        assert (await practice.info(token)).status == 201
        staff(practice, ending.complete)
        assert await practice.info(token) == refused(DEAD)

    async def test_it_says_the_same_once_service_and_agent_are_retired(self, practice):
        token = (await practice.booked(HOUR))["accessToken"]
        before = await practice.info(token)
        practice.store.write(_retire, account=practice.account)
        practice.store.write(_retire, account=practice.account, table=agents)

        assert await practice.info(token) == before

    async def test_an_account_may_show_it_only_shortly_before(self, practice, practice_option, clock):
        token = (await practice.booked(HOUR))["accessToken"]
        await practice_option(info_early_limit=5)

        assert await practice.info(token) == refused(DEAD)
        clock.move(days=7, hours=19, minutes=55)
        assert (await practice.info(token)).status == 201


class TestReschedule:
    async def test_it_is_answered_like_a_booking_with_new_tokens(self, practice):
        first = await practice.booked(HOUR, referrer="https://example.com/?a=1")

        status, body = await practice.move(first["actionToken"], LATER)

        assert (status, list(body)) == (201, KEYS)
        assert (body["startAt"], body["endAt"]) == (LATER, "2026-03-11T11:35:00.000Z")
        for kept_as_it_was in ("email", "service", "duration", "timezone", "message"):
            assert body[kept_as_it_was] == first[kept_as_it_was]
        assert (
            body["joinURL"] == f"https://example.com/?a=1&v-schedule-action=join&v-schedule-auth={body['accessToken']}"
        )
        assert {body["accessToken"], body["actionToken"]}.isdisjoint({first["accessToken"], first["actionToken"]})

    async def test_it_is_the_same_appointment_with_the_same_agent_and_answers(self, practice):
        first = await practice.booked(HOUR, path=f"user/{MARK}", service=SERVICE)
        before = kept(practice)

        await practice.move(first["actionToken"], LATER)

        after = kept(practice)
        for name in ("id", "agent_id", "service_id", "submission_id", "customer_id", "timezone", "data", "code"):
            assert after[name] == before[name]

    async def test_old_tokens_are_dead_and_new_ones_live(self, practice):
        first = await practice.booked(HOUR)
        second = (await practice.move(first["actionToken"], LATER)).body

        assert await practice.info(first["accessToken"]) == refused(DEAD)
        assert await practice.move(first["actionToken"], HOUR) == refused(DEAD)
        assert await practice.cancel(first["actionToken"]) == refused(DEAD)
        assert (await practice.info(second["accessToken"])).body["startAt"] == LATER
        assert (await practice.move(second["actionToken"], HOUR)).status == 201

    async def test_to_a_time_that_overlaps_its_own_it_may_go(self, practice):
        first = await practice.booked(HOUR, path="user/mark", service="auto", form=[])

        assert (await practice.move(first["actionToken"], "2026-03-10T11:05:00.000Z")).status == 201

    @pytest.mark.parametrize("start", ["2026-03-02T14:55:00.000Z", "2026-03-10T11:01:00.000Z", LATER])
    async def test_what_is_past_off_the_grid_or_taken_is_unavailable_and_it_stays(self, practice, start):
        mine = await practice.booked(HOUR, path=f"user/{MARK}", service=SERVICE)
        await practice.booked(LATER, path=f"user/{MARK}", service=SERVICE)

        assert await practice.move(mine["actionToken"], start) == refused(unavailable(start))
        assert (await practice.info(mine["accessToken"])).body["startAt"] == HOUR

    @pytest.mark.parametrize("body", [{}, {"date": None}, {"date": "soon"}, {"date": "2026-03-11T11:30"}, {"date": 1}])
    async def test_a_date_is_wanted_once_the_token_holds(self, practice, body):
        token = (await practice.booked(HOUR))["actionToken"]

        alive = await practice.post("schedule/reschedule", body, bearer(token))
        await practice.cancel(token)
        dead = await practice.post("schedule/reschedule", body, bearer(token))

        assert (alive, dead) == (refused(NO_DATE), refused(DEAD))

    async def test_once_it_has_started_it_is_too_late(self, practice, clock):
        token = (await practice.booked(HOUR))["actionToken"]
        clock.move(days=7, hours=20)

        assert await practice.move(token, LATER) == refused(DEAD)
        assert await practice.cancel(token) == refused(DEAD)

    async def test_who_has_arrived_can_cancel_and_not_move(self, practice):
        token = (await practice.booked(HOUR))["actionToken"]
        practice.store.write(_arrived)

        assert await practice.move(token, LATER) == refused(DEAD)
        assert (await practice.cancel(token)).status == 201

    async def test_where_its_service_is_not_given_any_more_no_hour_is_available(self, practice):
        token = (await practice.booked(HOUR))["actionToken"]
        practice.store.write(_retire, account=practice.account)

        assert await practice.move(token, LATER) == refused(unavailable(LATER))
        assert (await practice.cancel(token)).body["service"] == "My service"

    async def test_the_same_idempotency_key_moves_once(self, practice):
        token = (await practice.booked(HOUR))["actionToken"]

        first, again = [await practice.move(token, LATER, **{"Idempotency-Key": "k"}) for _ in range(2)]

        assert first.status == 201
        assert first == again


class TestCancel:
    async def test_it_is_answered_as_documented(self, practice):
        token = (await practice.booked(HOUR))["actionToken"]

        status, body = await practice.cancel(token, {"cancelReason": "ill"})

        told = [("service", "My service"), ("message", "The appointment was successfully canceled")]
        assert (status, list(body.items())) == (201, told)
        assert (kept(practice)["state"], kept(practice)["end_reason"]) == ("cancelled", "ill")

    async def test_every_token_is_dead_and_the_hour_free(self, practice):
        booked = await practice.booked(HOUR, path=f"user/{JOHN}", service=SERVICE)
        await practice.cancel(booked["actionToken"])

        assert await practice.cancel(booked["actionToken"]) == refused(DEAD)
        assert await practice.move(booked["actionToken"], LATER) == refused(DEAD)
        assert await practice.info(booked["accessToken"]) == refused(DEAD)
        assert (await practice.book(HOUR, path=f"user/{JOHN}", service=SERVICE)).status == 201

    @pytest.mark.parametrize(
        ("reason", "text"), [(None, None), ("", ""), (7, "7"), (1.5, "1.5"), (True, "true"), ("x" * 1000, "x" * 1000)]
    )
    async def test_what_is_no_text_is_taken_for_one_where_that_can_be(self, practice, reason, text):
        await practice.cancel((await practice.booked(HOUR))["actionToken"], {"cancelReason": reason})

        assert kept(practice)["end_reason"] == text

    @pytest.mark.parametrize(
        ("reason", "message"),
        [
            ([], 'Cast to string failed for value "[]" (type Array) at path "cancelReason"'),
            ({}, 'Cast to string failed for value "{}" (type Object) at path "cancelReason"'),
            ("x" * 1001, CANCEL),
            ("a\0b", 'Cast to string failed for value "..." (type String) at path "cancelReason"'),
        ],
    )
    async def test_what_cannot_be_a_reason_is_refused_once_the_token_holds(self, practice, reason, message):
        token = (await practice.booked(HOUR))["actionToken"]

        alive = await practice.cancel(token, {"cancelReason": reason})
        await practice.cancel(token)
        dead = await practice.cancel(token, {"cancelReason": reason})

        assert (alive, dead) == (refused(error(message)), refused(DEAD))

    async def test_no_body_is_no_reason(self, practice):
        token = (await practice.booked(HOUR))["actionToken"]

        response = await practice.client.post("/public/video-contact-center/schedule/cancel", headers=bearer(token))

        assert response.status == 201

    async def test_the_same_idempotency_key_is_given_the_same_answer(self, practice):
        token = (await practice.booked(HOUR))["actionToken"]

        first, again = [await practice.cancel(token, **{"Idempotency-Key": "k"}) for _ in range(2)]

        assert (first.status, again) == (201, first)


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [("post", "cancel", "actionToken"), ("post", "reschedule", "actionToken"), ("get", "info", "accessToken")],
)
class TestTokens(OneDatabase):
    async def ask(self, practice, method, path, header):
        if method == "get":
            return await practice.get(f"schedule/{path}", header)
        return await practice.post(f"schedule/{path}", {"date": LATER}, header)

    async def test_a_key_or_the_other_token_has_no_access(self, practice, method, path, kind):
        booked = await practice.booked(HOUR)
        other = {"actionToken": "accessToken", "accessToken": "actionToken"}[kind]

        for header in (practice.headers, practice.key("public"), bearer(booked[other])):
            assert await self.ask(practice, method, path, header) == refused(no_access(f"schedule/{path}"))

    async def test_what_is_wrong_with_a_token_is_told_as_of_a_key(self, practice, method, path, kind):
        good = (await practice.booked(HOUR))[kind]
        head, claims, mark = good.split(".")
        cases = [
            ({}, "Authorization header with valid JWT is required."),
            ({"Authorization": "Basic eA=="}, "Authorization header with valid JWT is required."),
            (bearer("a.b"), "jwt malformed"),
            (bearer(f"{head}.{claims}.{mark[::-1]}"), "invalid signature"),
            (bearer(f"e30.fw.{mark}"), "Unexpected token \ufffd in JSON at position 0"),
        ]

        for header, message in cases:
            assert await self.ask(practice, method, path, header) == denied(message)

    async def test_long_after_its_end_it_has_expired(self, practice, clock, method, path, kind):
        token = (await practice.booked(HOUR))[kind]
        clock.move(days=60)

        assert await self.ask(practice, method, path, bearer(token)) == denied("jwt expired")

    async def test_the_word_bearer_may_be_left_out_unless_the_account_insists(
        self, practice, practice_option, method, path, kind
    ):
        token = (await practice.booked(HOUR))[kind]
        bare = {"Authorization": token}

        await practice_option(bare_jwt=False)
        strict = await self.ask(practice, method, path, bare)
        await practice_option()
        lenient = await self.ask(practice, method, path, bare)

        assert strict == denied("Authorization header with valid JWT is required.")
        assert lenient.status == 201

    async def test_a_token_of_an_appointment_that_is_not_there_is_dead(self, practice, method, path, kind):
        token = (await practice.booked(HOUR))[kind]
        practice.store.write(_renamed)

        assert await self.ask(practice, method, path, bearer(token)) == refused(DEAD)

    async def test_it_carries_no_words_about_anybody(self, practice, method, path, kind):
        token = (await practice.booked(HOUR))[kind]

        claims = jwt.decode(token, options={"verify_signature": False})

        assert set(claims) == {"sub", "account", "kind", "gen", "exp"}


def _renamed(tx):
    tx.execute(appointment.update().values(token_generation=7))


def _arrived(tx):
    tx.execute(appointment.update().values(state="checked_in"))


def _retire(tx, *, account, table=services):
    tx.execute(table.update().where(table.c.account_id == account).values(retired_at=tx.now))
    tx.network_changed(account)
