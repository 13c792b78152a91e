"""What an installation stands on beside its database: clocks, disk, address, fonts, media, voice, screens, printers."""

import base64
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from importlib.resources import files
from urllib.parse import urlsplit

import redis
import sqlalchemy as sa

from qms.domain.errors import Refused
from qms.services import printers
from qms.services.gauges import gauges
from screens.voice import espeak
from server.disk import disk_state
from server.opened import Opened
from server.settings import Settings

Trouble = str | None

MOST_SKEW_SECONDS = 2.0
SILENT = timedelta(minutes=2)
GONE = timedelta(days=7)
"""A screen that has been silent for so long has been put away."""


PRINTERS_SAY: Mapping[printers.PrinterState | None, str] = {
    "low": "has little paper",
    "out": "has no paper",
    "offline": "does not answer",
    None: "is not known: no server asks it, or no kiosk is called so",
}


def surroundings(opened: Opened) -> Iterator[tuple[str, Trouble]]:
    """Each thing looked at, with what is wrong with it or None."""
    settings = opened.settings
    yield "clock", _clocks(opened)
    state = disk_state(settings)
    yield "disk", None if state == "ok" else state
    yield "address", _address(settings)
    yield "fonts", _fonts()
    yield from media(settings)
    yield (
        "voice",
        None if espeak.find() else f"{espeak.PROGRAM} is not installed: calls chime, and are said by recordings",
    )
    yield "screens", _screens(opened)
    yield "printers", _printers(opened)


def _clocks(opened: Opened) -> Trouble:
    """How far this machine's clock is from those it works with: leases and signatures go by it."""
    others: dict[str, Callable[[], float]] = {}
    if opened.store.engine.dialect.name == "postgresql":
        others["PostgreSQL"] = lambda: _database_time(opened.store.engine)
    if (url := opened.settings.redis_url) is not None:
        others["Redis"] = lambda: _redis_time(url)
    for name, ask in others.items():
        before = time.time()
        try:
            theirs = ask()
        except (redis.RedisError, sa.exc.SQLAlchemyError):
            continue  # that it does not answer is said elsewhere
        off = (before + time.time()) / 2 - theirs
        if abs(off) > MOST_SKEW_SECONDS:
            return f"{abs(off):.1f} s {'ahead of' if off > 0 else 'behind'} that of {name}"
    return None


def _database_time(engine: sa.Engine) -> float:
    with engine.connect() as connection, connection.begin():
        return float(connection.execute(sa.text("SELECT extract(epoch FROM clock_timestamp())")).scalar_one())


def _redis_time(url: str) -> float:
    seconds, micros = redis.Redis.from_url(url, socket_connect_timeout=2).time()
    return float(seconds) + float(micros) / 1e6


def _address(settings: Settings) -> Trouble:
    """Where people come from elsewhere, browsers want TLS for sound, wake locks and notices."""
    if settings.public_url is None:
        return "TURNERO_PUBLIC_URL is not set: links and QR codes lead to this machine only"
    parts = urlsplit(settings.public_url)
    if parts.scheme == "https" or parts.hostname in ("127.0.0.1", "localhost", "::1"):
        return None
    return f"{settings.public_url} is not https: passwords go over the line as they are, and screens may fall asleep"


def _fonts() -> Trouble:
    """That each file that pages bring along is the one that the manifest names."""
    folder = files("qms.web.pages").joinpath("static/vendor")
    for path, entry in json.loads(folder.joinpath("MANIFEST.json").read_text("utf-8")).items():
        try:
            body = folder.joinpath(path).read_bytes()
        except OSError:
            return f"{path} is missing"
        if entry["sha384"] != f"sha384-{base64.b64encode(hashlib.sha384(body).digest()).decode()}":
            return f"{path} has been changed"
    return None


def media(settings: Settings) -> Iterator[tuple[str, Trouble]]:
    """Whether what screens are to show can be read, where there is to be something."""
    folder = settings.media_folder
    if folder is not None:
        readable = os.path.isdir(folder) and os.access(folder, os.R_OK | os.X_OK)
        yield "media", None if readable else f"there is no folder {folder} that can be read"


def _screens(opened: Opened) -> Trouble:
    """The screens that were heard of lately, and are silent now."""
    try:
        seen = opened.store.read(gauges).screens
    except Refused:
        return None
    silent = [name for name, ago in seen.items() if SILENT.total_seconds() < ago < GONE.total_seconds()]
    return f"silent: {', '.join(sorted(silent))}" if silent else None


def _printers(opened: Opened) -> Trouble:
    """The printers of settings that are in trouble, and those that nobody has asked for minutes."""
    wanted = opened.settings.printers_of_kiosks
    try:
        known = opened.store.read(printers.states) if wanted else {}
    except Refused:
        return None
    how = {name: PRINTERS_SAY.get(known.get(name)) for name in sorted(wanted)}
    return ", ".join(f"{name} {said}" for name, said in how.items() if said) or None
