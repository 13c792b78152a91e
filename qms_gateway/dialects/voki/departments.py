"""Departments, which are queues: they come from the network file, and are only looked at here."""

from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from qms.domain.errors import NotFound
from qms.domain.network import Queue
from qms.web.access import allows
from qms.web.answers import json_answer
from qms_gateway.dialects.voki import paging, wire
from qms_gateway.dialects.voki.caller import admit
from qms_gateway.dialects.voki.casting import Casting
from qms_gateway.dialects.voki.formats import is_uuid

SORTED: Mapping[str, Callable[[Queue], Any]] = {
    "rank": lambda queue: queue.rank,
    "name": lambda queue: queue.name.casefold(),
    "identifier": lambda queue: queue.key,
}


@allows("voki.use")
async def find(request: web.Request) -> web.Response:
    """`GET /api/v1/departments`, in the order of the network file unless said otherwise."""
    caller, query = await admit(request), Casting(request.query, query=True)
    page = paging.wanted(query, SORTED, "rank")
    query.check()
    queues = sorted(caller.network.queues.values(), key=SORTED[page.order], reverse=page.descending)
    rows = [caller.view.department(queue) for queue in queues[page.slice]]
    return json_answer(wire.Departments(rows, page.meta(len(queues)))).response()


@allows("voki.use")
async def get(request: web.Request) -> web.Response:
    """`GET /api/v1/departments/:id`."""
    caller, text = await admit(request), request.match_info["id"]
    if not is_uuid(text):
        raise NotFound("department", text)
    return json_answer(wire.OneDepartment(caller.view.department(caller.network.queues.find(text)))).response()
