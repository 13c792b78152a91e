"""Opening the way into appointments: for which it is time (A-10), and the way in (A-9)."""

from aiohttp import web

from qms.services.booking.listing import to_activate
from qms.services.booking.reach import domains_for
from qms.services.booking.waiting_rooms import open_reached
from qms.web.access import allows
from qms.web.addresses import reachable
from qms.web.answers import json_answer
from qms.web.keys import STORE
from qms.web.perform import perform
from qms_gateway.dialects.auvious import views, wire
from qms_gateway.dialects.auvious.caller import admit
from qms_gateway.dialects.auvious.formats import id_of, instant_text, span_of, spelled


@allows("auvious.activate")
async def activate(request: web.Request) -> web.Response:
    """`POST /api/appointments/activate/{id}`: the appointment is going on, and has a room; the same if asked again."""
    caller = await admit(request)
    appointment, public_url = id_of(request.match_info["id"], "appointment"), reachable(request)
    domains = await request.app[STORE].read(domains_for, reach=caller.reach, appointment=appointment)
    return await perform(
        request,
        open_reached,
        reply=lambda room: json_answer(views.activation(room, public_url)),
        principal=caller.principal,
        domain=domains,
        reach=caller.reach,
        appointment=appointment,
        public_url=public_url,
    )


@allows("auvious.activate")
async def eligible(request: web.Request) -> web.Response:
    """`GET /api/appointments/eligible/`: what nobody has entered yet, and starts within so long."""
    caller = await admit(request)
    ahead = span_of(request.query.get("timeFrame") or "PT0S", "timeFrame")
    found = await request.app[STORE].read(to_activate, reach=caller.reach, ahead=ahead)
    rows = [
        wire.Eligible(
            eligible_from=instant_text(one.starts_at - ahead),
            id=spelled(one.id),
            start=instant_text(one.starts_at),
            timezone=one.timezone,
        )
        for one in found
    ]
    return json_answer(rows).response()
