"""Filling in: the chosen start is kept while its visitor answers the service's form, and then it is booked."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aiohttp import web

from kiosk.booking import booked as just_booked
from kiosk.booking import holding
from kiosk.booking.answering import Typed, answered, questions
from kiosk.booking.appointment import link
from kiosk.booking.asked import Asked, written
from kiosk.booking.calendar import slots_of
from kiosk.booking.network import chosen, service_of
from kiosk.booking.pages import for_people, language_for, see_other, show, typed_into
from kiosk.booking.zones import offset, zone_name
from qms.domain.appointment import Appointment
from qms.domain.errors import Conflict
from qms.domain.ids import new_secret
from qms.domain.network import Agent, Branch, Form, Network, Service
from qms.domain.zones import zone
from qms.services.booking import bookings, holds
from qms.services.booking.bookables import domains_of_service, rules_of
from qms.services.booking.bookables import zone_name as zone_of_service
from qms.services.booking.finding import found
from qms.services.booking.offers import Wanted, is_free, nearest
from qms.services.booking.wishes import Wish
from qms.services.idempotency import Kept, once
from qms.store.tx import Tx
from qms.web.keys import STORE
from qms.web.perform import idempotency_key

ORIGIN = "page"
KEY = re.compile(r"[!-~]{1,255}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What the page of a form is made of. `others` are near starts, where the chosen one cannot be had."""

    now: datetime
    network: Network
    service: Service
    agent: Agent | None
    form: Form | None
    start: datetime
    zone: str
    held: Appointment | None
    free: bool
    others: Sequence[datetime]

    @property
    def branch(self) -> Branch | None:
        """Where it is given."""
        return self.network.branches.get(self.service.branch_id or "")

    @property
    def domains(self) -> tuple[str, ...]:
        """What is to be held while it is booked."""
        return domains_of_service(self.network, self.service.id, self.agent.id if self.agent else None)


async def page(
    request: web.Request,
    asked: Asked,
    start: datetime,
    *,
    hold: str | None = None,
    typed: Typed | None = None,
    faults: Mapping[str, str] | None = None,
    status: int = 200,
) -> web.Response:
    """The form for a start: with what was typed into it, and what is wrong with that."""
    token = hold or holding.token_of(request)
    now = await request.app[STORE].read(_filling, asked=asked, start=start, token=token)
    return _shown(request, asked, now, typed or {}, faults or {}, status)


@for_people
async def act(request: web.Request) -> web.StreamResponse:
    """Hold a start (`?hold=`), or book it."""
    asked = Asked.of(request)
    if asked.start is None:
        await request.app[STORE].read(service_of, asked=asked)
        raise web.HTTPSeeOther(asked.here())
    typed = await typed_into(request)
    if holding.is_too_much(request):
        return await page(request, asked, asked.start, typed=typed, status=holding.BUSY)
    if "hold" in request.query:
        return await _hold(request, asked, asked.start, typed)
    return await _book(request, asked, asked.start, typed)


async def _hold(request: web.Request, asked: Asked, start: datetime, typed: Typed) -> web.StreamResponse:
    """Keep a start instead of the one kept before; whoever has typed something sees it again."""
    now = await request.app[STORE].read(_filling, asked=asked, start=start, token=holding.token_of(request))
    held = None
    with suppress(Conflict):  # the page says so, and names others
        held = await request.app[STORE].write(
            holds.hold,
            domain=now.domains,
            account=now.network.account.id,
            wish=_wish(request, now),
            instead_of=holding.token_of(request),
        )
    written_something = any(value.strip() for values in typed.values() for value in values)
    if held is None or written_something:
        response = await page(request, asked, start, hold=held.token if held else None, typed=typed)
    else:
        response = see_other(asked.here())
    if held is not None:
        holding.remember(request, response, held)
        just_booked.forget(request, response, asked)
    return response


