"""What supervisors do: with agents, with tickets, and what they tell the lobby."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web
from msgspec import UNSET

from desk.supervisor import bodies
from desk.supervisor.boards import act
from qms.services.logins import Login
from qms.services.presence import KEEP
from qms.services.supervising import agents, notices, steering, tickets
from qms.store.tx import Tx
from qms.web import people
from qms.web.access import allows
from qms.web.bodies import read
from qms.web.keys import STORE


@allows("board.steer")
async def move(request: web.Request) -> web.Response:
    """Another POC, another branch, other queues for the time being."""
    login = await people.who(request)
    body, agent = await read(request, bodies.Move), request.match_info["agent"]
    held = {"account": login.account_id, "agent": agent, "queues": body.queues}
    domains = await request.app[STORE].read(agents.domains_to_hold, **held)
    poc = KEEP if body.poc is UNSET else body.poc or None
    return await act(request, login, agents.move, domain=domains, agent=agent, poc=poc, queues=body.queues)


@allows("board.steer")
async def set_presence(request: web.Request) -> web.Response:
    """Away, home, or back to work."""
    login = await people.who(request)
    body = await read(request, bodies.Presence)
    about = {"agent": request.match_info["agent"], "state": body.state, "reason": body.reason}
    return await act(request, login, agents.set_presence, **about)


@allows("board.steer")
async def force_offer(request: web.Request) -> web.Response:
    """Give somebody who waits to an agent."""
    login = await people.who(request)
    body = await read(request, bodies.ForcedOffer)
    return await _with_ticket(request, login, tickets.force_offer, {"agent": body.agent})


@allows("board.steer")
async def take_back(request: web.Request) -> web.Response:
    """Take somebody back from an agent, into the line."""
    login = await people.who(request)
    body = await read(request, bodies.TakeBack)
    return await _with_ticket(request, login, tickets.take_back, {"reason": body.reason})


@allows("board.steer")
async def put_at(request: web.Request) -> web.Response:
    """Put somebody elsewhere in his line."""
    login = await people.who(request)
    body = await read(request, bodies.Placement)
    given = {"reason": body.reason, "place": body.place, "before": body.before}
    return await _with_ticket(request, login, tickets.put_at, given)


@allows("board.steer")
async def show_notice(request: web.Request) -> web.Response:
    """Say something in the lobby, until a time."""
    login = await people.who(request)
    body = await read(request, bodies.NewNotice)
    domains = await _lobbies(request, login, branch=body.branch)
    given = {"text": body.text, "until": body.until, "branch": body.branch}
    return await act(request, login, notices.show, domain=domains, **given)


@allows("board.steer")
async def withdraw_notice(request: web.Request) -> web.Response:
    """Take it off the screens."""
    login = await people.who(request)
    notice = request.match_info["notice"]
    domains = await _lobbies(request, login, notice=notice)
    return await act(request, login, notices.withdraw, domain=domains, notice=notice)


async def _with_ticket(request: web.Request, login: Login, command: Any, given: Mapping[str, Any]) -> web.Response:
    ticket = request.match_info["ticket"]
    domain = await request.app[STORE].read(_domain, account=login.account_id, by=login.agent.id, ticket=ticket)
    return await act(request, login, command, domain=domain, ticket=ticket, **given)


def _domain(tx: Tx, *, account: str, by: str, ticket: str) -> str:
    return steering.ticket_of(tx, steering.begin(tx, account, by), ticket).domain_id


async def _lobbies(request: web.Request, login: Login, **which: str | None) -> list[str]:
    found: list[str] = await request.app[STORE].read(notices.domains_to_hold, account=login.account_id, **which)
    return found
