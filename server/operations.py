"""What operators ask: alive, ready, which version, and metrics."""

import os
import shutil
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import prometheus_client
import sqlalchemy as sa
from aiohttp import web

from qms.domain.errors import Refused
from qms.store.engines import driver_url
from qms.store.revision import HEAD, revision_of
from qms.store.tx import Tx
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import BUS, NOW, SITE, STOPPING, STORE
from server import openapi
from server.settings import Settings

SETTINGS: web.AppKey[Settings] = web.AppKey("settings", Settings)
WORKER_BEAT: web.AppKey[Callable[[], float]] = web.AppKey("worker_beat")
"""Seconds since the worker last looked for deadlines."""

LEAST_FREE_BYTES = 16 * 1024 * 1024


def setup(app: web.Application) -> None:
    """Add the operators' routes."""
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/version", version)
    app.router.add_get("/metrics", metrics)
    app.router.add_get("/openapi.json", openapi.serve)


@allows("site.see")
async def healthz(request: web.Request) -> web.Response:
    """The process answers."""
    return json_answer({"status": "ok"}).response()


@allows("site.see")
async def readyz(request: web.Request) -> web.Response:
    """Every dependency, with what is wrong; 503 where this process should get no requests."""
    app = request.app
    checks: dict[str, str] = {
        "database": await _database(app),
        "bus": "ok" if await app[BUS].healthy() else "degraded",
        "disk": _disk(app[SETTINGS]),
        "draining": "yes" if app[STOPPING].begun else "ok",
    }
    if (beat := app.get(WORKER_BEAT)) is not None:
        checks["worker"] = "ok" if beat() < 10 else "stalled"
    ready = all(state in ("ok", "degraded") for state in checks.values())
    return json_answer({"ready": ready, "checks": checks}, 200 if ready else 503).response()


@allows("site.see")
async def version(request: web.Request) -> web.Response:
    """The program's version, the time zone database's, and the sandbox clock if one runs."""
    site = request.app[SITE]
    answer = {
        "version": site.version,
        "tzdata": metadata.version("tzdata"),
        "sandbox": site.sandbox,
        "now": request.app[NOW]().isoformat(),
    }
    return json_answer(answer).response()


@allows("site.see")
async def metrics(request: web.Request) -> web.Response:
    """Metrics for Prometheus."""
    headers = {"Content-Type": prometheus_client.CONTENT_TYPE_LATEST}
    return web.Response(body=prometheus_client.generate_latest(), headers=headers)


async def _database(app: web.Application) -> str:
    def ask(tx: Tx) -> str | None:
        return revision_of(tx.connection)

    try:
        at = await app[STORE].read(ask)
    except Refused as outage:
        return str(outage)
    except sa.exc.SQLAlchemyError as error:
        return type(error).__name__
    return "ok" if at == HEAD else f"at revision {at}, expected {HEAD}"


def _disk(settings: Settings) -> str:
    if not settings.database_url.startswith("sqlite"):
        return "ok"
    folder = Path(driver_url(settings.database_url).database or ".").resolve().parent
    free = shutil.disk_usage(folder).free
    return "ok" if free > LEAST_FREE_BYTES and os.access(folder, os.W_OK) else "full or read-only"
