"""What a client may count on, gone through from outside: a part for each way that the dialects know."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

import aiohttp

from server.sandbox.auvious import try_auvious
from server.sandbox.calendar import try_calendar
from server.sandbox.finding import Finding, holds
from server.sandbox.listening import listening
from server.sandbox.particulars import Particulars
from server.sandbox.receiver import try_receiver
from server.sandbox.tickets import try_tickets
from server.sandbox.trial import Trial
from server.sandbox.voki import try_voki


class Part(StrEnum):
    """A way that can be gone by itself."""

    TICKETS = "tickets"
    CALENDAR = "calendar"
    AUVIOUS = "auvious"
    VOKI = "voki"


PARTS: Mapping[Part, Callable[[Trial], AsyncIterator[Finding]]] = {
    Part.TICKETS: try_tickets,
    Part.CALENDAR: try_calendar,
    Part.AUVIOUS: try_auvious,
    Part.VOKI: try_voki,
}


async def check_contract(
    told: Particulars, url: str, receiver: str | None, only: Sequence[Part] = tuple(Part)
) -> list[Finding]:
    """Try a sandbox, and a vendor's receiver where one is named; nothing is tried where it is no sandbox."""
    timeout = aiohttp.ClientTimeout(total=15)
    async with aiohttp.ClientSession(timeout=timeout) as http, listening(told.webhook_url) as ear:
        try:
            now = await _time_of(http, url.rstrip("/"))
            if now is None:
                return [holds("it is a sandbox", False, "its clock is the world's: nothing was tried")]
            trial = Trial(http=http, url=url.rstrip("/"), told=told, ear=ear, now=now)
            found = [holds("it is a sandbox", True)]
            found += [finding for name in only async for finding in PARTS[name](trial)]
        except (aiohttp.ClientError, TimeoutError) as error:
            return [holds("the sandbox answers", False, f"{url}: {type(error).__name__}")]
        if receiver is not None:
            found += [finding async for finding in try_receiver(http, receiver, told)]
    return found


async def _time_of(http: aiohttp.ClientSession, url: str) -> datetime | None:
    """A sandbox's own time; None of anything else."""
    async with http.get(f"{url}/version") as answer:
        version = await answer.json() if answer.status == 200 else {}
    return datetime.fromisoformat(version["now"]) if version.get("sandbox") else None
