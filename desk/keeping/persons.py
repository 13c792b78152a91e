"""People's ways in, in pages: roles, where each is signed in, second factors and one-time passwords."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from desk.admin.words import reason_for
from desk.keeping.pages import Form, Keeper, done, keeper, onwards, sent, shown
from qms.domain.complaint import complaint
from qms.domain.errors import Conflict, Invalid, NotFound
from qms.domain.network import ROLES, Agent
from qms.services import one_time_passwords, own_logins, roles, second_factor
from qms.store.tx import Tx
from qms.web.access import allows
from qms.web.keys import STORE
from qms.web.passwords import PASSWORDS

PATH = "/admin/people"


@allows("logins.manage", by_itself=True)
async def page(request: web.Request) -> web.Response:
    """Everybody."""
    me = await keeper(request)
    return shown(request, me, "people", await request.app[STORE].read(_everybody, account=me.account))


@allows("logins.manage", by_itself=True)
async def one_page(request: web.Request) -> web.Response:
    """One of them."""
    return await _one(request, await keeper(request))


@allows("logins.manage")
async def change(request: web.Request) -> web.Response:
    """The form was sent: something is done for one of them."""
    me, form = await keeper(request), await sent(request)
    agent, deed = me.network.agents.find(request.match_info["person"]), form.text("do")
    try:
        if deed == "password":
            return await _one(request, me, password=await _given(request, me, agent))
        if deed not in DEEDS:
            raise Invalid("do", "one of password, " + ", ".join(DEEDS))
        await DEEDS[deed](request, me, agent, form)
    except (Invalid, NotFound, Conflict) as refused:
        return await _one(request, me, wrong=reason_for(request, refused))
    raise onwards(request, f"{PATH}/{agent.public_id}?done={deed}")


async def _given(request: web.Request, me: Keeper, agent: Agent) -> str:
    """A one-time password, which is seen only now."""
    if agent.email is None:
        raise Conflict("password", complaint("it is of no use without an e-mail address to sign in with"))
    text = one_time_passwords.new()
    kept = await request.app[PASSWORDS].hashed(text)
    await done(request, one_time_passwords.let_in_again, agent=agent, password_hash=kept, by=me.me)
    return text


async def _role(request: web.Request, me: Keeper, agent: Agent, form: Form) -> None:
    await done(request, roles.change, agent=agent, role=form.text("role"), by=me.me)


async def _end(request: web.Request, me: Keeper, agent: Agent, form: Form) -> None:
    await done(request, own_logins.end, account=me.account, id=form.text("login"), agent=agent, by=me.me)


async def _end_all(request: web.Request, me: Keeper, agent: Agent, form: Form) -> None:
    await done(request, own_logins.end_all, account=me.account, agent=agent.id, but=me.login.id, by=me.me)


async def _without_app(request: web.Request, me: Keeper, agent: Agent, form: Form) -> None:
    await done(request, second_factor.remove, agent=agent, by=me.me)


DEEDS: Mapping[str, Callable[[web.Request, Keeper, Agent, Form], Awaitable[None]]] = {
    "role": _role,
    "end": _end,
    "end_all": _end_all,
    "without_app": _without_app,
}


async def _one(request: web.Request, me: Keeper, *, password: str = "", wrong: str = "") -> web.Response:
    agent = me.network.agents.find(request.match_info["person"])
    found, logins = await asyncio.gather(
        request.app[STORE].read(_everybody, account=me.account),
        request.app[STORE].read(own_logins.going_on, account=me.account, agent=agent.id),
    )
    here = next(one for one in found["people"] if one["agent"].id == agent.id)
    view = {**here, "logins": logins, "roles": ROLES, "password": password, "mine": me.login.id}
    return shown(request, me, "person", view, wrong=wrong)


def _everybody(tx: Tx, *, account: str) -> dict[str, Any]:
    coded = second_factor.having(tx, account=account)
    signed_in = Counter(one.agent_id for one in own_logins.going_on(tx, account=account))
    agents = tx.network(account).agents.values()
    return {"people": [{"agent": one, "coded": one.id in coded, "count": signed_in[one.id]} for one in agents]}
