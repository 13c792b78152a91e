"""How handlers of this dialect carry out commands: one transaction, the appointment as the answer."""

from collections.abc import Callable
from typing import Any, TypeVar

from aiohttp import web

from qms.domain.appointment import Appointment
from qms.services.booking.reach import domains_for, within
from qms.web import bodies
from qms.web.answers import json_answer
from qms.web.keys import STORE
from qms.web.perform import perform
from qms_gateway.dialects.auvious.caller import Caller
from qms_gateway.dialects.auvious.errors import Refusal
from qms_gateway.dialects.auvious.formats import id_of

T = TypeVar("T")


async def read(request: web.Request, shape: type[T]) -> T:
    """The body as a value of the shape; without a Content-Type it is JSON all the same.

    Raises:
        Refusal: another media type, or no body. msgspec.DecodeError: not JSON, or not of the shape.
    """
    declared = request.headers.get("Content-Type", "application/json")
    kind = declared.partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json") and await bodies.whole(request):
        raise Refusal(400, "The Content-Type must be application/json.")
    return await bodies.read(request, shape)


async def change(
    request: web.Request,
    caller: Caller,
    id: str,
    act: Callable[..., Appointment],
    *,
    agent: str | None = None,
    **arguments: Any,
) -> web.Response:
    """Carry a command out on an appointment, and show it as it is then; `agent`: another one that it is about."""
    appointment, store = id_of(id, "appointment"), request.app[STORE]
    if agent is not None:
        arguments["agent"] = agent
    domains = await store.read(domains_for, reach=caller.reach, appointment=appointment, agent=agent)
    return await perform(
        request,
        within,
        reply=lambda it: json_answer(caller.view.appointment(it)),
        principal=caller.principal,
        domain=domains,
        reach=caller.reach,
        appointment=appointment,
        act=act,
        **arguments,
    )
