"""Simulation and staffing over HTTP: what is asked for is simulated beside the server, and shown when it is done."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from aiohttp import web
from msgspec import Struct

from acd.rehearser import Rehearser
from desk.admin.words import reason_for
from desk.reports import asked as asking
from desk.reports.orders import Order, begun, prepared
from desk.reports.replays import replay_parts
from desk.reports.weeks import week_parts
from desk.reports.writing import Writer
from qms.domain import access
from qms.domain.errors import Invalid, NotFound
from qms.domain.network import Agent
from qms.services import rehearsals
from qms.services.rehearsals import Kind, Rehearsal
from qms.store.tx import Tx
from qms.web import people
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.bodies import read
from qms.web.keys import STORE
from qms.web.pages import language_of, led_to_sign_in, render, with_lang

REHEARSER: web.AppKey[Rehearser] = web.AppKey("rehearser", Rehearser)
PARTS = {"simulation": replay_parts, "staffing": week_parts}


class RehearsalShape(Struct, kw_only=True):
    """A rehearsal; `found` is what `turnero simulate --json` or `turnero staffing --json` prints, once it is done."""

    id: str
    kind: str
    state: str
    passed: int
    days: int
    made_at: datetime
    asked: dict[str, Any]
    reason: str | None
    found: dict[str, Any] | None

    @classmethod
    def of(cls, one: Rehearsal) -> "RehearsalShape":
        return cls(
            id=one.id,
            kind=one.kind,
            state=one.state,
            passed=one.passed,
            days=one.days,
            made_at=one.made_at,
            asked=dict(one.asked),
            reason=one.reason,
            found=dict(one.found) if one.found is not None else None,
        )


@allows("reports.read")
async def order(request: web.Request) -> web.Response:
    """Ask for a rehearsal."""
    begins = await _begin(request, await read(request, Order))
    response = json_answer(RehearsalShape.of(begins), 202).response()
    response.headers["Location"] = f"/desk/api/rehearsals/{begins.id}"
    return response


@allows("reports.read")
async def show(request: web.Request) -> web.Response:
    """How far it is, or what was found."""
    return json_answer(RehearsalShape.of(await _rehearsal(request))).response()


@allows("reports.read", by_itself=True)
async def page(request: web.Request) -> web.Response:
    """The form, and what was asked for before."""
    return await _form(request, {})


@allows("reports.read")
async def order_from_page(request: web.Request) -> web.Response:
    """The form was sent: on to where the result will be, or back with what is wrong."""
    form = {name: str(value).strip() for name, value in (await request.post()).items() if isinstance(value, str)}
    try:
        begins = await _begin(request, _order_of(form, _kind(request)))
    except (Invalid, NotFound, msgspec.ValidationError) as refused:
        return await _form(request, form, wrong=reason_for(request, refused))
    raise web.HTTPSeeOther(with_lang(request, f"/reports/{begins.kind}/{begins.id}"))


@allows("reports.read", by_itself=True)
async def result_page(request: web.Request) -> web.Response:
    """How far it is, or the result."""
    with led_to_sign_in(request):
        one = await _rehearsal(request)
    write = Writer(language_of(request))
    parts = PARTS[one.kind](one.found, write) if one.found is not None else []
    view = {"rehearsal": one, "parts": parts, "written": _written(one)}
    return render(request, "desk/reports_rehearsal.html.j2", view)


async def rehearser_runs(app: web.Application) -> Any:
    """Rehearse beside this application, as long as it runs."""
    app[REHEARSER] = Rehearser(app[STORE])
    yield
    await app[REHEARSER].close()


async def _begin(request: web.Request, wanted: Order) -> Rehearsal:
    login, store = await people.admit(request, asking.READ), request.app[STORE]
    job, asked = await store.read(prepared, agent=login.agent, order=wanted)
    begins: Rehearsal = await store.write(begun, agent=login.agent, order=wanted, asked=asked, days=job.days)
    request.app[REHEARSER].start(begins.id, job)
    return begins


async def _rehearsal(request: web.Request) -> Rehearsal:
    login = await people.admit(request, asking.READ)
    one: Rehearsal = await request.app[STORE].read(_seen, agent=login.agent, id=request.match_info["rehearsal"])
    if one.kind != request.match_info.get("kind", one.kind):
        raise NotFound("rehearsal", one.id)
    return one


def _seen(tx: Tx, *, agent: Agent, id: str) -> Rehearsal:
    one = rehearsals.get(tx, account=agent.account_id, id=id)
    if not _may_see(tx, agent, one):
        raise NotFound("rehearsal", id)
    return one


def _may_see(tx: Tx, agent: Agent, one: Rehearsal) -> bool:
    branch = one.asked.get("branch")
    there = [place for place in tx.network(agent.account_id).branches.values() if place.key == branch]
    return not access.limited(agent) or any(access.may(agent, asking.READ, place.id) for place in there)


async def _form(request: web.Request, form: dict[str, str], wrong: str = "") -> web.Response:
    with led_to_sign_in(request):
        login = await people.admit(request, asking.READ)
    kind, query = _kind(request), {"branch": form.get("branch") or request.query.get("branch") or None}
    asked, earlier = await request.app[STORE].read(_choices, agent=login.agent, kind=kind, query={} if wrong else query)
    view = {
        "asked": asked,
        "kind": kind,
        "form": form,
        "wrong": wrong,
        "yesterday": asked.today - timedelta(days=1),
        "earlier": [(one, _written(one)) for one in earlier],
    }
    return render(request, f"desk/reports_{kind}.html.j2", view, status=422 if wrong else 200)


def _choices(tx: Tx, *, agent: Agent, kind: Kind, query: dict[str, str | None]) -> tuple[asking.Asked, list[Rehearsal]]:
    earlier = rehearsals.latest(tx, account=agent.account_id, kind=kind)
    return asking.read(tx, agent=agent, query=query), [one for one in earlier if _may_see(tx, agent, one)]


def _kind(request: web.Request) -> Kind:
    return "staffing" if request.path.startswith("/reports/staffing") else "simulation"


def _order_of(form: dict[str, str], kind: Kind) -> Order:
    given: dict[str, Any] = {name: text for name, text in form.items() if text and name != "lang"}
    for name in ("agents", "policy"):
        given[name] = form.get(name, "").split()
    for name in ("level", "shrinkage"):
        if name in given:
            given[name] = float(given[name]) / 100 if given[name].replace(".", "", 1).isdecimal() else given[name]
    if "appointments" in given:
        given["appointments"] += "%"
    if "target_minutes" in given:
        given["target_seconds"] = 60 * msgspec.convert(given.pop("target_minutes"), float, strict=False)
    return msgspec.convert({**given, "kind": kind}, Order, strict=False)


def _written(one: Rehearsal) -> str:
    """What was asked for, in a line."""
    said = [one.asked.get("day"), one.asked.get("branch"), one.asked.get("queue"), *one.asked.get("changes", ())]
    return " · ".join(str(text) for text in said if text)
