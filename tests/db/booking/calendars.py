"""Calendars for tests, and a server that serves them as it is told."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def calendar(*events: str) -> str:
    """A calendar of events, each the lines of a VEVENT without its first and last."""
    parts = [
        f"BEGIN:VEVENT\nUID:{n}@test\nDTSTAMP:20260101T000000Z\n{event}\nEND:VEVENT" for n, event in enumerate(events)
    ]
    return "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test", *parts, "END:VCALENDAR", ""]).replace(
        "\n", "\r\n"
    )


def at(start: str, end: str, *more: str, zone: str = "America/Santiago") -> str:
    """An event of 2026 by wall times such as 0303T090000."""
    return "\n".join([f"DTSTART;TZID={zone}:2026{start}", f"DTEND;TZID={zone}:2026{end}", *more])


@dataclass
class CalendarServer:
    """Serves one calendar at /mine.ics, with an ETag, or whatever a test puts in its place."""

    address: str = ""
    text: str = ""
    asked: list[web.Request] = field(default_factory=list)
    instead: Handler | None = None

    @property
    def url(self) -> str:
        return f"{self.address}/mine.ics"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        if self.instead is not None:
            return await self.instead(request)
        etag = f'"{sha256(self.text.encode()).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(text=self.text, content_type="text/calendar", headers={"ETag": etag})


@asynccontextmanager
async def serving() -> AsyncIterator[CalendarServer]:
    """A server on this machine, for as long as it is used."""
    server = CalendarServer()
    app = web.Application()
    app.router.add_get("/{path:.*}", server.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await runner.cleanup()


async def never(request: web.Request) -> web.StreamResponse:
    """Begins to answer, and never ends."""
    response = web.StreamResponse()
    await response.prepare(request)
    await response.write(b"BEGIN:VCALENDAR\r\n")
    await asyncio.sleep(3600)
    return response
