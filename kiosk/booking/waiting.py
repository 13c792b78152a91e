"""Waiting: the page that shows one's place in line, then the offer, to be taken or not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from aiohttp import web

from kiosk.booking import filling, holding
from kiosk.booking.answering import Typed, fields_of
from kiosk.booking.appointment import link as appointment_link
from kiosk.booking.asked import Asked, path_of, written
from kiosk.booking.network import network_of
from kiosk.booking.pages import for_people, language_for, see_other, show, typed_into
from kiosk.booking.zones import zone_name
from qms.domain.appointment import Appointment
from qms.domain.errors import Conflict, Gone
from qms.domain.network import Form
from qms.domain.waiting import Entry
from qms.domain.zones import is_zone, zone
from qms.services.booking import waiting, waitlist
from qms.services.booking.bookables import rules_of
from qms.services.booking.bookables import zone_name as zone_of_service
from qms.services.booking.people import LIKE
from qms.services.booking.waiting import Standing
from qms.store import appointments
from qms.store.tx import Tx
from qms.web.access import allows
from qms.web.keys import STORE

DOES: Mapping[str, Callable[..., Any]] = {"decline": waitlist.decline, "leave": waitlist.leave}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the page is made of."""

    now: datetime
    standing: Standing
    booked: Appointment | None

    @property
    def entry(self) -> Entry:
        """Whose page it is."""
        return self.standing.entry


@allows("waitlist.own")
@for_people
async def page(request: web.Request) -> web.StreamResponse:
    """Where somebody stands."""
    asked = Asked.of(request)
    return _shown(request, asked, await _seen_by(request, asked))


@allows("waitlist.own")
@for_people
async def act(request: web.Request) -> web.StreamResponse:
    """Take what is offered, decline it, or leave: the button pressed says what."""
    asked = Asked.of(request)
    does = (await typed_into(request)).get("do", [""])[0]
    seen = await _seen_by(request, asked)
    try:
        if does == "accept":
            return await _accept(request, asked, seen)
        if does in DOES:
            await _write(request, seen, DOES[does])
    except (Gone, Conflict):  # too late: the page says how things stand
        pass
    return see_other(_here(asked, seen))


async def _accept(request: web.Request, asked: Asked, seen: Seen) -> web.StreamResponse:
    """On to the form, what is known already filled in; where nothing is asked, it is booked at once."""
    entry, network, service = seen.entry, seen.standing.network, seen.standing.service
    if entry.state != "offered" or entry.offered_start is None or service is None:
        raise Gone("offer", entry.state)
    form = network.forms.get(service.form_id or "")
    if not fields_of(form):
        booked = await _write(request, seen, waitlist.accept)
        return see_other(appointment_link(request, asked, booked, "action", done="booked"))
    start, here = entry.offered_start, _zone(asked, seen)
    kept = {**asked.kept, "zone": here, "start": written(start)}
    wanted = replace(asked, service=service.key, start=start, zone=here, kept=kept)
    token = entry.hold_token or ""
    shown = await filling.page(request, wanted, start, hold=token, typed=_known(form, entry.person))
    left = (entry.offered_until or seen.now) - seen.now
    holding.remember_token(request, shown, token, max(left, timedelta()))
    return shown


async def _write(request: web.Request, seen: Seen, does: Callable[..., Any]) -> Any:
    which = {"account": seen.entry.account_id, "link": seen.entry.link}
    domains = await request.app[STORE].read(waitlist.domains_of_entry, **which)
    return await request.app[STORE].write(does, domain=domains, **which)


async def _seen_by(request: web.Request, asked: Asked) -> Seen:
    seen: Seen = await request.app[STORE].read(_seen, asked=asked, link=request.match_info["link"])
    return seen


def _seen(tx: Tx, *, asked: Asked, link: str) -> Seen:
    account = network_of(tx, slug=asked.account).account.id
    standing = waiting.standing(tx, account=account, link=link)
    entry = standing.entry
    booked = appointments.get(tx, entry.appointment_id or "") if entry.state == "accepted" else None
    return Seen(now=tx.now, standing=standing, booked=booked)


def _known(form: Form | None, person: Mapping[str, str]) -> Typed:
    """What is known of somebody, as answers to the fields that ask for it."""
    asked = {str(f["name"]): LIKE.get(str(f.get("type")), str(f["name"]).lower()) for f in fields_of(form)}
    return {name: [person[what]] for name, what in asked.items() if what in person}


def _zone(asked: Asked, seen: Seen) -> str:
    service = seen.standing.service
    own = seen.entry.timezone if is_zone(seen.entry.timezone) else None
    account = seen.standing.network.account
    return asked.zone or own or (zone_of_service(seen.standing.network, service) if service else account.timezone)


def _here(asked: Asked, seen: Seen) -> str:
    return asked.anew(f"{path_of(asked.account)}/wait/{seen.entry.link}")


def _shown(request: web.Request, asked: Asked, seen: Seen) -> web.Response:
    entry, standing = seen.entry, seen.standing
    network, service, name = standing.network, standing.service, _zone(asked, seen)
    language = language_for(request, network.account, entry.locale)
    start = entry.offered_start
    length = rules_of(network, service).duration if service else timedelta()
    again = asked.anew(path_of(asked.account, service.key if service else None))
    view: dict[str, Any] = {
        "now": seen.now,
        "entry": entry,
        "place": standing.place,
        "service": service,
        "branch": network.branches.get(service.branch_id or "") if service else None,
        "agent": network.agents.get(entry.agent_id or ""),
        "wanted": date.fromisoformat(entry.day),
        "start": start,
        "ends": start + length if start else None,
        "there": zone(name),
        "zone": zone_name(language, name, start) if start else "",
        "here": _here(asked, seen),
        "again": again,
        "booked": seen.booked and appointment_link(request, asked, seen.booked, "action"),
    }
    how: dict[str, Any] = {"asked": asked, "branch": view["branch"], "preferred": entry.locale}
    return show(request, "kiosk/book-wait.html.j2", network, view, **how)
