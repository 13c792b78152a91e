"""`turnero doctor`: whether this installation is healthy."""

import os
from collections.abc import Iterator

import redis
import sqlalchemy as sa
import typer

from qms.domain.errors import Refused
from qms.services.inspection import broken_invariants
from qms.store.engines import connect
from qms.store.revision import HEAD, present
from server.opened import Opened, open_installation
from server.settings import Settings


def doctor() -> None:
    """Check settings, schema, database and the invariants on live data; exits 0 on a healthy installation."""
    settings = Settings.read(os.environ)
    sick = False
    for name, trouble in examine(settings):
        typer.echo(f"{'ok  ' if trouble is None else 'FAIL'} {name}" + (f": {trouble}" if trouble else ""))
        sick = sick or trouble is not None
    raise typer.Exit(1 if sick else 0)


def examine(settings: Settings) -> Iterator[tuple[str, str | None]]:
    """Each thing looked at, with what is wrong with it or None."""
    yield "settings", None
    trouble = _schema(settings)
    yield "schema", trouble
    if trouble is not None:
        return
    if settings.redis_url:
        yield "redis", _redis(settings.redis_url)
    opened = open_installation(settings, tool=True)
    try:
        yield from _invariants(opened)
    finally:
        opened.store.close()


def _schema(settings: Settings) -> str | None:
    engine = connect(settings.database_url, pool_size=1)
    try:
        at = present(engine)
    except sa.exc.SQLAlchemyError as error:
        return str(error).splitlines()[0]
    finally:
        engine.dispose()
    return None if at == HEAD else f"at revision {at or 'none'}, expected {HEAD}: run turnero migrate"


def _redis(url: str) -> str | None:
    try:
        redis.Redis.from_url(url, socket_connect_timeout=2).ping()
    except redis.RedisError as error:
        return str(error)
    return None


def _invariants(opened: Opened) -> Iterator[tuple[str, str | None]]:
    try:
        broken = opened.store.read(broken_invariants, rate=opened.clock.rate)
    except Refused as refused:
        yield "database", str(refused)
        return
    yield "database", None
    for fact in broken:
        yield "invariants", fact
    if not broken:
        yield "invariants", None
