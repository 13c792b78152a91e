"""Webhooks for administrators: how they stand, what was tried, sending again, secrets, and trying templates."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec
from aiohttp import web

from desk import webhooks_wire as wire
from desk.choosing import limit_of, state_of
from qms.domain.delivery import STATES
from qms.domain.errors import Invalid
from qms.domain.network import Custom, Webhook
from qms.domain.network_file.custom import check_templates
from qms.services import deliveries, webhook_list, webhooks
from qms.store.tx import Tx
from qms.web import people
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.bodies import read
from qms.web.keys import NOW, STORE
from qms.web.networks import current_network
from qms.web.perform import perform
from qms.web.playground import PLAYGROUND, Trial

BY_PEOPLE = "switched off by hand"


@allows("network.manage")
async def show(request: web.Request) -> web.Response:
    """The account's webhooks."""
    login = await people.who(request)
    found = await request.app[STORE].read(webhook_list.standing, account=login.account_id)
    return json_answer(wire.Webhooks(webhooks=[wire.WebhookShape.of(one) for one in found])).response()


@allows("network.manage")
async def enable(request: web.Request) -> web.Response:
    """Let a webhook be told again."""
    return await _turned(request, webhooks.enable)


@allows("network.manage")
async def disable(request: web.Request) -> web.Response:
    """Tell a webhook nothing more."""
    return await _turned(request, webhooks.disable, reason=BY_PEOPLE)


@allows("network.manage")
async def rotate(request: web.Request) -> web.Response:
    """Give a webhook another secret; said once, and kept by no idempotency key."""
    login, body = await people.who(request), await read(request, wire.Rotation)
    secret = await request.app[STORE].write(
        webhooks.rotate,
        account=login.account_id,
        webhook=request.match_info["webhook"],
        overlap=timedelta(hours=body.overlap_hours),
        by=login.agent.id,
    )
    answer = json_answer(wire.Secret(secret=secret))
    answer.headers["Cache-Control"] = "no-store"
    return answer.response()


@allows("network.manage")
async def show_deliveries(request: web.Request) -> web.Response:
    """Deliveries; `?webhook=`, `?state=`, `?since=`, `?until=` and `?limit=` choose."""
    login, chosen = await people.who(request), _chosen(request)
    found = await request.app[STORE].read(lambda tx: deliveries.list_deliveries(tx, login.account_id, **chosen))
    return json_answer(wire.Deliveries(deliveries=[wire.DeliveryShape.of(one) for one in found])).response()


@allows("network.manage")
async def show_attempts(request: web.Request) -> web.Response:
    """What was tried for one delivery."""
    login, id = await people.who(request), request.match_info["delivery"]
    found = await request.app[STORE].read(lambda tx: deliveries.list_attempts(tx, login.account_id, id))
    return json_answer(wire.Attempts(attempts=[wire.AttemptShape.of(one) for one in found])).response()


@allows("network.manage")
async def replay_one(request: web.Request) -> web.Response:
    """Send one delivery again, whatever became of it."""
    return await _replayed(request, delivery_id=request.match_info["delivery"])


@allows("network.manage")
async def replay(request: web.Request) -> web.Response:
    """Send those of a webhook, of a time, again."""
    body = await read(request, wire.Replay)
    if body.webhook is None and body.since is None and body.until is None:
        raise Invalid("webhook", "or since, or until")
    for name in ("since", "until"):
        at = getattr(body, name)
        if at is not None and at.tzinfo is None:
            raise Invalid(name, "an instant with its zone")
    return await _replayed(request, **msgspec.structs.asdict(body))


@allows("network.manage")
async def play(request: web.Request) -> web.Response:
    """What templates would send, without sending it."""
    login, body = await people.who(request), await read(request, wire.Play)
    network = await current_network(request, login.account_id)
    webhook = network.webhooks.find(body.webhook) if body.webhook is not None else None
    tried = request.app[PLAYGROUND](_trial(body, webhook), request.app[NOW]())
    return json_answer(msgspec.convert(tried, wire.Played, from_attributes=True)).response()


def _trial(body: wire.Play, webhook: Webhook | None) -> Trial:
    before = (webhook.custom if webhook is not None else None) or Custom()
    given = {name: getattr(body, name) for name in ("method", "parameters", "body", "condition")}
    kept = {name: getattr(before, name) if value is None else value for name, value in given.items()}
    url = body.url or (webhook.url if webhook is not None else "https://receiver.example/hook")
    headers = body.headers if body.headers is not None else (webhook.headers if webhook is not None else {})
    trial = Trial(event=body.event, url=url, custom=Custom(**kept), headers=headers, data=body.data)
    if (problem := check_templates(trial.url, trial.headers, trial.custom)) is not None:
        raise Invalid(*problem)
    return trial


async def _turned(request: web.Request, service: Callable[..., None], **more: Any) -> web.Response:
    login = await people.who(request)
    return await perform(
        request,
        _turn,
        reply=json_answer,
        principal=login.agent.id,
        turn=service,
        account=login.account_id,
        webhook=request.match_info["webhook"],
        by=login.agent.id,
        **more,
    )


def _turn(tx: Tx, *, turn: Callable[..., None], account: str, webhook: str, **more: Any) -> wire.WebhookShape:
    turn(tx, account=account, webhook=webhook, **more)
    found = tx.network(account).webhooks.find(webhook)
    return next(wire.WebhookShape.of(s) for s in webhook_list.standing(tx, account=account) if s.webhook.id == found.id)


async def _replayed(request: web.Request, **chosen: Any) -> web.Response:
    login = await people.who(request)
    return await perform(
        request, _replay, reply=json_answer, principal=login.agent.id, account=login.account_id, chosen=chosen
    )


def _replay(tx: Tx, *, account: str, chosen: dict[str, Any]) -> wire.Replayed:
    return wire.Replayed(deliveries=deliveries.replay(tx, account, **chosen))


def _chosen(request: web.Request) -> dict[str, Any]:
    query = request.query
    times = {name: _instant(name, query[name]) for name in ("since", "until") if name in query}
    state, limit = state_of(query, STATES), limit_of(query)
    return {"webhook": query.get("webhook"), "state": state, "limit": limit, **times}


def _instant(name: str, text: str) -> datetime:
    at: datetime | None
    try:
        at = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Invalid(name, "an instant such as 2027-01-01T00:00:00Z")
    return at
