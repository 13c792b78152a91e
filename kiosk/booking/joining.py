"""Joining the waitlist: a short form for a day that is full."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from aiohttp import web

from kiosk.booking import holding
from kiosk.booking.asked import Asked, path_of
from kiosk.booking.network import chosen, network_of
from kiosk.booking.pages import for_people, language_for, see_other, show, typed_into
from qms.domain.contact import is_email, is_phone
from qms.domain.customer import Person
from qms.domain.errors import Conflict
from qms.domain.network import Agent, Network, Service
from qms.services.booking import waiting
from qms.services.booking.bookables import domains_of_service
from qms.services.booking.bookables import zone_name as zone_of_service
from qms.services.booking.waiting import Waiter
from qms.store.tx import Tx
from qms.web.access import allows
from qms.web.keys import STORE
from qms.web.pages import N_

LONGEST = {"firstname": 200, "email": 320, "phone": 40}

REFUSED: Mapping[str, str] = {
    "not full": N_("There are free times on that day now."),
    "closed": N_("There are no appointments on that day."),
    "past": N_("That day is over."),
    "far": N_("That day is too far ahead."),
    "full": N_("Too many people wait for that day already."),
    "many": N_("You wait for many days already: leave one of the lines first."),
    "joined": N_("You are in line for that day already. Please use the address that you were given then."),
}
"""Why somebody cannot join, by what the service says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What the form is made of."""

    network: Network
    service: Service
    agent: Agent | None
    day: date
    zone: str


@allows("site.book")
@for_people
async def page(request: web.Request) -> web.StreamResponse:
    """The form for a day."""
    asked, now = await _asked(request)
    return _shown(request, asked, now, {}, {})


@allows("site.book")
@for_people
async def act(request: web.Request) -> web.StreamResponse:
    """Join; then to the page on which one waits."""
    asked, now = await _asked(request)
    typed = {name: values[0].strip() for name, values in (await typed_into(request)).items() if values}
    if holding.is_too_much(request):
        return _shown(request, asked, now, typed, {}, status=holding.BUSY)
    faults = _faults(typed)
    if faults:
        return _shown(request, asked, now, typed, faults, status=422)
    try:
        entry = await request.app[STORE].write(
            waiting.join,
            domain=domains_of_service(now.network, now.service.id),
            account=now.network.account.id,
            waiter=_waiter(request, now, typed),
        )
    except Conflict as conflict:
        if conflict.kind != "waitlist":
            raise
        return _shown(request, asked, now, typed, {}, refused=REFUSED[conflict.what], status=409)
    return see_other(asked.anew(f"{path_of(asked.account)}/wait/{entry.link}"))


async def _asked(request: web.Request) -> tuple[Asked, Joining]:
    """What the address asks for; without a day, on to the days there are.

    Raises:
        NotFound: no such account, or no such service.
    """
    asked = Asked.of(request)
    if asked.day is None:
        await request.app[STORE].read(_service_of, asked=asked)
        raise web.HTTPSeeOther(asked.here())
    return asked, await request.app[STORE].read(_joining, asked=asked, day=asked.day)


def _service_of(tx: Tx, *, asked: Asked) -> tuple[Network, Service]:
    network = network_of(tx, slug=asked.account)
    return network, network.services.find(asked.service or "")


def _joining(tx: Tx, *, asked: Asked, day: date) -> Joining:
    network, service = _service_of(tx, asked=asked)
    zone = asked.zone or zone_of_service(network, service)
    return Joining(network=network, service=service, agent=chosen(network, service, asked.agent), day=day, zone=zone)


def _faults(typed: Mapping[str, str]) -> dict[str, str]:
    """The fields with what is wrong with each."""
    found = {}
    if not typed.get("firstname"):
        found["firstname"] = N_("Please fill this in.")
    email, phone = typed.get("email", ""), typed.get("phone", "")
    if not email and not phone:
        found["email"] = N_("Please write an e-mail address or a telephone number.")
    if email and not is_email(email):
        found["email"] = N_("Please write an e-mail address, such as ana@example.com.")
    if phone and not is_phone(phone):
        found["phone"] = N_("Please write a telephone number, such as +56 2 2345 6789.")
    return found | {name: N_("This is too long.") for name, most in LONGEST.items() if len(typed.get(name, "")) > most}


def _waiter(request: web.Request, now: Joining, typed: Mapping[str, str]) -> Waiter:
    said = {name: typed.get(name) or None for name in LONGEST}
    return Waiter(
        service=now.service.id,
        day=now.day,
        timezone=now.zone,
        agent=now.agent.id if now.agent else None,
        person=Person(firstname=said["firstname"], email=said["email"], phone=said["phone"]),
        locale=language_for(request, now.network.account).tag,
    )


def _shown(
    request: web.Request,
    asked: Asked,
    now: Joining,
    typed: Mapping[str, str],
    faults: Mapping[str, str],
    *,
    refused: str = "",
    status: int = 200,
) -> web.Response:
    view: dict[str, Any] = {
        "now": now,
        "branch": now.network.branches.get(now.service.branch_id or ""),
        "typed": typed,
        "faults": faults,
        "refused": refused,
        "busy": status == holding.BUSY,
        "join": asked.at(f"{asked.path}/wait", day=now.day.isoformat()),
        "back": asked.here(),
    }
    how: dict[str, Any] = {"asked": asked, "branch": view["branch"], "status": status}
    return show(request, "kiosk/book-join.html.j2", now.network, view, **how)
