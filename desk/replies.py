"""Answers of the desk: as a rule the state as it has become."""

from collections.abc import Callable
from typing import Any

from aiohttp import web

from desk.state import State
from qms.services import desk_state
from qms.services.desk_view import DeskState
from qms.services.logins import Login
from qms.web.answers import Answer, json_answer
from qms.web.keys import SITE
from qms.web.pages import ASSETS
from qms.web.perform import perform

Reply = Callable[[Any, State], Answer]


def state_of(request: web.Request, desk: DeskState) -> State:
    """The desk as it goes over the wire; `version` is that of the page's files, so that pages notice a new release."""
    assets = request.app.get(ASSETS)
    return State.of(desk, assets.version if assets is not None else request.app[SITE].version)


def new_state(value: object, state: State) -> Answer:
    """The usual reply to a command."""
    return json_answer(state)


async def act(
    request: web.Request, login: Login, command: Callable[..., Any], *, reply: Reply = new_state, **arguments: Any
) -> web.Response:
    """Carry out a command of the agent's in one transaction, and answer with what it gave and the new state."""
    return await perform(
        request,
        desk_state.after,
        reply=lambda done: reply(done[0], state_of(request, done[1])),
        principal=login.agent.id,
        domain=login.domain,
        account=login.account_id,
        agent=login.agent.id,
        command=command,
        **arguments,
    )
