"""The dialect's routes under their roots, and around all of them its refusals and the door for other origins."""

from collections.abc import Sequence

from aiohttp import web

from qms.web.enclosure import enclose
from qms_gateway.dialects.auvious import (
    activation,
    appointments,
    calendars,
    counting,
    listing,
    notifications,
    participants,
    scheduling,
    security,
)
from qms_gateway.dialects.auvious.caller import DOOR, Door
from qms_gateway.dialects.auvious.errors import refusals
from qms_gateway.dialects.auvious.origins import origins
from qms_gateway.dialects.auvious.spellings import Prefixed

APPOINTMENTS, EVENTS, NOTIFICATIONS, SECURITY = (
    "/api/appointments",
    "/api/cal/events",
    "/api/notifications",
    "/security",
)

WORDS = "activate|basic|count|eligible|overlap|participants|reassign|reschedule"
ID = rf"{{id:(?!(?:{WORDS})$)[^{{}}/]+}}"
"""An appointment's id: none of the words that stand in its place."""

ROUTES: dict[str, Sequence[web.RouteDef]] = {
    APPOINTMENTS: (
        web.get("/", listing.find),
        web.post("/", scheduling.create),
        web.put("/", appointments.update),
        web.post("/basic", scheduling.create_for_oneself),
        web.get("/count", counting.by_schedule),
        web.get("/overlap/count", counting.overlaps),
        web.get("/eligible/", activation.eligible),
        web.post("/activate/{id}", activation.activate),
        web.post("/participants/agents/", participants.add_agent),
        web.post("/participants/customers/", participants.add_customer),
        web.put("/reassign/", participants.reassign),
        web.put("/reschedule/", appointments.reschedule),
        web.get(f"/{ID}", appointments.get),
        web.delete(f"/{ID}", appointments.delete),
        web.put(f"/{ID}/end", appointments.end),
        web.get(f"/{ID}/participants/{{pid}}", participants.get),
        web.delete(f"/{ID}/participants/{{pid}}", participants.remove),
    ),
    EVENTS: (
        web.get("/google/{id}/event", calendars.google),
        web.get("/ical/{id}/event", calendars.ical),
    ),
    NOTIFICATIONS: (
        web.post("/emails/confirm", notifications.confirm),
        web.post("/emails/test", notifications.test),
    ),
    SECURITY: (
        web.post("/oauth/token", security.token),
        web.post("/otp", security.send),
        web.post("/otp/verify", security.verify),
    ),
}
"""Root → what is there."""


def routes(whole: web.Application) -> None:
    """Hang the dialect's routes into the whole."""
    for root, there in ROUTES.items():
        enclose(whole, root, there, around=[origins, refusals], either_slash=True)
    whole.router.register_resource(Prefixed(whole, ROUTES))
    whole.on_startup.append(_open_door)


async def _open_door(app: web.Application) -> None:
    """One door for all roots: who asks too often here may not go on there."""
    app[DOOR] = Door.of(app)
