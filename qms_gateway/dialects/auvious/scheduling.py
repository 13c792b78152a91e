"""Making appointments: a customer himself, who has proved a contact of his (A-7), or staff and programs (A-21)."""

from aiohttp import web

from qms.domain.contact import normal
from qms.domain.errors import Invalid, NotAuthenticated, NotFound
from qms.domain.ids import from_uuid
from qms.domain.network import Network
from qms.services import otp
from qms.services.applications import find_application
from qms.services.booking.arranging import arrange, arrange_for_oneself
from qms.services.booking.bookables import domains_of
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import STORE
from qms.web.perform import perform
from qms_gateway.dialects.auvious import asked, meetings, wire
from qms_gateway.dialects.auvious.caller import about, admit, count
from qms_gateway.dialects.auvious.commands import read
from qms_gateway.dialects.auvious.headers import basic
from qms_gateway.dialects.auvious.views import View


@allows("auvious.manage")
async def create(request: web.Request) -> web.Response:
    """`POST /api/appointments/`: an appointment that staff or a program makes."""
    caller = await admit(request)
    meeting = meetings.by_staff(caller, await read(request, asked.StaffSchedule))
    agents = [caller.network.agents[id] for id in meeting.agents]
    return await perform(
        request,
        arrange,
        reply=lambda it: json_answer(caller.view.appointment(it)),
        principal=caller.principal,
        domain=domains_of(caller.network, agents),
        account=caller.account,
        meeting=meeting,
        actor=caller.principal,
    )


@allows("site.book")
async def create_for_oneself(request: web.Request) -> web.Response:
    """`POST /api/appointments/basic`: an appointment that a customer makes, with a code that was sent to him."""
    count(request)
    proof = basic(request)
    verification = from_uuid(proof.name)
    body = await read(request, asked.Schedule)
    network = await _whose(request, body.application_id)
    right = verification is not None and await _guess(request, verification, proof.secret)
    if verification is None or not right:
        raise NotAuthenticated("otp")
    contact = body.customer.contact or wire.Contact()
    return await perform(
        request,
        arrange_for_oneself,
        reply=lambda it: json_answer(View(network).appointment(it)),
        principal=f"otp {verification}",
        account=network.account.id,
        meeting=meetings.by_customer(network, body, body.application_id),
        verification=verification,
        code=proof.secret,
        contacts=frozenset(normal(one) for one in (contact.primary_email, contact.primary_phone) if one),
    )


async def _whose(request: web.Request, application: str) -> Network:
    try:
        return await about(request, await request.app[STORE].read(find_application, id=application))
    except NotFound:
        raise Invalid("applicationId", "an application of ours") from None


async def _guess(request: web.Request, verification: str, code: str) -> bool:
    """Whether the code is the one that was sent; a wrong one counts, whatever becomes of the request."""
    return await request.app[STORE].write(otp.guess, id=verification, code=code)
