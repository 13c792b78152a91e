"""Many at once, and anything in any order: one gets an hour, the rest are told so; what is offered can be booked."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qms_gateway.face import routes
from tests.http.videsk.practice import ANSWERS, JOHN, MARK, PRACTICE, SANTIAGO, SERVICE, Practice, bearer, unavailable

CLIENTS = 20
MINUTE = timedelta(minutes=1)

CLASHING = """
[[service]]
key = "minute"
title = "To the minute"
queue = "visits"
agents = ["mark"]
duration_minutes = 30
step_minutes = 1
"""


def told(start):
    return f"{start:%Y-%m-%dT%H:%M:%S}.000Z"


async def race(practice, day, ask):
    """The answers to all clients, who want what overlaps."""
    first = datetime(2026, 3, day, 11, 0, tzinfo=UTC)
    return await asyncio.gather(*(ask(told(first + n * MINUTE)) for n in range(CLIENTS)))


class TestRace:
    async def test_of_twenty_who_want_overlapping_times_exactly_one_gets_his(self, serve, store):
        practice = await Practice.open(await serve(routes), store, PRACTICE + CLASHING)

        for day in (10, 11, 12):
            answers = await race(practice, day, lambda hour: practice.book(hour, path="service/minute", form=[]))

            assert Counter(one.status for one in answers) == {201: 1, 409: CLIENTS - 1}
            wanted = [unavailable(told(datetime(2026, 3, day, 11, n, tzinfo=UTC))) for n in range(CLIENTS)]
            assert [one.body for n, one in enumerate(answers) if one.status == 409 and one.body != wanted[n]] == []

    async def test_of_twenty_who_move_to_overlapping_times_exactly_one_gets_his(self, serve, store):
        practice = await Practice.open(await serve(routes), store, PRACTICE + CLASHING)
        evening = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)
        one_by_one = [told(evening + n * 10 * MINUTE) for n in range(CLIENTS)]
        mine = [await practice.booked(hour, path="user/john", service="auto", form=[]) for hour in one_by_one]

        hours = [told(datetime(2026, 3, 11, 11, n // 10 * 5, tzinfo=UTC)) for n in range(CLIENTS)]
        answers = await asyncio.gather(*(practice.move(m["actionToken"], h) for m, h in zip(mine, hours, strict=True)))

        assert Counter(one.status for one in answers) == {201: 1, 409: CLIENTS - 1}

    async def test_of_twenty_with_one_token_one_cancels(self, practice):
        token = (await practice.booked("2026-03-10T11:00:00.000Z"))["actionToken"]

        answers = await asyncio.gather(*(practice.cancel(token) for _ in range(CLIENTS)))

        assert Counter(one.status for one in answers) == {201: 1, 401: CLIENTS - 1}


starts = st.integers(0, 30).map(lambda n: datetime(2026, 3, 10, 10, 50, tzinfo=UTC) + n * 5 * MINUTE)
ways = st.sampled_from(
    [("service/auto", None), (f"user/{JOHN}", "auto"), (f"user/{MARK}", "auto"), (f"service/{SERVICE}", None)]
)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("book"), starts, ways),
        st.tuples(st.just("move"), starts, st.integers(0, 9)),
        st.tuples(st.just("cancel"), st.none(), st.integers(0, 9)),
    ),
    min_size=1,
    max_size=8,
)


class People:
    """They book, move and cancel; before each, what is offered is looked up."""

    def __init__(self, practice):
        self.practice = practice
        self.tokens = []

    async def clear(self):
        """All of them cancel."""
        for token in self.tokens:
            await self.practice.cancel(token)
        self.tokens.clear()

    async def book(self, start, way):
        path, service = way
        looked = {f"user/{JOHN}": "users/john", f"user/{MARK}": "users/mark"}.get(
            path, path.replace("service", "services")
        )
        more = {"service": service} if service else {}
        offered = await self.practice.look(f"{looked}/hours", told(start), **more)
        answer = await self.practice.book(told(start), path=path, **({} if SERVICE in path else {"form": []}), **more)
        assert answer.status == (201 if told(start) in offered else 409), (told(start), way)
        assert answer.status == 201 or answer.body == unavailable(told(start))
        if answer.status == 201:
            self.tokens.append(answer.body["actionToken"])

    async def move(self, start, which):
        if self.tokens:
            n = which % len(self.tokens)
            answer = await self.practice.move(self.tokens[n], told(start))
            assert answer.status in (201, 409)
            if answer.status == 201:
                self.tokens[n] = answer.body["actionToken"]

    async def cancel(self, _, which):
        if self.tokens:
            assert (await self.practice.cancel(self.tokens.pop(which % len(self.tokens)))).status == 201


@settings(max_examples=12, derandomize=True, suppress_health_check=list(HealthCheck))
@given(acts)
async def test_what_is_offered_can_be_booked_and_what_is_not_is_refused(practice, done):
    people = People(practice)

    for what, start, more in done:
        await getattr(people, what)(start, more)

    await people.clear()


WILD = st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.lists(st.integers(), max_size=2)
MOMENT = WILD | st.datetimes().map(str) | st.sampled_from(["2026-03-10T11:00:00Z", "0001-01-01T00:00:00+14:00"])
FIELDS = {"startAt": MOMENT, "timezone": WILD | st.just("Z"), "form": WILD | st.just(ANSWERS), "referrer": WILD}


@settings(max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    path=st.sampled_from([f"service/{SERVICE}", f"user/{JOHN}", "reschedule", "cancel"]),
    body=st.fixed_dictionaries({}, optional={**FIELDS, "date": MOMENT, "cancelReason": WILD, "service": WILD}),
)
async def test_whatever_is_sent_is_answered_in_the_envelope(practice, path, body):
    token = (await practice.booked("2026-03-20T11:00:00.000Z"))["actionToken"]
    headers = bearer(token) if "/" not in path else practice.headers

    status, answer = await practice.post(f"schedule/{path}", body, headers)

    assert status in (201, 400, 409)
    assert status == 201 or [key for key in answer if key != "data"] == [
        "name",
        "message",
        "code",
        "className",
        "errors",
    ]
    if status == 201 and "actionToken" in answer:
        await practice.cancel(answer["actionToken"])
    await practice.cancel(token)


@settings(max_examples=40, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    path=st.sampled_from(["services/mine/dates", "services/mine/hours", "users/john/dates", "users/john/hours"]),
    date=st.text(max_size=12) | st.datetimes().map(lambda at: at.isoformat() + "Z"),
    timezone=st.text(max_size=6) | st.sampled_from([SANTIAGO, "Europe/Berlin", "+14:00", "Antarctica/Troll"]),
)
async def test_whatever_is_asked_is_answered_in_the_envelope(practice, path, date, timezone):
    status, answer = await practice.get(path, date=date, timezone=timezone)

    assert (status, type(answer)) == (200, list) or (status, answer["name"]) == (400, "BadRequest")
