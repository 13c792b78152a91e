"""Choosing: the services of an account, and the days and times of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from kiosk.booking import booked, filling, holding
from kiosk.booking.asked import Asked, path_of
from kiosk.booking.network import chosen, network_of, service_of
from kiosk.booking.pages import for_people, language_for, show
from kiosk.booking.times import when
from qms.domain.appointment import Appointment
from qms.domain.network import Agent, Network, Service
from qms.services.booking import holds
from qms.services.booking.bookables import agents_of, rules_of, zone_name
from qms.services.booking.offers import Offers, Wanted, full_days, offers
from qms.store.tx import Tx
from qms.web.keys import STORE
from qms.web.pages import render_refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A service as it is listed."""

    service: Service
    minutes: int
    branch: str | None
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the page of a service is made of."""

    network: Network
    service: Service
    agents: tuple[Agent, ...]
    agent: Agent | None
    held: Appointment | None
    offers: Offers
    full: Sequence[date]


@for_people
async def account_page(request: web.Request) -> web.Response:
    """What can be booked at an account."""
    asked = Asked.of(request)
    network = await request.app[STORE].read(network_of, slug=asked.account)
    listed = [_listed(asked, network, service) for service in network.services.values() if service.agent_ids]
    return show(request, "kiosk/book-services.html.j2", network, {"services": listed}, asked=asked)


@for_people
async def service_page(request: web.Request) -> web.Response:
    """When a service can be booked; with a start, the form."""
    asked = Asked.of(request)
    if asked.start is not None:
        if (appointment := booked.page_of(request, asked, asked.start)) is not None:
            raise web.HTTPSeeOther(appointment)
        return await filling.page(request, asked, asked.start)
    seen = await request.app[STORE].read(_seen, asked=asked, hold=holding.token_of(request))
    if not seen.agents:
        return render_refusal(request, 404)
    language = language_for(request, seen.network.account)
    view = {
        "service": seen.service,
        "branch": seen.network.branches.get(seen.service.branch_id or ""),
        "length": rules_of(seen.network, seen.service).duration_minutes,
        "agents": [] if seen.service.automatic or len(seen.agents) < 2 else seen.agents,
        "agent": seen.agent,
        **when(language, asked, seen.offers, zone_name(seen.network, seen.service), hold="new"),
        "full": [(day, asked.at(f"{asked.path}/wait", day=day.isoformat(), month=None)) for day in seen.full],
    }
    return show(request, "kiosk/book-times.html.j2", seen.network, view, asked=asked, branch=view["branch"])


def _seen(tx: Tx, *, asked: Asked, hold: str | None) -> Seen:
    network, service = service_of(tx, asked=asked)
    agent = chosen(network, service, asked.agent)
    held = holds.held_by(tx, account=network.account.id, token=hold)
    wanted = Wanted(
        service=service.id,
        agent=agent.id if agent else None,
        zone=asked.zone,
        month=asked.month,
        day=asked.day,
        without=held.id if held else None,
    )
    found = offers(tx, account=network.account.id, wanted=wanted)
    return Seen(
        network=network,
        service=service,
        agents=tuple(agents_of(network, service)),
        agent=agent,
        held=held,
        offers=found,
        full=full_days(tx, account=network.account.id, wanted=wanted, found=found),
    )


def _listed(asked: Asked, network: Network, service: Service) -> Choice:
    branch = network.branches.get(service.branch_id or "")
    return Choice(
        service=service,
        minutes=rules_of(network, service).duration_minutes,
        branch=branch.label if branch else None,
        href=asked.anew(path_of(network.account.slug, service.key)),
    )
