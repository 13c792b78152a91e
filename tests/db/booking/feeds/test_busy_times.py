"""Agents' own calendars, from a real server: what they say is not offered and not booked, and is looked for again."""

import asyncio
from asyncio import to_thread
from datetime import UTC, date, datetime

import pytest
from aiohttp import web

from qms.domain.errors import Conflict
from qms.services import feeds
from qms.store import times
from qms.store.schema.audit import audit
from qms.store.schema.busy import busy_time, feed
from tests.db.booking.calendars import at, calendar
from tests.db.booking.clinic import CLINIC, every
from tests.db.booking.feeds.keeping import keeper_of, look, of_ana, state


async def test_busy_times_are_neither_offered_nor_booked(ana, keeper, clock):
    assert ana.offered("single")[0] == "09:00"

    await look(keeper)

    assert ana.offered("single")[0] == "10:00"
    assert ana.offered("class")[0] == "10:00"
    assert ana.next_start("single", after=clock.at) == datetime(2026, 3, 3, 13, tzinfo=UTC)
    with pytest.raises(Conflict):
        await to_thread(ana.book, "09:30", "single")
    assert ana.agent_of(await to_thread(ana.book, "09:30")) == "bob"
    assert await to_thread(ana.book, "10:00", "single")


async def test_staff_may_book_over_busy_times_and_it_is_written_down(ana, keeper):
    await look(keeper)

    with pytest.raises(Conflict):
        await to_thread(ana.meet, "09:30", refuse=True)
    over = await to_thread(ana.meet, "09:30")

    assert [time.overbooked for time in ana.times(over)] == [False]
    assert ana.told(over) == {"overbooked", "created"}
    (row,) = [row for row in ana.store.read(every, of=audit) if row.action == "appointment.overbooked"]
    assert (row.object, row.data["over"]) == (over.id, "calendar")


async def test_buffers_keep_their_distance_from_what_is_in_the_calendar(ana, keeper, server):
    server.text = calendar(at("0310T090000", "0310T100000"))

    await look(keeper)

    assert ana.offered("buffered", day=date(2026, 3, 10))[0] == "10:30"


async def test_appointments_that_are_there_already_stay(ana, keeper):
    booked = await to_thread(ana.book, "09:00", "single")

    await look(keeper)

    assert ana.now(booked).state == "scheduled"
    assert ana.now(booked).agent_id == booked.agent_id


async def test_a_search_that_was_kept_is_made_anew(ana, keeper, server, clock):
    agent = ana.network.agents.find("ana").id
    ana.offered("single")
    before = ana.store.read(times.versions, agents=[agent]).get(agent, 0)

    await look(keeper)
    after = ana.store.read(times.versions, agents=[agent])[agent]
    server.text = calendar(at("0303T110000", "0303T120000"))
    clock.move(minutes=10)
    await look(keeper)

    assert before < after < ana.store.read(times.versions, agents=[agent])[agent]
    assert ana.offered("single")[0] == "09:00"
    assert ana.offered("single")[-1] == "10:30"


async def test_it_is_asked_every_ten_minutes_whether_anything_is_new(ana, keeper, server, clock):
    await look(keeper)
    await look(keeper)
    assert len(server.asked) == 1

    clock.move(minutes=10)
    await look(keeper)

    etag = server.asked[1].headers["If-None-Match"]
    assert len(server.asked) == 2
    assert state(ana).etag == etag
    assert ana.offered("single")[0] == "10:00"


async def test_days_that_come_into_view_are_made_from_the_copy(ana, keeper, server, clock):
    server.text = calendar(at("0106T090000", "0106T100000", "RRULE:FREQ=WEEKLY"))
    await look(keeper)
    far = date(2026, 7, 7)

    clock.move(days=60)
    await look(keeper)

    assert server.asked[-1].headers["If-None-Match"]
    assert ana.offered("single", day=far)[0] == "10:00"
    assert min(row.ends_at for row in ana.store.read(every, of=busy_time)) > datetime(2026, 4, 28, tzinfo=UTC)


@pytest.mark.parametrize("status", [401, 404, 410, 500, 503])
async def test_a_server_that_fails_leaves_what_was_known_and_is_asked_more_seldom(ana, keeper, server, clock, status):
    await look(keeper)

    async def fail(request):
        return web.Response(status=status)

    server.instead = fail
    waits = []
    for minutes in (10, 20, 40):
        clock.move(minutes=minutes)
        await look(keeper)
        waits.append(round((state(ana).next_at - clock.at).total_seconds() / 60))

    assert waits == [20, 40, 80]
    assert (state(ana).error, state(ana).failures) == (f"http_{status}", 3)
    assert ana.offered("single")[0] == "10:00"
    assert [(one.error, agent) for one, agent in ana.store.read(feeds.in_trouble)] == [(f"http_{status}", "ana")]


async def test_a_server_that_comes_back_is_asked_as_often_as_before(ana, keeper, server, clock):
    server.instead = lambda request: asyncio.sleep(0, web.Response(status=500))
    await look(keeper)
    server.instead = None
    clock.move(minutes=20)

    await look(keeper)

    assert (state(ana).failures, state(ana).error, state(ana).fetched_at) == (0, None, clock.at)
    assert ana.store.read(feeds.in_trouble) == []
    assert ana.offered("single")[0] == "10:00"


async def test_a_calendar_that_is_taken_away_counts_no_more(ana, keeper):
    await look(keeper)
    await to_thread(ana.apply, CLINIC)

    await look(keeper)

    assert ana.offered("single")[0] == "09:00"
    assert ana.store.read(every, of=feed) == []
    assert ana.store.read(every, of=busy_time) == []


async def test_several_calendars_count_together(clinic, keeper, server):
    async def by_path(request):
        hours = {"/a": "0303T090000 0303T100000", "/b": "0303T100000 0303T103000"}[request.path]
        return web.Response(text=calendar(at(*hours.split())))

    server.instead = by_path
    await to_thread(clinic.apply, of_ana(f"{server.address}/a", f"{server.address}/b"))

    await look(keeper)

    assert clinic.offered("single")[0] == "10:30"


async def test_two_keepers_do_not_ask_twice(ana, keeper, server):
    async with keeper_of(ana) as another:
        await asyncio.gather(look(keeper), look(another))

    assert len(server.asked) == 1


async def test_what_is_offered_is_bookable_and_the_rest_is_not(ana, keeper, server):
    server.text = calendar(at("0303T091000", "0303T092500"), at("0303T110500", "0303T110600"))
    await look(keeper)
    offered = ana.offered("minute")

    for start in [f"{hour:02}:{minute:02}" for hour in (9, 10, 11) for minute in range(0, 60, 7)]:
        if start in offered:
            held = await to_thread(ana.hold, start, "minute")
            await to_thread(ana.let_go, held.token)
        else:
            with pytest.raises(Conflict):
                await to_thread(ana.hold, start, "minute")
