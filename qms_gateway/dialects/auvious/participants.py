"""Who takes part in an appointment: added, removed, looked at, replaced."""

from datetime import timedelta

from aiohttp import web

from qms.domain.ids import from_uuid
from qms.services.booking import attendance
from qms.services.booking.reach import look
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import STORE
from qms_gateway.dialects.auvious import asked
from qms_gateway.dialects.auvious.appointments import check_generation, own
from qms_gateway.dialects.auvious.caller import admit
from qms_gateway.dialects.auvious.commands import change, read
from qms_gateway.dialects.auvious.formats import user_of
from qms_gateway.dialects.auvious.meetings import person_of
from qms_gateway.dialects.auvious.views import details


@allows("auvious.participant")
async def get(request: web.Request) -> web.Response:
    """`GET /api/appointments/{id}/participants/{pid}`: who somebody is; a customer only for a while (A-15)."""
    caller = await admit(request)
    appointment, store = own(caller, request.match_info["id"]), request.app[STORE]
    kept_for = timedelta(hours=caller.options.number("customer_details_hours"))
    reached = {"reach": caller.reach, "appointment": appointment}
    if caller.client is None:
        check_generation(caller, (await store.read(look, **reached)).appointment.token_generation)
    pid = _pid(request)
    return json_answer(
        details(await store.read(attendance.details, **reached, participant=pid, kept_for=kept_for))
    ).response()


@allows("auvious.participants")
async def remove(request: web.Request) -> web.Response:
    """`DELETE /api/appointments/{id}/participants/{pid}` (A-14)."""
    caller = await admit(request)
    id, pid = request.match_info["id"], _pid(request)
    return await change(request, caller, id, attendance.send_away, participant=pid)


@allows("auvious.participants")
async def add_agent(request: web.Request) -> web.Response:
    """`POST /api/appointments/participants/agents/`."""
    caller = await admit(request)
    body = await read(request, asked.AgentOf)
    act, agent = attendance.bring_agent, user_of(body.user_id)
    return await change(request, caller, body.id, act, agent=agent, actor=caller.principal)


@allows("auvious.participants")
async def add_customer(request: web.Request) -> web.Response:
    """`POST /api/appointments/participants/customers/`."""
    caller = await admit(request)
    body = await read(request, asked.CustomerOf)
    return await change(request, caller, body.id, attendance.bring_customer, person=person_of(body.customer))


@allows("auvious.participants")
async def reassign(request: web.Request) -> web.Response:
    """`PUT /api/appointments/reassign/`: another agent in the place of whose it was (A-12)."""
    caller = await admit(request)
    body = await read(request, asked.AgentOf)
    agent = user_of(body.user_id)
    return await change(request, caller, body.id, attendance.reassign, agent=agent, actor=caller.principal)


def _pid(request: web.Request) -> str:
    """Whom the path names, to be looked up."""
    text = request.match_info["pid"]
    return from_uuid(text) or text
