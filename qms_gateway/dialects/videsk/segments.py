"""Segments: the account's queues under the name that pages and exports have for them."""

from aiohttp import web

from qms.web.access import allows
from qms.web.answers import json_answer
from qms_gateway.dialects.videsk import wire
from qms_gateway.dialects.videsk.caller import admit
from qms_gateway.dialects.videsk.paging import page_of


@allows("videsk.segments")
async def segments(request: web.Request) -> web.Response:
    """One page of the segments."""
    caller = await admit(request)
    page, found = page_of(request), list(caller.network.queues.values())
    shown = [wire.Segment.of(queue) for queue in page.cut(found)]
    return json_answer(wire.Segments(len(found), page.limit, page.skip, shown)).response()
