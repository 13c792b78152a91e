"""How many appointments there are, for whoever asks: counts, and nothing else (A-11)."""

from typing import NamedTuple

from aiohttp import web

from qms.domain.errors import Invalid, NotFound
from qms.domain.network import Network
from qms.services.applications import find_application
from qms.services.booking.listing import overlapping, schedules
from qms.services.booking.reach import Reach
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import STORE
from qms_gateway.dialects.auvious import wire
from qms_gateway.dialects.auvious.caller import about, count
from qms_gateway.dialects.auvious.formats import instant_of, span_of
from qms_gateway.dialects.auvious.views import View


class Asked(NamedTuple):
    """An application's appointments, and its account."""

    reach: Reach
    network: Network


@allows("site.book")
async def by_schedule(request: web.Request) -> web.Response:
    """`GET /api/appointments/count`: how many at each time; none of an application that is nobody's."""
    count(request)
    start = instant_of(_given(request, "start"), "start")
    until = start + span_of(_given(request, "timeFrame"), "timeFrame")
    asked = await _asked(request)
    if asked is None:
        return json_answer([]).response()
    found = await request.app[STORE].read(schedules, reach=asked.reach, start=start, until=until)
    return json_answer([View(asked.network).count(row) for row in found]).response()


@allows("site.book")
async def overlaps(request: web.Request) -> web.Response:
    """`GET /api/appointments/overlap/count`: how many lie over a time."""
    count(request)
    start = instant_of(_given(request, "start"), "start")
    end = start + span_of(_given(request, "duration"), "duration")
    if end <= start:
        raise Invalid("duration", "more than nothing")
    asked = await _asked(request)
    found = await request.app[STORE].read(overlapping, reach=asked.reach, start=start, end=end) if asked else 0
    return json_answer(wire.Overlap(count=found)).response()


async def _asked(request: web.Request) -> Asked | None:
    id = _given(request, "applicationId")
    try:
        application = await request.app[STORE].read(find_application, id=id)
        network = await about(request, application)
    except NotFound:
        return None
    return Asked(Reach(account=network.account.id, application=application.id, cancelled=False), network)


def _given(request: web.Request, name: str) -> str:
    value = request.query.get(name)
    if not value:
        raise Invalid(name, "a value")
    return value
