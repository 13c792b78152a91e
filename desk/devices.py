"""Devices for those who look after them: screens and kiosks, what they say of themselves, what they are told to do."""

from datetime import datetime
from typing import Any, Literal

from aiohttp import web
from msgspec import Struct

from qms.domain import access
from qms.domain.network import Agent
from qms.services import fleet, media, pairing
from qms.services.fleet import Device
from qms.store.schema.device import BRAND_SHELF
from qms.store.tx import Tx
from qms.web import people
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.bodies import read
from qms.web.keys import STORE
from qms.web.perform import perform


class OrderBody(Struct, kw_only=True, forbid_unknown_fields=True):
    """What a device is to do at once."""

    order: Literal["reload", "identify", "test"]


class VolumeBody(Struct, kw_only=True, forbid_unknown_fields=True):
    """How loud a device is to be, 0 to 100."""

    volume: int


class CodeBody(Struct, kw_only=True, forbid_unknown_fields=True):
    """The code that a blank screen shows."""

    code: str


class DeviceShape(Struct, kw_only=True):
    """A screen or a kiosk. `path` is its address, for those who may give it away; `report` is what it said last.

    `branch`: what it is for, the branch where it stands first.
    """

    id: str
    kind: Literal["screen", "kiosk"]
    key: str
    name: str
    branch: str
    path: str | None
    volume: int
    painted: int | None
    audio: str | None
    tested: int
    report: dict[str, Any]
    seen_at: datetime | None
    diagonal_inches: float | None
    farthest_metres: float | None


class MediumShape(Struct, kw_only=True):
    """Something that was put up: on the shelf `media`, or a recorded clip on `voice/` and its language."""

    shelf: str
    name: str
    content_type: str
    size: int
    at: datetime


class Devices(Struct, kw_only=True):
    """All devices that somebody looks after, and what was put up for them; `now` is the server's own time."""

    now: datetime
    manages: bool
    devices: list[DeviceShape]
    media: list[MediumShape]


@allows("board.watch")
async def show(request: web.Request) -> web.Response:
    """The devices, as they are."""
    login = await people.who(request)
    answer = json_answer(await request.app[STORE].read(devices_of, agent=login.agent))
    answer.headers["Cache-Control"] = "no-store"
    return answer.response()


@allows("board.steer")
async def order(request: web.Request) -> web.Response:
    """Tell a device to do something at once."""
    body = await read(request, OrderBody)
    return await _act(request, fleet.order, what=body.order)


@allows("board.steer")
async def set_volume(request: web.Request) -> web.Response:
    """Say how loud a device is."""
    body = await read(request, VolumeBody)
    return await _act(request, fleet.set_volume, volume=body.volume)


@allows("network.manage")
async def pair(request: web.Request) -> web.Response:
    """Make the blank screen that shows a code be this device."""
    body = await read(request, CodeBody)
    return await _act(request, pairing.pair, code=body.code)


@allows("network.manage")
async def renew_token(request: web.Request) -> web.Response:
    """Give a device another address; the one it had leads nowhere."""
    login = await people.who(request)
    return await _act(request, fleet.renew_token, actor=login.agent.key)


async def _act(request: web.Request, service: Any, **arguments: Any) -> web.Response:
    login = await people.who(request)
    return await perform(
        request,
        _done,
        reply=json_answer,
        principal=login.agent.id,
        agent=login.agent,
        act=service,
        id=request.match_info["device"],
        arguments=arguments,
    )


def _done(tx: Tx, *, agent: Agent, act: Any, id: str, arguments: dict[str, Any]) -> DeviceShape:
    device = fleet.get(tx, account=agent.account_id, id=id)
    access.require(agent, "board.steer", device.branch_id)
    after = act(tx, account=agent.account_id, id=device.id, **arguments)
    return _shape(tx, after, manages=access.may(agent, "network.manage"))


def devices_of(tx: Tx, *, agent: Agent) -> Devices:
    """The devices that somebody looks after."""
    manages = access.may(agent, "network.manage")
    found = [
        _shape(tx, one, manages=manages)
        for one in fleet.of_account(tx, account=agent.account_id)
        if access.may(agent, "board.watch", one.branch_id)
    ]
    put_up = media.listed(tx, account=agent.account_id) if manages else ()
    shapes = [
        MediumShape(shelf=m.shelf, name=m.name, content_type=m.content_type, size=m.size, at=m.at)
        for m in put_up
        if not m.shelf.startswith(BRAND_SHELF)  # those have a page of their own
    ]
    return Devices(now=tx.machine_now, manages=manages, devices=found, media=shapes)


def _shape(tx: Tx, one: Device, *, manages: bool) -> DeviceShape:
    branches = tx.network(one.account_id).branches
    shown = (branches[id].label for id in one.branch_ids if id in branches)
    face = "screens" if one.kind == "screen" else "kiosk"
    return DeviceShape(
        id=one.public_id,
        kind=one.kind,
        key=one.key,
        name=one.name,
        branch=" · ".join(shown),
        path=f"/{face}/{one.token}" if manages else None,
        volume=int(one.orders.get("volume", one.settings.get("volume", 100))),
        painted=one.painted,
        audio=one.audio,
        tested=one.orders.get("test", 0),
        report=dict(one.report),
        seen_at=one.seen_at,
        diagonal_inches=one.settings.get("diagonal_inches"),
        farthest_metres=one.settings.get("farthest_metres"),
    )
