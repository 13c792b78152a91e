"""The running parts that a face may use, by typed key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from aiohttp import web

from qms.bus import Bus
from qms.store.aio import AsyncStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What the pages and links need to know about this installation.

    `printers`: addresses by `account/kiosk`; `mails`: whether it sends e-mail.
    """

    public_url: str
    version: str
    sandbox: str | None = None
    rate_limit: float = 20
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    media_folder: Path | None = None
    printers: Mapping[str, str] = field(default_factory=dict)
    mails: bool = False


STORE: web.AppKey[AsyncStore] = web.AppKey("store", AsyncStore)
BUS: web.AppKey[Bus] = web.AppKey("bus")
SITE: web.AppKey[Site] = web.AppKey("site", Site)
SECRET: web.AppKey[bytes] = web.AppKey("secret", bytes)
NOW: web.AppKey[Callable[[], datetime]] = web.AppKey("now")
"""Business time, for tokens and texts outside a transaction."""

STOPPING: web.AppKey["Stopping"] = web.AppKey("stopping")


class Stopping:
    """Tells long-lived handlers that the server is going away."""

    def __init__(self) -> None:
        self._callbacks: set[Callable[[], None]] = set()
        self.begun = False

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call this when the server begins to stop; returns what takes it back."""
        self._callbacks.add(callback)
        return lambda: self._callbacks.discard(callback)

    def begin(self) -> None:
        """The server begins to stop."""
        self.begun = True
        for callback in tuple(self._callbacks):
            callback()
