"""One's own appointment: looked at, moved and cancelled with the booking's tokens. Source: calendario.md."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

import msgspec
from aiohttp import web

from qms.domain.appointment import Appointment
from qms.services.booking import own, tokens
from qms.web.access import allows
from qms.web.answers import Answer, json_answer
from qms.web.keys import STORE
from qms.web.perform import perform
from qms_gateway.dialects.videsk import calendar_wire as wire
from qms_gateway.dialects.videsk.bodies import read
from qms_gateway.dialects.videsk.casting import as_text, too_long, uncastable
from qms_gateway.dialects.videsk.errors import HOUR, Refusal
from qms_gateway.dialects.videsk.holder import Holder, admit_holder
from qms_gateway.dialects.videsk.moments import instant_of, text_of
from qms_gateway.dialects.videsk.schedule import confirmed

LONGEST_REASON = 1000
B = TypeVar("B")
V = TypeVar("V")


@allows("appointment.see")
async def info(request: web.Request) -> web.Response:
    """What was booked. A success is 201, as documented (D-2)."""
    holder = await admit_holder(request, "access")
    caller, limit = holder.caller, holder.caller.options.number("info_early_limit")
    early = timedelta(minutes=limit) if limit else None
    found = await request.app[STORE].read(own.look, token=holder.token, early=early)
    status = 200 if caller.options.text("status_policy") == "body-code" else 201
    return json_answer(wire.Info.of(found), status).response()


@allows("appointment.change")
async def cancel(request: web.Request) -> web.Response:
    """It shall not take place."""
    holder = await admit_holder(request, "action")
    reason = await _said(request, holder, wire.Cancellation, lambda body: reason_of(body.cancel_reason))
    return await perform(
        request, own.cancel, reply=_cancelled, principal=holder.principal, token=holder.token, reason=reason
    )


@allows("appointment.change")
async def reschedule(request: web.Request) -> web.Response:
    """It shall take place at another time."""
    holder = await admit_holder(request, "action")
    starts_at = await _said(request, holder, wire.Rescheduling, lambda body: instant_of(body.date))
    request[HOUR] = text_of(starts_at)
    return await perform(
        request,
        own.reschedule,
        reply=partial(confirmed, request, holder.caller),
        principal=holder.principal,
        token=holder.token,
        starts_at=starts_at,
    )


def reason_of(value: object) -> str | None:
    """Why it is cancelled, as text; numbers and booleans are taken for theirs.

    Raises:
        Refusal: no text, or too long.
    """
    if value is None:
        return None
    text = as_text(value)
    if text is None:
        shown = ("[]", "Array") if isinstance(value, list) else ("{}", "Object")
        raise uncastable("cancelReason", *shown)
    if len(text) > LONGEST_REASON:
        raise too_long("cancelReason", LONGEST_REASON)
    if "\0" in text:
        raise uncastable("cancelReason", "...", "String")
    return text


async def _said(request: web.Request, holder: Holder, shape: type[B], value: Callable[[B], V]) -> V:
    """What the body says; whoever's token is dead is told that sooner than what is wrong with the body."""
    try:
        return value(await read(request, shape))
    except (Refusal, msgspec.DecodeError):
        await request.app[STORE].read(tokens.opened, token=holder.token)
        raise


def _cancelled(appointment: Appointment) -> Answer:
    return json_answer(wire.Cancelled(appointment.title, "The appointment was successfully canceled"), 201)
