"""An agent's commands: presence, offers, the next person, and the person at the desk."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from msgspec import UNSET

from desk import bodies
from desk.replies import act, state_of
from desk.state import State
from qms.services import desk_state, offering, parking, presence, serving, transfer
from qms.web import people
from qms.web.access import allows
from qms.web.answers import Answer, empty, json_answer
from qms.web.bodies import read
from qms.web.keys import STORE

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@allows("desk.work")
async def state(request: web.Request) -> web.Response:
    """The desk as it is."""
    login = await people.who(request)
    desk = await request.app[STORE].read(desk_state.read, account=login.account_id, agent=login.agent.id)
    return json_answer(state_of(request, desk)).response()


@allows("desk.work")
async def set_presence(request: web.Request) -> web.Response:
    """Come to work, go away, go home; sit down somewhere."""
    login = await people.who(request)
    body = await read(request, bodies.Presence)
    poc = presence.KEEP if body.poc is UNSET else body.poc or None
    return await act(request, login, presence.set_presence, state=body.state, reason=body.reason, poc=poc)


@allows("desk.work")
async def answer(request: web.Request) -> web.Response:
    """Answer what rings."""
    login = await people.who(request)
    return await act(request, login, offering.answer, offer=request.match_info["offer"])


@allows("desk.work")
async def decline(request: web.Request) -> web.Response:
    """Leave what rings to others."""
    login = await people.who(request)
    return await act(request, login, offering.decline, offer=request.match_info["offer"])


@allows("desk.work")
async def call_next(request: web.Request) -> web.Response:
    """Finish, and call the next; 204 where nobody waits."""
    login = await people.who(request)
    body = await read(request, bodies.Next)
    return await act(request, login, serving.next_ticket, reply=_somebody, queue=body.queue, ticket=body.ticket)


@allows("desk.work")
async def resume(request: web.Request) -> web.Response:
    """Call back whom the agent has set aside."""
    login = await people.who(request)
    body = await read(request, bodies.Resume)
    return await act(request, login, parking.resume, ticket=body.ticket)


@allows("desk.work")
async def send_on(request: web.Request) -> web.Response:
    """Send the person at the desk to another queue, colleague or branch."""
    login = await people.who(request)
    body = await read(request, bodies.Transfer)
    return await act(
        request,
        login,
        transfer.transfer,
        queue=body.queue,
        to_agent=body.agent,
        branch=body.branch,
        place=body.place,
        ticket=body.ticket,
    )


def plain(command: Callable[..., object]) -> Handler:
    """A handler for a command that needs to know nothing but whose it is."""

    @allows("desk.work")
    async def handle(request: web.Request) -> web.Response:
        return await act(request, await people.who(request), command)

    return handle


def about(command: Callable[..., object]) -> Handler:
    """A handler for a command about one of the people at the desk."""

    @allows("desk.work")
    async def handle(request: web.Request) -> web.Response:
        login = await people.who(request)
        body = await read(request, bodies.Meant)
        return await act(request, login, command, ticket=body.ticket)

    return handle


def _somebody(ticket: object, state: State) -> Answer:
    return empty() if ticket is None else json_answer(state)
