"""Segments: the account's queues under the name that pages and exports have for them."""

from aiohttp import web

from qms.web.answers import json_answer
from qms_gateway.dialects.videsk import wire
from qms_gateway.dialects.videsk.caller import admit

USUAL, MOST = 10, 100


async def segments(request: web.Request) -> web.Response:
    """One page of the segments; `$limit` is 1 to 100, `$skip` from 0, what is no number counts as absent."""
    caller = await admit(request, "segments")
    limit = min(max(_whole(request, "$limit", USUAL), 1), MOST)
    skip = max(_whole(request, "$skip", 0), 0)
    found = list(caller.network.queues.values())
    page = [wire.Segment.of(queue) for queue in found[skip : skip + limit]]
    return json_answer(wire.Segments(len(found), limit, skip, page)).response()


def _whole(request: web.Request, name: str, default: int) -> int:
    text = request.query.get(name, "")
    digits = text.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        return default
    return int(text)
