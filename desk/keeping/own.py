"""One's own login in a page: the password, an authenticator app, and where one is signed in."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiohttp import web

from desk.admin.words import reason_for
from desk.keeping.pages import Form, Keeper, done, keeper, onwards, sent, shown
from qms.domain.errors import Conflict, Invalid, NotAuthenticated, NotFound, TooManyAttempts
from qms.services import own_logins, recovery_codes, second_factor
from qms.services.one_time_passwords import NewPasswordWanted
from qms.web import people
from qms.web.access import allows
from qms.web.keys import STORE
from qms.web.passwords import PASSWORDS, crowd_of, scope_of
from qms.web.qr import qr_svg

PATH = "/own-login"


@allows("logins.own", by_itself=True)
async def page(request: web.Request) -> web.Response:
    """One's own login."""
    return await _page(request, await keeper(request))


@allows("logins.own")
async def change(request: web.Request) -> web.Response:
    """The form was sent."""
    me, form = await keeper(request), await sent(request)
    deed = form.text("do")
    try:
        if deed in SHOWN_ONCE:
            return await SHOWN_ONCE[deed](request, me, form)
        if deed not in DEEDS:
            raise Invalid("do", "one of " + ", ".join((*SHOWN_ONCE, *DEEDS)))
        await DEEDS[deed](request, me, form)
    except REFUSALS as refused:
        by_form = isinstance(refused, Invalid | NotAuthenticated)
        return await _page(request, me, wrong=deed if by_form else reason_for(request, refused))
    raise onwards(request, f"{PATH}?done={deed}")


REFUSALS = (Invalid, Conflict, NotFound, NotAuthenticated, TooManyAttempts)


async def _password(request: web.Request, me: Keeper, form: Form) -> None:
    agent, new = me.login.agent, form.text("new_password")
    if new != form.text("again"):
        raise NewPasswordWanted("new password")
    said = {"password": form.text("password"), "new_password": new}
    scope = scope_of(request, people.KIND, me.network.account.slug, agent.email or "")
    await request.app[PASSWORDS].change(scope=scope, crowd=crowd_of(request), agent=agent, **said)
    await _end_others(request, me, form)


async def _set_up(request: web.Request, me: Keeper, form: Form) -> web.Response:
    return await _page(request, me, address=await done(request, second_factor.set_up, agent=me.login.agent))


async def _confirm(request: web.Request, me: Keeper, form: Form) -> web.Response:
    codes = await done(request, second_factor.confirm, agent=me.login.agent, code=form.text("code"))
    await _end_others(request, me, form)
    return await _page(request, me, codes=codes)


async def _recover(request: web.Request, me: Keeper, form: Form) -> web.Response:
    codes = await done(request, second_factor.recover, agent=me.login.agent, code=form.text("code"))
    return await _page(request, me, codes=codes)


async def _leave(request: web.Request, me: Keeper, form: Form) -> None:
    await done(request, second_factor.leave, agent=me.login.agent, code=form.text("code"))


async def _end(request: web.Request, me: Keeper, form: Form) -> None:
    await done(request, own_logins.end, account=me.account, id=form.text("login"), agent=me.login.agent)


async def _end_others(request: web.Request, me: Keeper, form: Form) -> None:
    await done(request, own_logins.end_all, account=me.account, agent=me.me, but=me.login.id)


SHOWN_ONCE: Mapping[str, Callable[[web.Request, Keeper, Form], Awaitable[web.Response]]] = {
    "set_up": _set_up,
    "confirm": _confirm,
    "recover": _recover,
}
"""What ends with a page that shows something only now."""

DEEDS: Mapping[str, Callable[[web.Request, Keeper, Form], Awaitable[None]]] = {
    "password": _password,
    "leave": _leave,
    "end": _end,
    "end_others": _end_others,
}


async def _page(
    request: web.Request, me: Keeper, *, wrong: str = "", address: str = "", codes: Sequence[str] = ()
) -> web.Response:
    agent, store = me.login.agent, request.app[STORE]
    view = {
        "agent": agent,
        "logins": await store.read(own_logins.going_on, account=me.account, agent=agent.id),
        "coded": await store.read(second_factor.wanted, agent=agent),
        "mine": me.login.id,
        "codes": codes,
        "codes_left": await store.read(recovery_codes.left, agent=agent),
        "code": qr_svg(address) if address else "",
        "secret": address.partition("secret=")[2].partition("&")[0],
    }
    return shown(request, me, "own", view, wrong=wrong)
