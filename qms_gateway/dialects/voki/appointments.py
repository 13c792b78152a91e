"""Appointments: listed, looked at, made, changed; and whether one would lie over another."""

from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from aiohttp import web

from qms.domain.errors import NotFound
from qms.domain.ids import from_uuid
from qms.domain.network import Keyed, Shelf
from qms.services.booking import booked
from qms.services.booking.listing import Search
from qms.services.booking.reach import domains_for
from qms.services.booking.revising import revise
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import NOW, STORE
from qms.web.perform import perform
from qms_gateway.dialects.voki import meetings, paging, wire
from qms_gateway.dialects.voki.bodies import wrapped
from qms_gateway.dialects.voki.caller import Caller, admit
from qms_gateway.dialects.voki.casting import Casting
from qms_gateway.dialects.voki.views import STATUSES, states_of

T = TypeVar("T", bound=Keyed)

RESOURCE = "appointment"
NOBODY = "nobody"
"""In place of an id that is none of ours."""

SORTED = {
    "scheduled_at": "start",
    "inserted_at": "created",
    "updated_at": "updated",
    "title": "title",
    "status": "state",
    "duration_minutes": "duration",
}
"""By which of the shown fields a list can be sorted, and what that is in ours."""


@allows("voki.use")
async def find(request: web.Request) -> web.Response:
    """`GET /api/v1/appointments`."""
    caller = await admit(request)
    query = Casting(request.query, query=True)
    page, search = paging.wanted(query, SORTED, "scheduled_at"), _filters(query, caller)
    query.check()
    search = replace(search, order=SORTED[page.order], descending=page.descending, page=page.page, size=page.size)
    found = await request.app[STORE].read(booked.search, sight=caller.sight, search=search)
    rows = [caller.view.appointment(row) for row in found.rows]
    return json_answer(wire.Appointments(rows, page.meta(found.total))).response()


@allows("voki.use")
async def get(request: web.Request) -> web.Response:
    """`GET /api/v1/appointments/:id`."""
    caller = await admit(request)
    it = await request.app[STORE].read(booked.look, sight=caller.sight, appointment=id_of(request))
    return json_answer(wire.OneAppointment(caller.view.appointment(it))).response()


@allows("voki.use")
async def create(request: web.Request) -> web.Response:
    """`POST /api/v1/appointments`: an appointment of one's own, or of a colleague."""
    caller = await admit(request)
    meeting = meetings.new(Casting(await wrapped(request, RESOURCE)), caller, request.app[NOW]())
    return await perform(
        request,
        booked.put_down,
        reply=lambda it: json_answer(wire.OneAppointment(caller.view.appointment(it)), 201),
        principal=caller.principal,
        domain=[caller.network.agents[agent].domain_id for agent in meeting.agents],
        account=caller.account,
        meeting=meeting,
        actor=caller.principal,
        refuse_overlap=caller.options.flag("enforce_conflicts"),
    )


@allows("voki.use")
async def update(request: web.Request) -> web.Response:
    """`PUT /api/v1/appointments/:id`: what is said is changed, the rest stays (K-4)."""
    caller, store, id = await admit(request), request.app[STORE], id_of(request)
    body = await wrapped(request, RESOURCE, bare=True)
    before = await store.read(booked.look, sight=caller.sight, appointment=id)
    said = Casting(meetings.unlike(body, caller.view.appointment(before)), partial=True)
    revision = meetings.revision(said, caller.network, before, request.app[NOW]())
    agent = {} if revision.agent is None else {"agent": revision.agent}
    domains = await store.read(domains_for, reach=caller.sight.reach, appointment=id, **agent)
    return await perform(
        request,
        booked.carry_out,
        reply=lambda it: json_answer(wire.OneAppointment(caller.view.appointment(it))),
        principal=caller.principal,
        domain=domains,
        sight=caller.sight,
        appointment=id,
        act=revise,
        revision=revision,
        actor=caller.principal,
        refuse_overlap=caller.options.flag("enforce_conflicts"),
    )


@allows("voki.use")
async def conflicts(request: web.Request) -> web.Response:
    """`GET /api/v1/appointments/conflicts`: what an agent has at some time, whoever made it (K-3)."""
    caller = await admit(request)
    query = Casting(request.query, query=True)
    agent = meetings.named(query, "user_id", caller.network.agents, required=True)
    start = query.instant("scheduled_at", required=True)
    minutes = query.between("duration_minutes", 1, meetings.MOST_MINUTES) or meetings.USUAL_MINUTES
    without = query.uuid("exclude_id")
    query.check()
    found = await request.app[STORE].read(
        booked.overlapping,
        sight=caller.sight,
        agent=agent,
        start=start,
        lasting=timedelta(minutes=minutes),
        without=from_uuid(without or ""),
    )
    seen = [caller.view.appointment(one) for one in found.seen]
    return json_answer(wire.OneConflicts(wire.Conflicts(has_conflicts=found.any, conflicts=seen))).response()


def id_of(request: web.Request) -> str:
    """The id that the path names.

    Raises:
        NotFound: it is none of ours, so there is no such thing (K-5).
    """
    text = request.match_info["id"]
    id = from_uuid(text)
    if id is None:
        raise NotFound(RESOURCE, text)
    return id


def _filters(query: Casting, caller: Caller) -> Search:
    status, start, end = query.choice("status", STATUSES.values()), query.range("date_from"), query.range("date_to")
    return Search(
        states=None if status is None else states_of(status),
        starts_from=None if start is None else start[0],
        starts_until=None if end is None else end[1],
        agent=_filter(query, "user_id", caller.network.agents),
        queue=_filter(query, "department_id", caller.network.queues),
    )


def _filter(query: Casting, name: str, shelf: Shelf[T]) -> str | None:
    """The id of what is looked for; something that is not there (any more) may still have appointments, or none."""
    text = query.uuid(name)
    try:
        return None if text is None else shelf.find(text).id
    except NotFound:
        return from_uuid(text or "") or NOBODY