async def _book(request: web.Request, asked: Asked, start: datetime, typed: Typed) -> web.StreamResponse:
    """Book a start, once for each time that the form was shown; a fault or a lost race shows the form again."""
    token = holding.token_of(request)
    now = await request.app[STORE].read(_filling, asked=asked, start=start, token=token)
    said = answered(now.form, typed, language_for(request, now.network.account))
    if said.faults:
        return await page(request, asked, start, typed=typed, faults=said.faults, status=422)
    wish = _wish(request, now, answers=said.answers if now.form else None)
    key, what = idempotency_key(request), f"{now.service.id} {written(start)}"
    try:
        kept = await request.app[STORE].write(
            once,
            domain=now.domains,
            scope=f"booking {now.network.account.id}",
            key=key or _key_in(request),
            fingerprint=what if key is None else _fingerprint(what, typed),
            act=lambda tx: bookings.book(tx, account=now.network.account.id, wish=wish, hold=token),
            answer=lambda booked: Kept(status=303, headers={}, body=booked.id),
        )
    except Conflict:
        return await page(request, asked, start, typed=typed, status=409)
    booked = await request.app[STORE].read(found, account=now.network.account.id, id=kept.body)
    response = see_other(link(request, asked, booked, "action", done="booked"))
    holding.forget(request, response)
    just_booked.remember(request, response, asked, start)
    return response


def _key_in(request: web.Request) -> str:
    """The secret key in a form's address, by which it is known if it is sent twice."""
    key = request.query.get("key", "")
    return key if KEY.fullmatch(key) else new_secret()


def _fingerprint(what: str, typed: Typed) -> str:
    """Callers may think of the same key: nobody is led to another's appointment, for what was typed belongs to it."""
    return hashlib.sha256(f"{what} {sorted(typed.items())}".encode("utf-8", "replace")).hexdigest()


def _wish(request: web.Request, now: Filling, answers: object = None) -> Wish:
    return Wish(
        service=now.service.id,
        starts_at=now.start,
        timezone=now.zone,
        origin=ORIGIN,
        agent=now.agent.id if now.agent else None,
        locale=language_for(request, now.network.account).tag,
        answers=answers,
    )


def _filling(tx: Tx, *, asked: Asked, start: datetime, token: str | None) -> Filling:
    network, service = service_of(tx, asked=asked)
    agent = chosen(network, service, asked.agent)
    held = holds.held_by(tx, account=network.account.id, token=token)
    whom = agent.id if agent else None
    here = asked.zone or zone_of_service(network, service)
    wanted = Wanted(service=service.id, agent=whom, zone=here, without=held.id if held else None)
    mine = held if holding.is_for(held, start, service.id, whom) else None
    free = mine is not None or is_free(tx, account=network.account.id, wanted=wanted, start=start)
    return Filling(
        now=tx.now,
        network=network,
        service=service,
        agent=agent,
        form=network.forms.get(service.form_id or ""),
        start=start,
        zone=here,
        held=mine,
        free=free,
        others=() if free else nearest(tx, account=network.account.id, wanted=wanted, start=start),
    )


def _shown(
    request: web.Request, asked: Asked, now: Filling, typed: Typed, faults: Mapping[str, str], status: int
) -> web.Response:
    language = language_for(request, now.network.account)
    home = zone_of_service(now.network, now.service)
    differ = offset(home, now.start) != offset(now.zone, now.start)
    here = zone(now.zone)

    def again(start: datetime) -> str:
        return asked.here(start=written(start), hold="again")

    view: dict[str, Any] = {
        "now": now,
        "there": here,
        "zone": zone_name(language, now.zone, now.start),
        "home_zone": zone_name(language, home, now.start) if differ else None,
        "home_there": zone(home),
        "ends": now.start + rules_of(now.network, now.service).duration,
        "until": now.held.hold_expires_at if now.held else None,
        "others": slots_of(language, now.others, now.zone, again, days=True),
        "past": now.start <= now.now,
        "questions": questions(now.form, typed, faults),
        "typed": any(value.strip() for values in typed.values() for value in values),
        "busy": status == holding.BUSY,
        "book": asked.here(key=new_secret()),
        "again": asked.here(hold="again"),
        "back": asked.here(start=None, day=now.start.astimezone(here).date().isoformat()),
    }
    return show(request, "kiosk/book-form.html.j2", now.network, view, asked=asked, branch=now.branch, status=status)
