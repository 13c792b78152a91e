"""Signing in at the desk, and out again."""

from datetime import timedelta

from aiohttp import web

from desk.bodies import Credentials
from desk.replies import state_of
from qms.domain.network import Agent
from qms.services import desk_state, logins
from qms.services.desk_view import DeskState
from qms.store.tx import Tx
from qms.web import people
from qms.web.access import allows
from qms.web.answers import empty, json_answer
from qms.web.bodies import read
from qms.web.keys import STORE
from qms.web.origin import require_own_origin
from qms.web.passwords import PASSWORDS, crowd_of, scope_of

LASTS: web.AppKey[timedelta] = web.AppKey("login_lasts", timedelta)
TWELVE_HOURS = timedelta(hours=12)
"""A login's time, in business time."""


@allows("site.sign_in")
async def sign_in(request: web.Request) -> web.Response:
    """A token for whoever knows an agent's password, and the desk as it is; the page gets the token as a cookie."""
    require_own_origin(request, "act")  # else another site could sign its visitors in as somebody else
    body = await read(request, Credentials)
    scope = scope_of(request, people.KIND, body.account, body.email)
    agent = await request.app[PASSWORDS].prove(
        scope=scope,
        crowd=crowd_of(request),
        account=body.account,
        email=body.email,
        password=body.password,
        code=body.code,
        new_password=body.new_password,
    )
    lasts = request.app.get(LASTS, TWELVE_HOURS)
    token, desk = await request.app[STORE].write(let_in, domain=agent.domain_id, agent=agent, scope=scope, lasts=lasts)
    response = json_answer({"token": token, "state": state_of(request, desk)}, 201).response()
    people.remember(request, response, token, int(lasts.total_seconds()))
    await people.leave_page(request)
    return response


@allows("logins.own")
async def sign_out(request: web.Request) -> web.Response:
    """End this login. With an agent's last one his session ends."""
    login = await people.who(request)
    await request.app[STORE].write(logins.end, domain=login.domain, id=login.id)
    response = empty().response()
    people.forget(request, response)
    return response


def let_in(tx: Tx, *, agent: Agent, scope: str, lasts: timedelta) -> tuple[str, DeskState]:
    """Begin a login at the desk: its token, and the desk."""
    token, _ = logins.start(tx, kind=people.KIND, agent=agent, scope=scope, lasts=lasts)
    return token, desk_state.read(tx, account=agent.account_id, agent=agent.id)
