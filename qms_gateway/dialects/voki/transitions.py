"""What becomes of an appointment: confirmed, cancelled, completed, or nobody came (K-1, K-2)."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from qms.domain.appointment import Appointment
from qms.services.booking import booked, ending
from qms.services.booking.reach import domains_for
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import STORE
from qms.web.perform import perform
from qms_gateway.dialects.voki import wire
from qms_gateway.dialects.voki.appointments import id_of
from qms_gateway.dialects.voki.bodies import read
from qms_gateway.dialects.voki.caller import Caller, admit
from qms_gateway.dialects.voki.casting import Casting
from qms_gateway.dialects.voki.errors import WANTED

LONGEST_REASON = 1000


@allows("voki.use")
async def confirm(request: web.Request) -> web.Response:
    """`POST /api/v1/appointments/:id/confirm`."""
    return await _go(request, await admit(request), ending.confirm, "confirmed")


@allows("voki.use")
async def cancel(request: web.Request) -> web.Response:
    """`POST /api/v1/appointments/:id/cancel`, with a reason or without."""
    caller, said = await admit(request), Casting(await read(request))
    reason = said.text("reason", most=LONGEST_REASON)
    said.check()
    return await _go(request, caller, ending.cancel, "cancelled", reason=reason)


@allows("voki.use")
async def complete(request: web.Request) -> web.Response:
    """`POST /api/v1/appointments/:id/complete`."""
    return await _go(request, await admit(request), ending.complete, "completed")


@allows("voki.use")
async def no_show(request: web.Request) -> web.Response:
    """`POST /api/v1/appointments/:id/no-show`."""
    return await _go(request, await admit(request), ending.no_show, "no_show")


async def _go(
    request: web.Request, caller: Caller, act: Callable[..., Appointment], wanted: wire.Status, **arguments: Any
) -> web.Response:
    id, request[WANTED] = id_of(request), wanted
    domains = await request.app[STORE].read(domains_for, reach=caller.sight.reach, appointment=id)
    return await perform(
        request,
        booked.carry_out,
        reply=lambda it: json_answer(wire.OneAppointment(caller.view.appointment(it))),
        principal=caller.principal,
        domain=domains,
        sight=caller.sight,
        appointment=id,
        act=act,
        **arguments,
    )
