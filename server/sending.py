"""What the worker that sends messages stands on: words, links, the mail server, and where it keeps its journal."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web

from acd.delivery import Guard
from acd.notification.courier import Courier
from acd.notification.worker import MessageWorker
from kiosk.messages.links import Base, Linker
from kiosk.messages.wording import Wordings
from qms.domain.appointment import Appointment
from qms.domain.network import Network
from qms.domain.options import Options
from qms.services.summoning.push_key import push_key
from qms.store.engines import driver_url
from qms.web.keys import BUS, SECRET, SITE, STORE
from qms_gateway.dialects.videsk.links import base_of
from server.opened import Opened
from server.settings import Settings


def message_worker(app: web.Application, opened: Opened, guard: Guard) -> MessageWorker:
    """The worker of this process."""
    site = app[SITE]
    linker = Linker(public_url=site.public_url, secret=app[SECRET], bases=BASES)
    courier = Courier(
        Wordings(linker),
        guard,
        server=opened.settings.smtp_server,
        public_url=site.public_url,
        sender=f"no-reply@{urlsplit(site.public_url).hostname or 'localhost'}",
        version=site.version,
        wall=opened.clock.machine,
        push_key=push_key(app[SECRET]),
    )
    return MessageWorker(app[STORE], app[BUS], courier, folder=journal_folder(opened.settings))


def journal_folder(settings: Settings) -> Path:
    """Beside the SQLite file; with PostgreSQL a folder of this user's own among those for temporary files."""
    database = driver_url(settings.database_url).database
    if settings.database_url.startswith("sqlite") and database:
        return Path(database).absolute().parent
    return Path(tempfile.gettempdir()) / f"turnero-{os.getuid() if hasattr(os, 'getuid') else 'sending'}"


def _videsk(network: Network, it: Appointment, ours: str) -> str:
    """The page that the caller named when he booked, as its own answers have it."""
    referrer, options = str(it.data.get("referrer", "")), Options(network.account.options)
    public_url = ours.removesuffix(f"/book/{network.account.slug}")
    return base_of(referrer, options=options, public_url=public_url, slug=network.account.slug)


BASES: Mapping[str, Base] = {"videsk": _videsk}
