"""What operators ask: alive, ready, which version, and metrics."""

import time
from collections.abc import Awaitable, Callable
from importlib import metadata

import prometheus_client
import sqlalchemy as sa
from aiohttp import web

from qms.domain.errors import Refused
from qms.store.revision import HEAD, revision_of, suits
from qms.store.tx import Tx
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import BUS, NOW, SITE, STOPPING, STORE
from server import docs, openapi, styleguide
from server.disk import disk_state
from server.keys import SETTINGS, WORKER_BEAT
from server.metrics.loop import LAG
from server.metrics.standing import exposition

STALLED_SECONDS = 10.0
"""A worker that has not looked for deadlines for so long is stalled."""


def setup(app: web.Application) -> None:
    """Add the operators' routes."""
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/version", version)
    app.router.add_get("/metrics", metrics)
    app.router.add_get("/openapi.json", openapi.serve)
    app.router.add_get("/docs", docs.page)
    app.router.add_get("/styleguide", styleguide.page)


@allows("site.see")
async def healthz(request: web.Request) -> web.Response:
    """The process answers; how late its event loop was last. Asks nothing that could be away."""
    return json_answer({"status": "ok", "lag_seconds": round(request.app[LAG].seconds, 3)}).response()


@allows("site.see")
async def readyz(request: web.Request) -> web.Response:
    """Every dependency, with what is wrong and how long asking took; 503 where this process should get no requests."""
    app = request.app
    states: dict[str, str] = {}
    took: dict[str, float] = {}
    for name, check in CHECKS.items():
        begun = time.perf_counter()
        state = await check(app)
        if state is not None:
            states[name], took[name] = state, round((time.perf_counter() - begun) * 1000, 1)
    ready = all(state in ("ok", "degraded") for state in states.values())
    return json_answer({"ready": ready, "checks": states, "ms": took}, 200 if ready else 503).response()


@allows("site.see")
async def version(request: web.Request) -> web.Response:
    """The program's version, the time zone database's, and the sandbox clock if one runs."""
    site = request.app[SITE]
    answer = {
        "version": site.version,
        "tzdata": metadata.version("tzdata"),
        "sandbox": site.sandbox,
        "now": request.app[NOW](),
    }
    return json_answer(answer).response()


@allows("site.see")
async def metrics(request: web.Request) -> web.Response:
    """Metrics for Prometheus."""
    headers = {"Content-Type": prometheus_client.CONTENT_TYPE_LATEST}
    return web.Response(body=await exposition(request.app), headers=headers)


async def _database(app: web.Application) -> str:
    """That it answers."""
    return await _asked(app, lambda tx: "ok" if tx.raw("SELECT 1", {}) else "silent")


async def _migrations(app: web.Application) -> str:
    """That this release can work with the database's schema."""

    def state(tx: Tx) -> str:
        at = revision_of(tx.connection)
        return "ok" if suits(tx.connection) else f"at revision {at}, expected {HEAD}"

    return await _asked(app, state)


async def _asked(app: web.Application, question: Callable[[Tx], str]) -> str:
    try:
        return await app[STORE].read(question)
    except Refused as outage:
        return str(outage)
    except sa.exc.SQLAlchemyError as error:
        return type(error).__name__


async def _bus(app: web.Application) -> str:
    """Without Redis everything goes on, only later."""
    return "ok" if await app[BUS].healthy() else "degraded"


async def _disk(app: web.Application) -> str:
    return disk_state(app[SETTINGS])


async def _draining(app: web.Application) -> str:
    return "yes" if app[STOPPING].begun else "ok"


async def _worker(app: web.Application) -> str | None:
    """Where this process has one."""
    beat = app.get(WORKER_BEAT)
    return None if beat is None else "ok" if beat() < STALLED_SECONDS else "stalled"


CHECKS: dict[str, Callable[[web.Application], Awaitable[str | None]]] = {
    "database": _database,
    "migrations": _migrations,
    "bus": _bus,
    "disk": _disk,
    "draining": _draining,
    "worker": _worker,
}
"""A check that answers None has nothing to say of this process."""
