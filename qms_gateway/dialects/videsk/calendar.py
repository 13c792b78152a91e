"""The calendar: what can be booked, on which days, at which hours. Source: calendario.md."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from qms.domain.network import Agent, Service
from qms.services.booking.bookables import agents_of, services_of
from qms.services.booking.browsing import coming_days, coming_starts
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import STORE
from qms_gateway.dialects.videsk import calendar_wire as wire
from qms_gateway.dialects.videsk.caller import Caller, admit
from qms_gateway.dialects.videsk.errors import no_service
from qms_gateway.dialects.videsk.moments import day_of, no_date, read_moment, text_of, zone_of
from qms_gateway.dialects.videsk.paging import page_of

Look = Callable[..., list[datetime]]


@allows("videsk.calendar")
async def services(request: web.Request) -> web.Response:
    """One page of the services."""
    caller = await admit(request)
    page, found = page_of(request), list(caller.network.services.values())
    shown = [wire.Service.of(service, agents_of(caller.network, service)) for service in page.cut(found)]
    return json_answer(wire.Services(len(found), page.limit, page.skip, shown)).response()


@allows("videsk.calendar")
async def service_dates(request: web.Request) -> web.Response:
    """The days of a month on which a service can be booked, with anybody."""
    return await _with_anybody(request, coming_days)


@allows("videsk.calendar")
async def service_hours(request: web.Request) -> web.Response:
    """The hours of a day at which a service can be booked, with anybody."""
    return await _with_anybody(request, coming_starts)


@allows("videsk.calendar")
async def user_dates(request: web.Request) -> web.Response:
    """The days of a month on which an agent can be booked."""
    return await _with_one(request, coming_days)


@allows("videsk.calendar")
async def user_hours(request: web.Request) -> web.Response:
    """The hours of a day at which an agent can be booked."""
    return await _with_one(request, coming_starts)


async def _with_anybody(request: web.Request, look: Look) -> web.Response:
    caller = await admit(request)
    service = caller.network.services.find(request.match_info["service"])
    return await _told(request, caller, look, service)


async def _with_one(request: web.Request, look: Look) -> web.Response:
    caller = await admit(request)
    agent = caller.network.agents.find(request.match_info["user"])
    given, named = services_of(caller.network, agent), request.query.get("service")
    if named is None:  # the path names no service: the first one that he gives (D-30)
        return await _told(request, caller, look, given[0] if given else None, agent)
    service = next((one for one in given if named in (one.public_id, one.key)), None)
    if service is None:
        raise no_service()
    return await _told(request, caller, look, service, agent)


async def _told(
    request: web.Request, caller: Caller, look: Look, service: Service | None, agent: Agent | None = None
) -> web.Response:
    date = request.query.get("date")
    if not date:
        raise no_date()
    read_moment(date)  # before the zone, as documented
    zone = request.query.get("timezone", "")
    where = zone_of(f"+{zone[1:]}" if zone.startswith(" ") else zone)  # a plus that came unescaped is a blank by now
    found = await request.app[STORE].read(
        look,
        account=caller.account,
        service=service.id if service else None,
        day=day_of(date, where),
        where=where,
        agent=agent.id if agent else None,
    )
    return json_answer([text_of(at) for at in found]).response()
