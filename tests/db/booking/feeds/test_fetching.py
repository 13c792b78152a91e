"""Fetching agents' calendars from servers that send elsewhere, too much, rubbish or nothing: what was known stays."""

import asyncio
import gzip
from asyncio import to_thread

import pytest
from aiohttp import web

from acd.feeds import fetcher as fetching
from tests.db.booking.calendars import calendar, never
from tests.db.booking.feeds.keeping import NINE_TO_TEN, keeper_of, look, of_ana, state
from tests.db.marks import on_sqlite


async def fails_with(clinic, keeper, word: str) -> None:
    await look(keeper)

    assert state(clinic).error == word
    assert clinic.offered("single")[0] == "09:00"


@on_sqlite
async def test_a_redirection_is_followed(ana, keeper, server):
    async def elsewhere(request):
        server.instead = None
        raise web.HTTPFound("/other.ics")

    server.instead = elsewhere

    await look(keeper)

    assert [request.path for request in server.asked] == ["/mine.ics", "/other.ics"]
    assert ana.offered("single")[0] == "10:00"


@on_sqlite
@pytest.mark.parametrize(
    ("where", "word"),
    [
        ("http://169.254.169.254/latest/meta-data", "blocked_destination"),
        ("http://10.0.0.1/", "blocked_destination"),
        ("http://[::1]/", "blocked_destination"),
        ("file:///etc/passwd", "bad_redirect"),
        ("http://user:password@127.0.0.1/", "bad_redirect"),
        ("/mine.ics", "too_many_redirects"),
    ],
)
async def test_a_redirection_into_our_networks_leads_nowhere(ana, keeper, server, where, word):
    async def elsewhere(request):
        return web.Response(status=302, headers={"Location": where})

    server.instead = elsewhere

    await fails_with(ana, keeper, word)


@on_sqlite
async def test_our_own_network_is_not_fetched_from_unless_allowed(ana, server):
    async with keeper_of(ana, allow=()) as careful:
        await fails_with(ana, careful, "blocked_destination")

    assert server.asked == []


@on_sqlite
async def test_a_few_bytes_that_stand_for_millions_are_not_unpacked(ana, keeper, server):
    async def bomb(request):
        return web.Response(body=gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"})

    server.instead = bomb

    await fails_with(ana, keeper, "encoded")


@on_sqlite
async def test_more_than_a_calendar_has_is_not_read(ana, keeper, server):
    async def flood(request):
        response = web.StreamResponse()
        await response.prepare(request)
        for _ in range(400):
            await response.write(b"BEGIN:VCALENDAR\r\n" + b"X" * 65_536)
        return response

    server.instead = flood

    await fails_with(ana, keeper, "too_large")


@on_sqlite
async def test_who_begins_and_never_ends_is_left(ana, keeper, server, monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.5)
    server.instead = never

    await fails_with(ana, keeper, "timeout")


@on_sqlite
@pytest.mark.parametrize(
    ("text", "word"), [("<html>Please sign in</html>", "not_a_calendar"), ("BEGIN:VCALENDAR\0\0", "not_a_calendar")]
)
async def test_rubbish_is_no_calendar(ana, keeper, server, text, word):
    server.text = text

    await fails_with(ana, keeper, word)


async def test_a_calendar_gone_bad_leaves_the_last_good_copy(ana, keeper, server, clock):
    await look(keeper)
    server.text = "<html>We moved</html>"
    clock.move(minutes=10)

    await look(keeper)

    assert state(ana).error == "not_a_calendar"
    assert ana.offered("single")[0] == "10:00"


async def test_one_agents_bad_calendar_does_not_hold_up_anothers(clinic, keeper, server):
    long_enough = asyncio.Event()

    async def by_path(request):
        if request.path == "/ana":
            await long_enough.wait()
        return web.Response(text=calendar(NINE_TO_TEN))

    server.instead = by_path
    text, bobs = of_ana(f"{server.address}/ana"), f'key = "bob"\ncalendars = "{server.address}/bob"\n'
    await to_thread(clinic.apply, text.replace('key = "bob"\n', bobs, 1))
    await keeper.look()

    await asyncio.wait(keeper.under_way, return_when=asyncio.FIRST_COMPLETED)

    before = state(clinic).fetched_at
    long_enough.set()

    assert clinic.offered("any", agent="bob")[0] == "10:00"
    assert before is None


def test_the_address_is_told_nowhere(ana, server):
    assert server.url not in repr(ana.network)
    assert server.url not in str(ana.applied.as_json())
