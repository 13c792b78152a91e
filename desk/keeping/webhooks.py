"""Webhooks in pages: how each stands, what was delivered and tried; trying, sending again, secrets, on and off."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from aiohttp import web

from desk.admin.words import reason_for
from desk.choosing import state_of
from desk.keeping.pages import Form, Keeper, done, keeper, onwards, sent, shown
from desk.webhooks import BY_PEOPLE
from qms.domain.delivery import STATES
from qms.domain.errors import Conflict, Invalid, NotFound
from qms.services import deliveries, webhook_list, webhooks
from qms.store.tx import Tx
from qms.web.access import allows
from qms.web.keys import STORE

PATH = "/admin/webhooks"
SHOWN = 100


@allows("network.manage", by_itself=True)
async def page(request: web.Request) -> web.Response:
    """The webhooks."""
    me = await keeper(request)
    found = await request.app[STORE].read(webhook_list.standing, account=me.account)
    return shown(request, me, "webhooks", {"webhooks": found})


@allows("network.manage", by_itself=True)
async def one_page(request: web.Request) -> web.Response:
    """One webhook, with its deliveries; `?state=`, `?since=` and `?until=` choose."""
    me, form = await keeper(request), Form({name: request.query.getall(name) for name in request.query})
    try:
        return await _one(request, me, form)
    except Invalid as refused:
        return await _one(request, me, Form({}), wrong=reason_for(request, refused))


@allows("network.manage")
async def change(request: web.Request) -> web.Response:
    """The form was sent: something is done with the webhook, or deliveries are sent again."""
    me, form = await keeper(request), await sent(request)
    deed, key = form.text("do"), request.match_info["webhook"]
    try:
        if deed == "rotate":
            overlap = timedelta(hours=form.number("overlap_hours", 24))
            said = {"account": me.account, "webhook": key, "overlap": overlap, "by": me.me}
            return await _one(request, me, Form({}), secret=await done(request, webhooks.rotate, **said))
        if deed not in DEEDS:
            raise Invalid("do", "one of rotate, " + ", ".join(DEEDS))
        await DEEDS[deed](request, me, key, form)
    except (Invalid, Conflict, OverflowError) as refused:
        return await _one(request, me, Form({}), wrong=reason_for(request, refused))
    raise onwards(request, f"{PATH}/{key}?done={deed}")


@allows("network.manage", by_itself=True)
async def attempts_page(request: web.Request) -> web.Response:
    """What was tried for one delivery."""
    me, id = await keeper(request), request.match_info["delivery"]
    return shown(request, me, "attempts", await request.app[STORE].read(_tried, account=me.account, id=id))


async def _test(request: web.Request, me: Keeper, key: str, form: Form) -> None:
    await done(request, _with_account(deliveries.send_test), account=me.account, webhook=key, by=me.me)


async def _replay(request: web.Request, me: Keeper, key: str, form: Form) -> None:
    said = {"webhook": key, **chosen(me, form), "state": form.text("state") or "dead"}
    await done(request, _with_account(deliveries.replay), account=me.account, **said)


async def _replay_one(request: web.Request, me: Keeper, key: str, form: Form) -> None:
    await done(request, _with_account(deliveries.replay), account=me.account, delivery_id=form.text("delivery"))


async def _enable(request: web.Request, me: Keeper, key: str, form: Form) -> None:
    await done(request, webhooks.enable, account=me.account, webhook=key, by=me.me)


async def _disable(request: web.Request, me: Keeper, key: str, form: Form) -> None:
    await done(request, webhooks.disable, account=me.account, webhook=key, reason=BY_PEOPLE, by=me.me)


DEEDS: Mapping[str, Callable[[web.Request, Keeper, str, Form], Awaitable[None]]] = {
    "test": _test,
    "replay": _replay,
    "replay_one": _replay_one,
    "enable": _enable,
    "disable": _disable,
}


def chosen(me: Keeper, form: Form) -> dict[str, Any]:
    """Which deliveries are meant: in a state, of events from one day to another.

    Raises:
        Invalid: no such state, or no days.
    """
    until = form.day("until", me.zone)
    state = state_of({"state": form.text("state")}, STATES)
    day_after = None if until is None else until + timedelta(days=1)
    return {"state": state, "since": form.day("since", me.zone), "until": day_after}


async def _one(request: web.Request, me: Keeper, form: Form, *, wrong: str = "", secret: str = "") -> web.Response:
    key, which = request.match_info["webhook"], chosen(me, form)
    found, log = await request.app[STORE].read(_standing, account=me.account, webhook=key, which=which)
    view = {
        "found": found,
        "deliveries": log,
        "states": STATES,
        "chosen": {name: form.text(name) for name in ("state", "since", "until")},
        "secret": secret,
    }
    return shown(request, me, "webhook", view, wrong=wrong)


def _standing(tx: Tx, *, account: str, webhook: str, which: dict[str, Any]) -> tuple[Any, Any]:
    id = tx.network(account).webhooks.find(webhook).id
    found = next((one for one in webhook_list.standing(tx, account=account) if one.webhook.id == id), None)
    if found is None:
        raise NotFound("webhook", webhook)
    return found, deliveries.list_deliveries(tx, account, webhook=webhook, limit=SHOWN, **which)


def _tried(tx: Tx, *, account: str, id: str) -> dict[str, Any]:
    delivery = deliveries.delivery_of(tx, account, id)
    webhook = tx.network(account).webhooks.get(delivery.webhook_id)
    return {"delivery": delivery, "webhook": webhook, "attempts": deliveries.list_attempts(tx, account, id)}


def _with_account(service: Callable[..., Any]) -> Callable[..., Any]:
    """A service that is told the account first, for the store, which names everything."""
    return lambda tx, account, **said: service(tx, account, **said)
