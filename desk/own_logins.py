"""One's own logins, and one's second factor; for administrators everybody's logins."""

from datetime import datetime
from typing import Annotated

from aiohttp import web
from msgspec import Meta, Struct

from qms.domain.network import Network
from qms.services import own_logins, recovery_codes, second_factor
from qms.services.own_logins import Sitting
from qms.web import people
from qms.web.access import allows
from qms.web.answers import empty, json_answer
from qms.web.bodies import read
from qms.web.keys import STORE
from qms.web.networks import current_network


class LoginShape(Struct, kw_only=True):
    """A login that goes on; `current`: the one that is asking. `agent` is a key."""

    id: str
    agent: str | None
    kind: str
    created_at: datetime
    expires_at: datetime
    current: bool

    @classmethod
    def of(cls, one: Sitting, network: Network, current: str) -> "LoginShape":
        agent = network.agents.get(one.agent_id)
        return cls(
            id=one.id,
            agent=agent.key if agent is not None else None,
            kind=one.kind,
            created_at=one.created_at,
            expires_at=one.expires_at,
            current=one.id == current,
        )


class Logins(Struct, kw_only=True):
    """The logins, the newest first; `second_factor`: whether a code is wanted besides one's own password.

    `recovery_codes`: how many of one's own are not used yet.
    """

    logins: list[LoginShape]
    second_factor: bool
    recovery_codes: int


class Code(Struct, kw_only=True):
    """Six digits, as the app shows them; once it counts, a recovery code will do."""

    code: Annotated[str, Meta(max_length=60)]


class SetUp(Struct, kw_only=True):
    """What an authenticator app reads, as text or from a QR code."""

    address: str


class RecoveryCodes(Struct, kw_only=True):
    """Each is good once in the place of a code of the app; they are shown only now."""

    recovery_codes: list[str]


def routes(app: web.Application) -> None:
    """Serve logins from this application."""
    one = "{login:[0-9a-f]{24}}"
    app.add_routes(
        [
            web.get("/desk/api/logins", show),
            web.delete(f"/desk/api/logins/{one}", end),
            web.get("/desk/api/account/logins", show_all),
            web.delete(f"/desk/api/account/logins/{one}", end_any),
            web.post("/desk/api/second-factor", set_up),
            web.put("/desk/api/second-factor", confirm),
            web.delete("/desk/api/second-factor", remove),
            web.post("/desk/api/second-factor/recovery-codes", recover),
        ]
    )


@allows("logins.own")
async def show(request: web.Request) -> web.Response:
    """Where one is signed in."""
    login = await people.who(request)
    return await _shown(request, login.agent.id)


@allows("logins.manage")
async def show_all(request: web.Request) -> web.Response:
    """Where anybody of the account is."""
    return await _shown(request, None)


@allows("logins.own")
async def end(request: web.Request) -> web.Response:
    """End one of one's own."""
    login = await people.who(request)
    id = request.match_info["login"]
    await request.app[STORE].write(
        own_logins.end, domain=login.domain, account=login.account_id, id=id, agent=login.agent
    )
    return empty().response()


@allows("logins.manage")
async def end_any(request: web.Request) -> web.Response:
    """End anybody's."""
    login = await people.who(request)
    await request.app[STORE].write(
        own_logins.end, account=login.account_id, id=request.match_info["login"], by=login.agent.id
    )
    return empty().response()


@allows("logins.own")
async def set_up(request: web.Request) -> web.Response:
    """Begin with a second factor."""
    login = await people.who(request)
    address = await request.app[STORE].write(second_factor.set_up, agent=login.agent)
    return _once(SetUp(address=address), 201)


@allows("logins.own")
async def confirm(request: web.Request) -> web.Response:
    """Let it count, with a code of it; the other logins, which came without one, end. Here are recovery codes."""
    login, body = await people.who(request), await read(request, Code)
    store = request.app[STORE]
    codes = await store.write(second_factor.confirm, agent=login.agent, code=body.code)
    await store.write(
        own_logins.end_all, domain=login.domain, account=login.account_id, agent=login.agent.id, but=login.id
    )
    return _once(RecoveryCodes(recovery_codes=codes))


@allows("logins.own")
async def recover(request: web.Request) -> web.Response:
    """New recovery codes in the place of those before, for a code."""
    login, body = await people.who(request), await read(request, Code)
    codes = await request.app[STORE].write(second_factor.recover, agent=login.agent, code=body.code)
    return _once(RecoveryCodes(recovery_codes=codes), 201)


@allows("logins.own")
async def remove(request: web.Request) -> web.Response:
    """Go without one again, with a code of it."""
    login, body = await people.who(request), await read(request, Code)
    await request.app[STORE].write(second_factor.leave, agent=login.agent, code=body.code)
    return empty().response()


def _once(shown: Struct, status: int = 200) -> web.Response:
    """What is shown only now, and kept nowhere."""
    answer = json_answer(shown, status)
    answer.headers["Cache-Control"] = "no-store"
    return answer.response()


async def _shown(request: web.Request, agent: str | None) -> web.Response:
    login, store = await people.who(request), request.app[STORE]
    network = await current_network(request, login.account_id)
    found = await store.read(own_logins.going_on, account=login.account_id, agent=agent)
    coded = await store.read(second_factor.wanted, agent=login.agent)
    codes = await store.read(recovery_codes.left, agent=login.agent)
    shapes = [LoginShape.of(one, network, login.id) for one in found]
    return json_answer(Logins(logins=shapes, second_factor=coded, recovery_codes=codes)).response()
