"""Logging in with e-mail and password, going on, and logging out; and who one is (K-10)."""

from contextlib import suppress

from aiohttp import web

from qms.domain.errors import NotAuthenticated, NotFound
from qms.domain.network import Agent
from qms.services import logins, second_factor, user_tokens
from qms.services.second_factor import CodeWanted
from qms.services.signatures import TokenRefused
from qms.services.user_tokens import Pair, UserToken
from qms.web.access import allows
from qms.web.answers import Answer, empty, json_answer
from qms.web.keys import NOW, SECRET, STORE
from qms.web.networks import network_of
from qms.web.passwords import PASSWORDS, crowd_of, scope_of
from qms_gateway.dialects.voki import views, wire
from qms_gateway.dialects.voki.bodies import read
from qms_gateway.dialects.voki.caller import admit
from qms_gateway.dialects.voki.casting import Casting
from qms_gateway.dialects.voki.origins import ENTERED

LONGEST_PASSWORD, LONGEST_TOKEN = 1000, 4096


@allows("site.sign_in")
async def login(request: web.Request) -> web.Response:
    """`POST /api/auth/login`: tokens for an e-mail address and its password, in a tenant."""
    form = Casting(await read(request))
    email, tenant = ((form.text(name, required=True) or "").strip() for name in ("email", "tenant"))
    password = form.text("password", most=LONGEST_PASSWORD, required=True) or ""
    form.check()
    await _enter(request, tenant)
    scope = scope_of(request, user_tokens.KIND, tenant, email)
    passwords, store = request.app[PASSWORDS], request.app[STORE]
    try:
        agent = await passwords.prove(
            scope=scope, crowd=crowd_of(request), account=tenant, email=email, password=password
        )
    except CodeWanted as wanted:
        return _secret(json_answer(_half(request, wanted.agent, tenant)))
    pair = await store.write(user_tokens.begin, agent=agent, scope=scope, secret=request.app[SECRET])
    return _in(pair, agent, coded=False)


@allows("site.sign_in")
async def refresh(request: web.Request) -> web.Response:
    """`POST /api/auth/refresh`: new tokens for the one to fetch them with."""
    form = Casting(await read(request))
    text = form.text("refresh_token", most=LONGEST_TOKEN, required=True) or ""
    form.check()
    token = _refreshing(request, text)
    pair = await request.app[STORE].write(user_tokens.renew, login=token.login, secret=request.app[SECRET])
    return _secret(json_answer(wire.OneTokens(wire.Tokens(access_token=pair.access, refresh_token=pair.refresh))))


@allows("site.sign_in")
async def verify(request: web.Request) -> web.Response:
    """`POST /api/auth/mfa/verify`: tokens for whoever has shown his password, and says the code of his app."""
    form = Casting(await read(request))
    text, code = (form.text(name, most=LONGEST_TOKEN, required=True) or "" for name in ("mfa_token", "code"))
    form.check()
    store, secret = request.app[STORE], request.app[SECRET]
    try:
        tenant, id = user_tokens.read_half(text, secret=secret, now=request.app[NOW]())
        agent = (await network_of(request, tenant)).agents[id]
    except (TokenRefused, NotFound, KeyError):
        raise NotAuthenticated("code") from None
    scope = scope_of(request, user_tokens.KIND, tenant, agent.email or "")
    await request.app[PASSWORDS].prove_code(scope=scope, agent=agent, code=code)
    return _in(await store.write(user_tokens.begin, agent=agent, scope=scope, secret=secret), agent, coded=True)


@allows("site.sign_in")
async def logout(request: web.Request) -> web.Response:
    """`POST /api/auth/logout`: this login is over, and every token of it dead."""
    token = await _leaving(request)
    await request.app[STORE].write(logins.end, id=token.login)
    return empty().response()


@allows("voki.use")
async def me(request: web.Request) -> web.Response:
    """`GET /api/v1/users/me`."""
    caller = await admit(request)
    coded = await request.app[STORE].read(second_factor.wanted, agent=caller.agent)
    return json_answer(wire.OneUser(views.user(caller.agent, coded=coded))).response()


async def _leaving(request: web.Request) -> UserToken:
    """The login that is to end: the caller's; where his token to work with is over, that of the other one he names."""
    form = Casting(await read(request))
    text = form.text("refresh_token", most=LONGEST_TOKEN)
    form.check()
    try:
        return (await admit(request)).token
    except NotAuthenticated:
        if text is None:
            raise
        token = _refreshing(request, text)
        await request.app[STORE].read(user_tokens.find, token=token)
        return token


def _refreshing(request: web.Request, text: str) -> UserToken:
    return user_tokens.read(text, "refresh", secret=request.app[SECRET], now=request.app[NOW]())


async def _enter(request: web.Request, tenant: str) -> None:
    """Remember whose door it is; that there is no such tenant is told no sooner than that a password is wrong."""
    with suppress(NotFound):
        request[ENTERED] = await network_of(request, tenant)


def _in(pair: Pair, agent: Agent, *, coded: bool) -> web.Response:
    user = views.user(agent, coded=coded)
    return _secret(
        json_answer(wire.OneLoggedIn(wire.LoggedIn(access_token=pair.access, refresh_token=pair.refresh, user=user)))
    )


def _half(request: web.Request, agent: Agent, tenant: str) -> wire.OneCodeWanted:
    token = user_tokens.half(agent, tenant, secret=request.app[SECRET], now=request.app[NOW]())
    return wire.OneCodeWanted(wire.CodeWanted(mfa_required=True, mfa_token=token))


def _secret(answer: Answer) -> web.Response:
    answer.headers.update({"Cache-Control": "no-store"})
    return answer.response()
