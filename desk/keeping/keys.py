"""Keys in pages: which there are, what each is good for; new ones, replaced ones, and those taken back."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from aiohttp import web

from desk.admin.words import reason_for
from desk.keeping.pages import Form, Keeper, done, keeper, onwards, sent, shown
from qms.domain.access import SCOPES
from qms.domain.errors import Conflict, Invalid, NotFound
from qms.services import clients, keys, program_keys
from qms.services.clients import ROLES
from qms.services.keys import KINDS, ApiKey
from qms.services.program_keys import Wish
from qms.web.access import allows
from qms.web.keys import NOW, SECRET, STORE

PATH = "/admin/keys"
Made = Mapping[str, str]
"""What is shown this once, by name."""


@allows("access.manage", by_itself=True)
async def page(request: web.Request) -> web.Response:
    """The keys."""
    return await _page(request, await keeper(request))


@allows("access.manage")
async def change(request: web.Request) -> web.Response:
    """The form was sent: a key is made, replaced or taken back."""
    me, form = await keeper(request), await sent(request)
    try:
        if form.text("do") not in DEEDS:
            raise Invalid("do", "one of " + ", ".join(DEEDS))
        made = await DEEDS[form.text("do")](request, me, form)
    except (Invalid, NotFound, Conflict) as refused:
        return await _page(request, me, wrong=reason_for(request, refused))
    if made is None:
        raise onwards(request, f"{PATH}?done=revoked")
    return await _page(request, me, made=made)


async def _program(request: web.Request, me: Keeper, form: Form) -> Made:
    wish = Wish(
        label=form.text("label")[:100],
        scopes=form.several("scopes"),
        addresses=form.listed("addresses"),
        expires_at=form.day("expires", me.zone),
    )
    issued = await done(request, program_keys.issue, account=me.account, wish=wish, by=me.me)
    return {"token": issued.token}


async def _vendor(request: web.Request, me: Keeper, form: Form) -> Made:
    said: dict[str, Any] = {"expires_at": form.day("expires", me.zone), "addresses": form.listed("addresses")}
    said |= {"account": me.account, "by": me.me}
    if (kind := form.text("kind")) in ROLES:
        client = await done(request, clients.issue_client, roles=[kind], **said)
        return {"client_id": client.client_id, "client_secret": client.client_secret}
    return {"token": (await done(request, keys.issue_key, kind=kind, secret=request.app[SECRET], **said)).token}


async def _replace(request: web.Request, me: Keeper, form: Form) -> Made:
    new = await done(request, program_keys.rotate, account=me.account, id=form.text("id"), by=me.me)
    return {"token": new.token}


async def _revoke(request: web.Request, me: Keeper, form: Form) -> None:
    await done(request, keys.revoke_key, account=me.account, id=form.text("id"), by=me.me)


DEEDS: Mapping[str, Callable[[web.Request, Keeper, Form], Awaitable[Made | None]]] = {
    "program": _program,
    "vendor": _vendor,
    "replace": _replace,
    "revoke": _revoke,
}


async def _page(request: web.Request, me: Keeper, *, made: Made | None = None, wrong: str = "") -> web.Response:
    found = await request.app[STORE].read(keys.list_keys, account=me.account)
    now = request.app[NOW]()
    view = {
        "keys": [(one, standing(one, now)) for one in sorted(found, key=lambda one: one.created_at, reverse=True)],
        "scopes": SCOPES,
        "kinds": (*KINDS, *ROLES),
        "made": made or {},
    }
    return shown(request, me, "keys", view, wrong=wrong)


def standing(key: ApiKey, now: datetime) -> str:
    """Whether a key holds: `live`, `replaced` (for a while beside its successor), `over` or `revoked`."""
    if key.revoked_at is not None:
        return "revoked"
    if key.expires_at is not None and key.expires_at <= now:
        return "over"
    return "live" if key.replaced_by is None else "replaced"
