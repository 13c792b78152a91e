"""The page of a waiting room: when and where, and the way in when it is time. It follows the server."""

from typing import Any

import msgspec
from aiohttp import web

from kiosk.booking.pages import for_people, language_for
from kiosk.booking.words import GONE, OVER, REFUSED
from kiosk.booking.zones import zone_name
from kiosk.hubs import ROOM_HUB, told
from qms.domain.errors import BranchClosed, Conflict, Gone, NoAgentAvailable, NotFound
from qms.domain.own import own_of
from qms.domain.zones import is_zone, zone
from qms.services.booking import room_visits
from qms.services.booking.room_visits import Visit
from qms.web.access import allows
from qms.web.keys import NOW, STORE
from qms.web.live import attend, message
from qms.web.pages import render, with_lang
from qms.web.pages.languages import asked


@allows("room.enter")
@for_people
async def page(request: web.Request) -> web.StreamResponse:
    """When and where; a button to come in when it is time."""
    return await _page(request)


@allows("room.enter")
@for_people
async def enter(request: web.Request) -> web.StreamResponse:
    """Come in: to the page of one's place in line."""
    store, code = request.app[STORE], request.match_info["code"]
    chosen = asked(request)
    try:
        domains = await store.read(room_visits.domains_of_room, code=code)
        ticket = await store.write(
            room_visits.enter, domain=domains, code=code, language=chosen.tag if chosen is not None else None
        )
    except Gone as gone:
        return _over(request, gone.what)
    except Conflict as refused:
        return await _page(request, "early" if refused.what in ("too early", "another day") else "late")
    except BranchClosed:
        return await _page(request, "closed")
    except NoAgentAvailable:
        return await _page(request, "unstaffed")
    raise web.HTTPSeeOther(with_lang(request, f"/t/{ticket.link}"))


@allows("room.enter")
async def state(request: web.Request) -> web.Response:
    """What there is to follow, as the socket tells it."""
    code = request.match_info["code"]
    found = await request.app[STORE].read(room_visits.states, codes=[code])
    if code not in found:
        raise NotFound("room", code)
    return told(request, found[code]).response()


@allows("room.enter")
async def socket(request: web.Request) -> web.WebSocketResponse:
    """What there is to follow, whenever it changes."""
    code = request.match_info["code"]
    visit = await request.app[STORE].read(room_visits.visit, code=code)
    topic = f"appointment:{visit.linked.appointment.id}"
    return await attend(request, request.app[ROOM_HUB], topic=topic, name=code)


async def _page(request: web.Request, refused: str = "") -> web.StreamResponse:
    code = request.match_info["code"]
    try:
        visit = await request.app[STORE].read(room_visits.visit, code=code)
    except Gone as gone:
        return _over(request, gone.what)
    view = {**_shown(request, visit), "refused": REFUSED.get(refused, ""), "page": _followed(request, visit)}
    own = own_of(visit.linked.network, visit.counter or visit.linked.branch)
    return render(request, "kiosk/room.html.j2", view, default_language=visit.linked.appointment.locale, own=own)


def _shown(request: web.Request, visit: Visit) -> dict[str, Any]:
    of, it = visit.linked, visit.linked.appointment
    name = it.timezone if is_zone(it.timezone) else of.zone
    language = language_for(request, of.network.account, it.locale)
    return {
        "account": of.network.account,
        "booked": it,
        "visit": visit,
        "linked": of,
        "there": zone(name),
        "zone": zone_name(language, name, it.starts_at),
        "title": it.title or of.network.account.name,
    }


def _followed(request: web.Request, visit: Visit) -> dict[str, Any]:
    state = message((0, visit.state()), request.app[NOW]())
    page: dict[str, Any] = msgspec.to_builtins({"path": f"/q/{request.match_info['code']}", "state": state})
    return page


def _over(request: web.Request, what: str) -> web.StreamResponse:
    """A kind word about a room that is closed."""
    heading, text = OVER.get(what, GONE)
    return render(request, "kiosk/room-over.html.j2", {"heading": heading, "text": text}, status=410)
