"""Appointments at the desk: the day's list, and who has come, has not come, or will not."""

import datetime
import re
from collections.abc import Callable
from typing import Any

from aiohttp import web
from msgspec import Struct

from desk import bodies
from desk.tickets import created, shape_of
from desk.wire import Named, TicketShape
from qms.domain.customer import Customer
from qms.domain.errors import Invalid
from qms.domain.network import Network
from qms.domain.ticket import Ticket
from qms.services import arrivals, desk_day
from qms.services.desk_day import Booked, DeskDay
from qms.store.tx import Tx
from qms.web import people
from qms.web.access import allows
from qms.web.answers import Answer, json_answer
from qms.web.bodies import read
from qms.web.keys import SECRET, STORE
from qms.web.perform import perform

DATE = r"^\d{4}-\d{2}-\d{2}$"


class Person(Struct, kw_only=True):
    """Whom an appointment is for, or who gives it."""

    id: str
    name: str


class Service(Struct, kw_only=True):
    id: str
    key: str
    title: str


class OwnTicket(Struct, kw_only=True):
    """The ticket of somebody who has checked in."""

    id: str
    number: str
    state: str


class AppointmentShape(Struct, kw_only=True):
    """An appointment. `timezone` is that of its branch, `end_reason` why it was cancelled.

    `arrival`: early, on_time or late: how somebody has come, or would if he came now; null where nobody is awaited.
    `may`: what can be done about it now: check-in, no-show, cancel.
    """

    id: str
    code: str | None
    state: str
    title: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    timezone: str
    branch: Named | None
    queue: Named | None
    service: Service | None
    agent: Person | None
    customer: Person | None
    arrival: str | None
    ticket: OwnTicket | None
    end_reason: str | None
    may: list[str]

    @classmethod
    def of(cls, row: Booked, network: Network) -> "AppointmentShape":
        it = row.appointment
        branch, agent = network.branches.get(it.branch_id or ""), network.agents.get(it.agent_id or "")
        service = network.services.get(it.service_id or "")
        return cls(
            id=it.id,
            code=it.code,
            state=it.state,
            title=it.title,
            starts_at=it.starts_at,
            ends_at=it.ends_at,
            timezone=network.zone_of(branch),
            branch=Named.of(branch),
            queue=Named.of(network.queues.get(it.queue_id or "")),
            service=Service(id=service.public_id, key=service.key, title=service.title) if service else None,
            agent=Person(id=agent.public_id, name=agent.name) if agent is not None else None,
            customer=_customer(row.customer),
            arrival=row.arrival,
            ticket=_ticket(row.ticket),
            end_reason=it.end_reason,
            may=list(row.may),
        )


class DayShape(Struct, kw_only=True):
    """The appointments of a local date, by their start; of one branch, or of all `branches` that can be asked for.

    `total` may be more than are listed. `today` is the date there now.
    """

    date: str
    today: str
    branch: Named | None
    branches: list[Named]
    total: int
    appointments: list[AppointmentShape]

    @classmethod
    def of(cls, day: DeskDay) -> "DayShape":
        return cls(
            date=day.on.isoformat(),
            today=day.today.isoformat(),
            branch=Named.of(day.branch),
            branches=[named for branch in day.branches if (named := Named.of(branch)) is not None],
            total=day.total,
            appointments=[AppointmentShape.of(row, day.network) for row in day.rows],
        )


@allows("desk.receive")
async def show(request: web.Request) -> web.Response:
    """The appointments of a day that concern whoever asks."""
    login = await people.who(request)
    day = await request.app[STORE].read(
        desk_day.day, viewer=login.agent, on=_date(request.query.get("date")), branch=request.query.get("branch")
    )
    return json_answer(DayShape.of(day)).response()


@allows("desk.receive")
async def check_in(request: web.Request) -> web.Response:
    """Somebody has come to an appointment."""
    body = await read(request, bodies.Arrival)
    return await _act(request, _with_ticket, created, act=arrivals.check_in, branch=body.branch)


@allows("desk.receive")
async def check_in_by_code(request: web.Request) -> web.Response:
    """Somebody has come, and says or shows a code."""
    body, secret = await read(request, bodies.CheckIn), request.app[SECRET]
    more = {"code": body.code, "branch": body.branch, "secret": secret}
    return await _act(request, _with_ticket, created, act=arrivals.check_in_by_code, **more)


@allows("desk.receive")
async def no_show(request: web.Request) -> web.Response:
    """Nobody has come."""
    return await _act(request, _with_row, json_answer, act=arrivals.no_show)


@allows("desk.receive")
async def cancel(request: web.Request) -> web.Response:
    """It will not take place."""
    body = await read(request, bodies.Cancellation)
    return await _act(request, _with_row, json_answer, act=arrivals.cancel, reason=body.reason)


async def _act(
    request: web.Request, service: Callable[..., Any], reply: Callable[[Any], Answer], **arguments: Any
) -> web.Response:
    login = await people.who(request)
    return await perform(
        request,
        service,
        reply=reply,
        principal=login.agent.id,
        domain=login.domain,
        viewer=login.agent,
        **request.match_info,
        **arguments,
    )


def _with_ticket(tx: Tx, *, act: Callable[..., Ticket], **arguments: Any) -> TicketShape:
    return shape_of(tx, act(tx, **arguments))


def _with_row(tx: Tx, *, act: Callable[..., Booked], **arguments: Any) -> AppointmentShape:
    row = act(tx, **arguments)
    return AppointmentShape.of(row, tx.network(row.appointment.account_id))


def _date(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text if re.match(DATE, text) else "")
    except ValueError:
        raise Invalid("date", "a day as YYYY-MM-DD") from None


def _customer(customer: Customer | None) -> Person | None:
    if customer is None:
        return None
    named = " ".join(part for part in (customer.firstname, customer.lastname) if part)
    return Person(id=customer.id, name=named or customer.username or "")


def _ticket(ticket: Ticket | None) -> OwnTicket | None:
    return OwnTicket(id=ticket.id, number=ticket.number, state=ticket.state) if ticket is not None else None
