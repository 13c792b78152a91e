"""The list of appointments: who sees what (A-4), filters, pages and order (A-5)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from math import ceil

from aiohttp import web

from qms.domain.errors import Invalid, NotFound
from qms.domain.ids import from_uuid
from qms.services.booking import listing
from qms.services.booking.listing import Search
from qms.services.booking.reach import Reach
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import STORE
from qms_gateway.dialects.auvious import wire
from qms_gateway.dialects.auvious.caller import CLIENT_SERVICE, SUPERVISOR, Caller, admit
from qms_gateway.dialects.auvious.formats import duration_of, instant_of, user_of

FIELDS = ("start", "end", "duration", "id")
ORDERS = ("asc", "desc")
LARGEST, LAST = 100, 10**9


@allows("auvious.manage")
async def find(request: web.Request) -> web.Response:
    """`GET /api/appointments/`."""
    caller = await admit(request)
    wanted = _visible(caller, _filters(request, caller))
    page = await request.app[STORE].read(listing.search, reach=_reach(request, caller), search=wanted)
    answer = wire.Page(
        content=[caller.view.appointment(row) for row in page.rows],
        page_count=ceil(page.total / wanted.size),
        page_number=wanted.page,
        page_size=wanted.size,
        sort_field=wanted.order,
        sort_order="desc" if wanted.descending else "asc",
        total=page.total,
    )
    return json_answer(answer).response()


def listed(request: web.Request, name: str) -> list[str]:
    """The values of a parameter that may have several, separated by commas; empty ones left out."""
    return [part.strip() for text in request.query.getall(name, ()) for part in text.split(",") if part.strip()]


def _reach(request: web.Request, caller: Caller) -> Reach:
    wanted = request.query.get("applicationId")
    return replace(caller.reach, application=caller.application(wanted)) if wanted else caller.reach


def _visible(caller: Caller, wanted: Search) -> Search:
    if caller.has(SUPERVISOR):
        return wanted
    if caller.has(CLIENT_SERVICE):
        own = caller.options.text("client_service_sees") == "own" and caller.client is not None
        return replace(wanted, made_by=caller.client.id) if own and caller.client is not None else wanted
    return replace(wanted, concerning=caller.user)


def _filters(request: web.Request, caller: Caller) -> Search:
    durations = listed(request, "duration")
    return Search(
        owners=_owners(request, caller) if caller.has(SUPERVISOR) else None,
        durations=[duration_of(text, "duration") for text in durations] or None,
        within=_range(listed(request, "range")),
        order=_choice(request, "sortField", FIELDS),
        descending=_choice(request, "sortOrder", ORDERS) == "desc",
        page=_number(request, "pageNumber", 1, LAST),
        size=_number(request, "pageSize", 25, LARGEST),
    )


def _owners(request: web.Request, caller: Caller) -> Sequence[str] | None:
    return [_owner(caller, text) for text in listed(request, "organizerId")] or None


def _owner(caller: Caller, text: str) -> str:
    try:
        return caller.network.agents.find(user_of(text)).id
    except NotFound:
        return from_uuid(text) or text


def _range(texts: Sequence[str]) -> tuple[datetime, datetime] | None:
    if not texts:
        return None
    if len(texts) != 2:
        raise Invalid("range", "a start and an end, separated by a comma")
    return instant_of(texts[0], "range"), instant_of(texts[1], "range")


def _choice(request: web.Request, name: str, choices: Sequence[str]) -> str:
    value = request.query.get(name) or choices[0]
    if value not in choices:
        raise Invalid(name, "one of " + ", ".join(choices))
    return value


def _number(request: web.Request, name: str, usual: int, most: int) -> int:
    text = request.query.get(name) or str(usual)
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0
    if not 1 <= number <= most:
        raise Invalid(name, f"a whole number from 1 to {most}")
    return number
