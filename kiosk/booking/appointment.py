"""What the pages of one appointment show, and how they are led to."""

from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from kiosk.booking.asked import ACTION, TOKEN, Asked, path_of
from kiosk.booking.pages import language_for
from kiosk.booking.words import OVER
from kiosk.booking.zones import offset, zone_name
from qms.domain.appointment import COMING, Appointment
from qms.domain.errors import Gone
from qms.domain.zones import is_zone, zone
from qms.services import check_in_times
from qms.services.accounts import account_id
from qms.services.booking import linked, offers, tokens
from qms.services.booking.linked import REASON_LENGTH, Linked
from qms.store.tx import Tx
from qms.web.keys import SECRET
from qms.web.qr import qr_svg

DONE = ("booked", "moved")
"""What has just been done to an appointment, as the address says after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the pages of an appointment are made of; `offers` where another start is to be chosen.

    `started`: by a link to change it, which since its start is only good for seeing and joining it.
    """

    token: tokens.AppointmentToken
    linked: Linked
    offers: offers.Offers | None
    started: bool = False


def about(request: web.Request, asked: Asked, shown: Shown) -> dict[str, Any]:
    """What the pages of an appointment show."""
    of, booked = shown.linked, shown.linked.appointment
    language = language_for(request, of.network.account, booked.locale)
    name = asked.zone or (booked.timezone if is_zone(booked.timezone) else of.zone)
    counter = check_in_times.counter_of(of.network, booked)
    opens, ends = check_in_times.coming(of.network, booked)
    here = booked.state in check_in_times.HERE and booked.ticket_id is not None
    other = offset(name, booked.starts_at) != offset(of.zone, booked.starts_at)
    return {
        "linked": of,
        "booked": booked,
        "there": zone(name),
        "zone": {"name": name, "label": zone_name(language, name, booked.starts_at), "chosen": True},
        "home_there": zone(of.zone),
        "home_zone": {"name": of.zone, "label": zone_name(language, of.zone, booked.starts_at)} if other else None,
        "counter": counter,
        "opens": opens,
        "coming": "now" if here else "early" if of.now < opens else "late" if of.now >= ends else "now",
        "qr": qr_svg(booked.code) if booked.code else "",
        "action": shown.token.kind == "action",
        "may_move": may_move(shown),
        "started": OVER["started"][1] if shown.started else "",
        "done": request.query.get("done") if request.query.get("done") in DONE else None,
        "join": link(request, asked, booked, "access"),
        "ics": asked.at(f"{path_of(asked.account)}/-/appointment.ics", do=None, month=None, day=None, start=None),
        "start": asked.start,
        "to_service": asked.anew(path_of(asked.account, of.service.key if of.service else None)),
        "reason_length": REASON_LENGTH,
    }


def shown_by(tx: Tx, *, asked: Asked, secret: bytes) -> Shown:
    shown = _opened(tx, token_of(tx, asked=asked, secret=secret))
    token, of = shown.token, shown.linked
    if not may_move(shown) or asked.do != "move" or of.service is None:
        return shown
    wanted = offers.Wanted(
        service=of.service.id,
        agent=of.appointment.agent_id,
        zone=asked.zone,
        month=asked.month,
        day=asked.day,
        without=of.appointment.id,
    )
    return Shown(token=token, linked=of, offers=offers.offers(tx, account=token.account, wanted=wanted))


def _opened(tx: Tx, token: tokens.AppointmentToken) -> Shown:
    """Who comes late, or is there, may have no other page with his code and the way in than the one for changes."""
    try:
        return Shown(token=token, linked=linked.seen(tx, token=token), offers=None)
    except Gone as gone:
        if gone.what != "started":
            raise
    joining = replace(token, kind="access")
    return Shown(token=joining, linked=linked.seen(tx, token=joining), offers=None, started=True)


def token_of(tx: Tx, *, asked: Asked, secret: bytes) -> tokens.AppointmentToken:
    token = tokens.read(asked.token or "", secret=secret, now=tx.now)
    if token.account != account_id(tx, slug=asked.account):
        raise Gone("token", "unknown")
    return token


def after(tx: Tx, *, booked: Appointment) -> Shown:
    """A cancelled appointment, which no token opens any more."""
    token = tokens.AppointmentToken(appointment=booked.id, account=booked.account_id, kind="access", generation=-1)
    return Shown(token=token, linked=linked.about(tx, booked), offers=None)


def may_move(shown: Shown) -> bool:
    """Whether whoever has the link may move the appointment."""
    of, agent = shown.linked, shown.linked.agent
    given = of.service is not None and agent is not None and agent.id in of.service.agent_ids
    return shown.token.kind == "action" and given and of.appointment.state in COMING


def link(request: web.Request, asked: Asked, booked: Appointment, kind: tokens.Kind, **more: str) -> str:
    """The link of an appointment as it stands: to change it, or to see and join it."""
    token = tokens.issue(booked, kind, secret=request.app[SECRET])
    action = {ACTION: "join" if kind == "access" else "modify", TOKEN: token}
    return asked.anew(path_of(asked.account), **action, **more)
