"""`turnero doctor`: whether this installation is healthy."""

import os
from collections.abc import Iterator
from contextlib import suppress

import redis
import sqlalchemy as sa
import typer

from qms.domain.errors import Refused, Unavailable
from qms.services import seals
from qms.services.feeds import in_trouble
from qms.services.inspection import broken_invariants
from qms.services.notification.outbox import in_trouble as in_trouble_sending
from qms.services.privacy import erasures
from qms.store.engines import connect
from qms.store.migrate import misfit
from qms.store.revision import revision_of, suits
from qms.store.vault import NotOpened
from server.disk import file_of, missing_file
from server.opened import Opened, open_installation
from server.setting_forms import SettingsError
from server.settings import Settings
from server.surroundings import surroundings


def doctor() -> None:
    """Check settings, schema, database, surroundings and the invariants on live data; exits 0 where all is well."""
    settings = Settings.read(os.environ)
    sick = False
    for name, trouble in examine(settings):
        mark = "ok  " if trouble is None else "note" if name in ELSEWHERE else "FAIL"
        typer.echo(f"{mark} {name}" + (f": {trouble}" if trouble else ""))
        sick = sick or mark == "FAIL"
    raise typer.Exit(1 if sick else 0)


ELSEWHERE = frozenset({"calendars", "messages", "clock", "address", "voice", "screens", "printers", "sealed"})
"""What fails at somebody else's, or is missing where one may do without: worth a note, not a failure."""


def examine(settings: Settings) -> Iterator[tuple[str, str | None]]:
    """Each thing looked at, with what is wrong with it or None."""
    yield "settings", None
    trouble = _schema(settings)
    yield "schema", trouble
    if trouble is not None:
        return
    if settings.redis_url:
        yield "redis", _redis(settings.redis_url)
    try:
        opened = open_installation(settings, tool=True, begins=False)
    except (NotOpened, SettingsError) as error:
        yield "secret", str(error)
        return
    except Unavailable as error:
        yield "database", str(error)
        return
    try:
        yield "secret", None
        yield from _sealed(opened)
        yield from surroundings(opened)
        yield from _invariants(opened)
        yield from _calendars(opened)
        yield from _messages(opened)
        yield from _archives(opened)
    finally:
        opened.store.close()


def _archives(opened: Opened) -> Iterator[tuple[str, str | None]]:
    """Whether what is to go can be archived, and whether the erased wait to be taken out of archives."""
    folder = opened.settings.archive_folder
    if folder is not None:
        yield "archives", None if os.access(folder, os.W_OK | os.X_OK) else f"nothing can be written to {folder}"
    elif opened.store.read(erasures.next_one) is not None:
        yield "archives", "people are to be erased from them, and TURNERO_ARCHIVE_FOLDER is not set"


def _schema(settings: Settings) -> str | None:
    if (missing := missing_file(settings)) is not None:
        return f"{missing}: there is no such database"
    engine = connect(settings.database_url, pool_size=1)
    try:
        with engine.connect() as connection, connection.begin():
            good, at = suits(connection), revision_of(connection)
    except sa.exc.SQLAlchemyError as error:
        return f"{file_of(settings) or 'the database'}: {str(getattr(error, 'orig', error)).splitlines()[0]}"
    finally:
        engine.dispose()
    return None if good else misfit(at)


def _redis(url: str) -> str | None:
    try:
        redis.Redis.from_url(url, socket_connect_timeout=2).ping()
    except redis.RedisError as error:
        return str(error)
    return None


def _sealed(opened: Opened) -> Iterator[tuple[str, str | None]]:
    """What is sealed with the secret of before, which may not be thrown away as long."""
    with suppress(Refused):
        if count := opened.store.read(seals.stale):
            yield "sealed", f"{count} with the secret of before: run turnero secrets rotate"


def _calendars(opened: Opened) -> Iterator[tuple[str, str | None]]:
    """Agents' own calendars that could not be fetched or read when they were last looked at."""
    try:
        failing = opened.store.read(in_trouble)
    except Refused:
        return  # enough has been said of the database
    for feed, agent in failing:
        since = f"since {feed.fetched_at:%Y-%m-%d %H:%M} UTC" if feed.fetched_at else "never fetched"
        yield "calendars", f"one of agent {agent}: {feed.error}, {feed.failures} times in a row, {since}"
    if not failing:
        yield "calendars", None


def _messages(opened: Opened) -> Iterator[tuple[str, str | None]]:
    """Messages of the last day that nobody has got, by why."""
    try:
        stuck = opened.store.read(in_trouble_sending)
    except Refused:
        return
    for slug, error, count in stuck:
        yield "messages", f"{count} of account {slug}: {error}"
    if not stuck:
        yield "messages", None


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
