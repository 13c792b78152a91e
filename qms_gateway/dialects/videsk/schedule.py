"""Booking: one's own choice of service, start and perhaps agent. Source: calendario.md."""

from functools import partial

from aiohttp import web

from qms.domain.answers import check_answers
from qms.domain.errors import NotFound
from qms.domain.network import Agent, Service
from qms.services.booking import own, tokens
from qms.services.booking.bookables import domains_of_service, services_of
from qms.services.booking.wishes import Wish
from qms.web.access import allows
from qms.web.answers import Answer, json_answer
from qms.web.keys import SECRET, SITE
from qms.web.perform import perform
from qms_gateway.dialects.videsk import calendar_wire as wire
from qms_gateway.dialects.videsk import forms
from qms_gateway.dialects.videsk.bodies import read
from qms_gateway.dialects.videsk.caller import Caller, admit
from qms_gateway.dialects.videsk.errors import BAD_REQUEST, HOUR, Refusal, no_service
from qms_gateway.dialects.videsk.links import base_of, link
from qms_gateway.dialects.videsk.moments import instant_of, text_of, zone_of

LONGEST_REFERRER = 4096


@allows("videsk.calendar")
async def with_anybody(request: web.Request) -> web.Response:
    """Book a service; we choose the agent."""
    caller = await admit(request)
    service, body = _service(caller, request.match_info["service"]), await read(request, wire.Booking)
    return await _schedule(request, caller, body, service)


@allows("videsk.calendar")
async def with_one(request: web.Request) -> web.Response:
    """Book a service with an agent of one's own choice."""
    caller = await admit(request)
    agent, body = caller.network.agents.find(request.match_info["user"]), await read(request, wire.Booking)
    service = _service(caller, body.service)
    if service not in services_of(caller.network, agent):
        raise no_service()
    return await _schedule(request, caller, body, service, agent)


def _service(caller: Caller, id: object) -> Service:
    try:
        return caller.network.services.find(id if isinstance(id, str) else "")
    except NotFound:
        raise no_service() from None


async def _schedule(
    request: web.Request, caller: Caller, body: wire.Booking, service: Service, agent: Agent | None = None
) -> web.Response:
    wish = _wish(caller, body, service, agent)
    await forms.screen(request, caller, forms.token_of(caller, body.token))
    request[HOUR] = text_of(wish.starts_at)
    return await perform(
        request,
        own.schedule,
        reply=partial(confirmed, request, caller),
        principal=caller.principal,
        domain=domains_of_service(caller.network, service.id, wish.agent),
        account=caller.account,
        wish=wish,
    )


def _wish(caller: Caller, body: wire.Booking, service: Service, agent: Agent | None) -> Wish:
    """What is wanted; what is wrong with it is told in the documented order."""
    starts_at = instant_of(body.start_at)
    zone_of(body.timezone)
    form = caller.network.forms.get(service.form_id or "")
    answers = check_answers(form.fields if form else (), forms.without_essential(body.form))
    referrer = body.referrer
    if not isinstance(referrer, str) or not 0 < len(referrer.strip()) <= LONGEST_REFERRER:
        raise Refusal(BAD_REQUEST, 'A valid "referrer" is required', "referrer")
    return Wish(
        service=service.id,
        agent=agent.id if agent else None,
        starts_at=starts_at,
        timezone=body.timezone,
        origin="videsk",
        answers=answers,
        data={"referrer": referrer.strip()},
    )


def confirmed(request: web.Request, caller: Caller, booked: own.Own) -> Answer:
    """The booking as it stands, with its tokens and where they lead."""
    it, secret = booked.appointment, request.app[SECRET]
    access, action = tokens.issue(it, "access", secret=secret), tokens.issue(it, "action", secret=secret)
    base = base_of(
        str(it.data.get("referrer", "")),
        options=caller.options,
        public_url=request.app[SITE].public_url,
        slug=caller.network.account.slug,
    )
    answer = wire.Confirmation(
        email=booked.email,
        service=it.title,
        start_at=text_of(it.starts_at),
        end_at=text_of(it.ends_at),
        duration=-int((it.starts_at - it.ends_at).total_seconds() // 60),
        timezone=it.timezone,
        join_url=link(base, "join", access),
        reschedule_url=link(base, "modify", action),
        cancel_url=link(base, "modify", action),
        access_token=access,
        action_token=action,
        message="Your appointment was successfully scheduled.",
    )
    return json_answer(answer, 201)
