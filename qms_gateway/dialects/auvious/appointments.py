"""One appointment: looked at, changed, moved, ended, deleted."""

from datetime import timedelta

from aiohttp import web

from qms.domain.errors import Forbidden
from qms.services.booking import arranging, editing, ending
from qms.services.booking.reach import domains_for, look, within
from qms.web.access import allows
from qms.web.answers import empty, json_answer
from qms.web.keys import STORE
from qms.web.perform import perform
from qms_gateway.dialects.auvious import asked, meetings
from qms_gateway.dialects.auvious.caller import AGENT, CLIENT_SERVICE, SUPERVISOR, Caller, admit
from qms_gateway.dialects.auvious.commands import change, read
from qms_gateway.dialects.auvious.formats import duration_of, id_of, instant_of, zone_of


@allows("auvious.see")
async def get(request: web.Request) -> web.Response:
    """`GET /api/appointments/{id}`."""
    caller = await admit(request)
    appointment = own(caller, request.match_info["id"])
    it = await request.app[STORE].read(look, reach=caller.reach, appointment=appointment)
    check_generation(caller, it.appointment.token_generation)
    return json_answer(caller.view.appointment(it)).response()


@allows("auvious.manage")
async def update(request: web.Request) -> web.Response:
    """`PUT /api/appointments/`: title, notes, metadata and conversation, all of them replaced (A-16)."""
    caller = await admit(request)
    body = await read(request, asked.Update)
    return await change(request, caller, body.id, editing.change, title=body.title or "", data=meetings.said(body))


@allows("auvious.manage")
async def reschedule(request: web.Request) -> web.Response:
    """`PUT /api/appointments/reschedule/`: another time; what is not said stays (A-13)."""
    caller = await admit(request)
    body = await read(request, asked.Reschedule)
    return await change(
        request,
        caller,
        body.id,
        editing.reschedule,
        starts_at=instant_of(body.start, "start"),
        lasting=_length(body.duration),
        timezone=zone_of(body.timezone, "timezone") if body.timezone else None,
        locale=body.locale,
        actor=caller.principal,
    )


@allows("auvious.end")
async def end(request: web.Request) -> web.Response:
    """`PUT /api/appointments/{id}/end`: the conversation is over (A-17)."""
    caller = await admit(request)
    return await change(request, caller, request.match_info["id"], arranging.end)


@allows("auvious.manage")
async def delete(request: web.Request) -> web.Response:
    """`DELETE /api/appointments/{id}`: it is cancelled, and cannot be seen here any more (A-6)."""
    caller = await admit(request)
    appointment = id_of(request.match_info["id"], "appointment")
    domains = await request.app[STORE].read(domains_for, reach=caller.reach, appointment=appointment)
    return await perform(
        request,
        within,
        reply=lambda _: empty(),
        principal=caller.principal,
        domain=domains,
        reach=caller.reach,
        appointment=appointment,
        act=ending.cancel,
    )


def own(caller: Caller, id: str) -> str:
    """The appointment that a path names; for a customer only his own.

    Raises:
        NotFound: it names none. Forbidden: it is not the customer's.
    """
    staff = caller.has(AGENT, SUPERVISOR, CLIENT_SERVICE)
    appointment = id_of(id, "appointment")
    if not staff and appointment != caller.token.conference:
        raise Forbidden("another's appointment")
    return appointment


def check_generation(caller: Caller, generation: int) -> None:
    """See that a customer's token is of the appointment as it stands.

    Raises:
        Forbidden: it was moved since.
    """
    if caller.client is None and caller.token.generation != generation:
        raise Forbidden("an appointment at another time")


def _length(text: str | None) -> timedelta | None:
    if text is None:
        return None
    return duration_of(text, "duration")
