"""The pages behind an appointment's links: all about it, to move and cancel it, and to check in.

What a link may do is its token's to say: `action` to change, `access` to see and join.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aiohttp import web

from kiosk.booking.appointment import about, after, link, may_move, shown_by
from kiosk.booking.asked import Asked
from kiosk.booking.network import network_of
from kiosk.booking.pages import for_people, language_for, show, typed_into
from kiosk.booking.times import when
from kiosk.booking.words import GONE, OVER, REFUSED
from qms.domain.errors import BranchClosed, Conflict, Gone, NoAgentAvailable, NotAuthenticated, NotFound
from qms.services import check_in
from qms.services.booking import linked, tokens
from qms.services.booking.calendar_entries import entry_of, written
from qms.services.booking.finding import domains_of_appointment
from qms.services.booking.linked import REASON_LENGTH
from qms.web.access import allows
from qms.web.keys import SECRET, SITE, STORE
from qms.web.pages import translations, with_lang
from qms.web.pages.languages import asked as asked_language


@for_people
async def page(request: web.Request) -> web.StreamResponse:
    """All about an appointment; `do=move` to choose another start, `do=cancel` to be asked."""
    return await _page(request, Asked.of(request))


@allows("appointment.own")
@for_people
async def act(request: web.Request) -> web.StreamResponse:
    """Move the appointment, cancel it, or check in: the button pressed says what."""
    asked = Asked.of(request)
    said = await typed_into(request)
    does = DOES.get(said.get("do", [""])[0])
    try:
        shown = await request.app[STORE].read(shown_by, asked=asked, secret=request.app[SECRET])
        token = shown.token
        if shown.started and does not in (None, _check_in):
            return await _page(request, asked, "unchangeable")
        if does is None or (does is not _check_in and token.kind != "action"):
            raise web.HTTPSeeOther(asked.here())
        return await does(request, asked, token, said.get("reason", [""])[0].replace("\0", "").strip())
    except Gone as gone:
        return await _over(request, asked, gone.what)
    except NotAuthenticated:
        return await _over(request, asked, "")


@allows("appointment.own")
@for_people
async def calendar(request: web.Request) -> web.StreamResponse:
    """The appointment as a file for a calendar."""
    asked = Asked.of(request)
    try:
        shown = await request.app[STORE].read(shown_by, asked=asked, secret=request.app[SECRET])
    except (Gone, NotAuthenticated) as gone:
        return await _over(request, asked, gone.what if isinstance(gone, Gone) else "")
    booked = shown.linked.appointment
    texts = translations(language_for(request, shown.linked.network.account, booked.locale))
    code = texts.gettext("Your code: %(code)s") % {"code": booked.code or ""}
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="appointment.ics"'}
    url = request.app[SITE].public_url + link(request, asked, booked, "access")
    body = written(replace(entry_of(shown.linked.network, booked), description=code, url=url), "PUBLISH")
    return web.Response(body=body, content_type="text/calendar", charset="utf-8", headers=headers)


async def _page(request: web.Request, asked: Asked, refused: str = "", reason: str = "") -> web.StreamResponse:
    try:
        shown = await request.app[STORE].read(shown_by, asked=asked, secret=request.app[SECRET])
    except Gone as gone:
        return await _over(request, asked, gone.what)
    except NotAuthenticated:
        return await _over(request, asked, "")
    network, booked = shown.linked.network, shown.linked.appointment
    language = language_for(request, network.account, booked.locale)
    view = {**about(request, asked, shown), "refused": REFUSED.get(refused, ""), "reason": reason}
    template = "kiosk/book-appointment.html.j2"
    if shown.offers is not None and asked.start is None:
        template = "kiosk/book-move.html.j2"
        view |= when(language, asked, shown.offers, shown.linked.zone)
    elif may_move(shown) and asked.do == "move":
        template = "kiosk/book-moving.html.j2"
    elif shown.token.kind == "action" and asked.do == "cancel":
        template = "kiosk/book-cancel.html.j2"
    how: dict[str, Any] = {"asked": asked, "branch": shown.linked.branch, "preferred": booked.locale}
    return show(request, template, network, view, **how)


async def _move(request: web.Request, asked: Asked, token: tokens.AppointmentToken, _: str) -> web.StreamResponse:
    if asked.start is None:
        raise web.HTTPSeeOther(asked.here())
    try:
        moved = await _write(request, linked.move, token, starts_at=asked.start)
    except Conflict as conflict:
        why = "taken" if conflict.kind == "slot" else "unchangeable"
        return await _page(request, asked.without_start(), why)
    raise web.HTTPSeeOther(link(request, asked, moved, "action", done="moved"))


async def _cancel(request: web.Request, asked: Asked, token: tokens.AppointmentToken, why: str) -> web.StreamResponse:
    if len(why) > REASON_LENGTH:
        return await _page(request, asked, "long", why)
    try:
        cancelled = await _write(request, linked.cancel, token, reason=why or None)
    except Conflict:
        return await _page(request, asked, "unchangeable")
    shown = await request.app[STORE].read(after, booked=cancelled)
    view = about(request, asked, shown)
    how: dict[str, Any] = {"asked": asked, "branch": shown.linked.branch, "preferred": cancelled.locale}
    return show(request, "kiosk/book-cancelled.html.j2", shown.linked.network, view, **how)


async def _check_in(request: web.Request, asked: Asked, token: tokens.AppointmentToken, _: str) -> web.StreamResponse:
    chosen = asked_language(request)
    try:
        ticket = await _write(request, check_in.come, token, language=chosen.tag if chosen else None)
    except (Conflict, NotFound) as refused:
        early = isinstance(refused, Conflict) and refused.what in ("too early", "another day")
        return await _page(request, asked, "early" if early else "late")
    except Gone as gone:
        if gone.kind == "token":
            raise
        return await _page(request, asked, "late")
    except BranchClosed:
        return await _page(request, asked, "closed")
    except NoAgentAvailable:
        return await _page(request, asked, "unstaffed")
    raise web.HTTPSeeOther(with_lang(request, f"/t/{ticket.link}"))


DOES = {"move": _move, "cancel": _cancel, "check-in": _check_in}
"""What a form of these pages does, by its `do`."""


async def _write(request: web.Request, does: Callable[..., Any], token: tokens.AppointmentToken, **more: Any) -> Any:
    about = {"account": token.account, "id": token.appointment}
    domains = await request.app[STORE].read(domains_of_appointment, **about)
    return await request.app[STORE].write(does, domain=domains, token=token, **more)


async def _over(request: web.Request, asked: Asked, what: str) -> web.StreamResponse:
    """A kind word about a link that is dead."""
    network = await request.app[STORE].read(network_of, slug=asked.account)
    heading, text = OVER.get(what, GONE)
    view = {"heading": heading, "text": text}
    return show(request, "kiosk/book-over.html.j2", network, view, asked=asked, status=410)
