"""An appointment for a calendar of one's own: Google's page, or an iCalendar file (A-18). Nobody says who is asking."""

from urllib.parse import urlencode

from aiohttp import web

from qms.services.booking import calendar_entries
from qms.services.booking.calendar_entries import CalendarEntry
from qms.web.access import allows
from qms.web.keys import STORE
from qms.web.networks import current_network
from qms_gateway.dialects.auvious.caller import NETWORK, count
from qms_gateway.dialects.auvious.formats import id_of

GOOGLE = "https://calendar.google.com/calendar/render"
CALENDAR = "text/calendar"


@allows("site.calendar")
async def google(request: web.Request) -> web.Response:
    """`GET /api/cal/events/google/{id}/event`: to Google's page for a new event."""
    entry = await _entry(request)
    fields = {
        "action": "TEMPLATE",
        "text": entry.summary,
        "dates": f"{entry.starts_at:%Y%m%dT%H%M%SZ}/{entry.ends_at:%Y%m%dT%H%M%SZ}",
        "details": entry.description,
        "location": entry.location,
        "ctz": entry.timezone,
    }
    return web.Response(status=302, headers={"Location": f"{GOOGLE}?{urlencode(fields)}"})


@allows("site.calendar")
async def ical(request: web.Request) -> web.Response:
    """`GET /api/cal/events/ical/{id}/event`: as a file."""
    entry = await _entry(request)
    headers = {"Content-Disposition": 'attachment; filename="appointment.ics"'}
    body = calendar_entries.written(entry, "PUBLISH")
    return web.Response(body=body, content_type=CALENDAR, charset="utf-8", headers=headers)


async def _entry(request: web.Request) -> CalendarEntry:
    count(request)
    id = id_of(request.match_info["id"], "appointment")
    entry = await request.app[STORE].read(calendar_entries.entry, id=id)
    request[NETWORK] = await current_network(request, entry.account_id)
    return entry
