"""One request for a message, through the same guard as webhooks, on connections that are kept open."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import aiohttp

from acd.delivery.guard import Guard
from acd.delivery.resolver import Resolver
from acd.delivery.sender import failure_class
from acd.delivery.waiting import wait_asked
from acd.notification.smtp import NotTaken

TOTAL_SECONDS, CONNECT_SECONDS = 20.0, 8.0
LATER = (408, 425, 429)
"""Refusals that may not hold for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent where."""

    url: str
    method: str = "POST"
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Requester:
    """Sends requests and looks at their status only, and at when it is worth asking again.

    `wall` is the machine's clock.
    """

    def __init__(self, guard: Guard, *, user_agent: str, wall: Callable[[], datetime]) -> None:
        self._guard, self._user_agent, self._wall = guard, user_agent, wall
        self._session: aiohttp.ClientSession | None = None

    async def send(self, request: Request, begin: Callable[[], None]) -> None:
        """Send; `begin` is called right before it may be taken.

        Raises:
            NotTaken: it was not.
        """
        timeout = aiohttp.ClientTimeout(total=TOTAL_SECONDS, connect=CONNECT_SECONDS)
        begin()
        try:
            async with self._open().request(
                request.method,
                request.url,
                data=request.body,
                headers=request.headers,
                timeout=timeout,
                allow_redirects=False,
            ) as answer:
                status = answer.status
                rest = wait_asked(answer.headers.get("Retry-After"), self._wall())
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise NotTaken(failure_class(error)) from None
        if not 200 <= status < 300:
            raise NotTaken(f"status_{status}", for_good=300 <= status < 500 and status not in LATER, rest=rest)

    async def close(self) -> None:
        """Let go of every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(socket_factory=self._guard.socket, resolver=Resolver(), ttl_dns_cache=1)
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self._user_agent},
                trust_env=False,
            )
        return self._session
