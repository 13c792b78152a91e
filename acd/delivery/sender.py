"""One signed request to somebody else's server, trusting it with nothing: no redirects, cookies, large answers."""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver

from acd.delivery.guard import BlockedDestination, Guard
from acd.delivery.resolver import Resolver
from acd.delivery.waiting import wait_asked
from qms.domain.delivery import Outcome

CONNECT_SECONDS = 5
KEPT_SECONDS = 5
"""So long a connection waits for the next delivery to the same target: most servers keep theirs longer."""

ANSWER_BYTES = 4096
"""So much of an answer is read."""

EXCERPT_CHARACTERS = 1024
"""So much of it is kept."""

ANSWER_SECONDS = 1
"""How long the body of an answer may take; its status has decided by then."""


class Sender:
    """Sends bodies; what goes wrong is an outcome, never an error. `wall` is the machine's clock."""

    def __init__(
        self,
        guard: Guard,
        *,
        user_agent: str,
        wall: Callable[[], datetime],
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._guard = guard
        self._user_agent = user_agent
        self._wall = wall
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def send(
        self,
        url: str,
        *,
        body: bytes,
        headers: Mapping[str, str],
        seconds: float,
        method: str = "POST",
        verify_tls: bool = True,
    ) -> Outcome:
        """Send a body and say what came of it, within so many seconds."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        status: int | None = None
        retry_after: timedelta | None = None
        failure = excerpt = None
        try:
            about = {"data": body or None, "headers": headers, "ssl": verify_tls}
            async with asyncio.timeout(seconds):
                answer = await self._ask(method, url, about)
            status = answer.status
            retry_after = wait_asked(answer.headers.get("Retry-After"), self._wall())
            excerpt = await _excerpt(answer)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            failure = failure_class(error)
        took = round((loop.time() - begun) * 1000)
        return Outcome(status=status, failure=failure, retry_after=retry_after, duration_ms=took, excerpt=excerpt)

    async def close(self) -> None:
        """Let go of every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _ask(self, method: str, url: str, about: Mapping[str, Any]) -> aiohttp.ClientResponse:
        """The beginning of an answer. Where a connection that was kept has been closed meanwhile, it is asked anew.

        The target knows by the id of a delivery that it has had it, if it has.
        """
        timeout = aiohttp.ClientTimeout(total=None, connect=CONNECT_SECONDS)
        while True:
            line = _Line()
            try:
                return await self._open().request(
                    method, url, **about, timeout=timeout, allow_redirects=False, trace_request_ctx=line
                )
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
                if not line.kept:
                    raise

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                socket_factory=self._guard.socket,
                resolver=self._resolver or Resolver(),
                ttl_dns_cache=1,  # long enough that many deliveries ask once
                keepalive_timeout=KEPT_SECONDS,
                limit=0,  # the worker counts, per endpoint
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                trace_configs=[_lines_noted()],
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self._user_agent, "Accept-Encoding": "identity"},
                auto_decompress=False,
                trust_env=False,
            )
        return self._session


@dataclass(slots=True)
class _Line:
    """The connection that an attempt goes over; `kept` from an earlier one."""

    kept: bool = False


def _lines_noted() -> aiohttp.TraceConfig:
    """Has each attempt note whether its connection was kept."""

    async def note(session: aiohttp.ClientSession, context: SimpleNamespace, about: object) -> None:
        context.trace_request_ctx.kept = True

    config = aiohttp.TraceConfig()
    config.on_connection_reuseconn.append(note)
    return config


async def _excerpt(answer: aiohttp.ClientResponse) -> str | None:
    """How the answer's body begins; a body that stalls or breaks off changes nothing."""
    read = bytearray()
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            while len(read) < ANSWER_BYTES and (chunk := await answer.content.read(ANSWER_BYTES - len(read))):
                read += chunk
    except (aiohttp.ClientError, OSError, TimeoutError):
        pass
    finally:
        answer.release() if answer.content.at_eof() else answer.close()
    text = read.decode("utf-8", "replace").replace("\0", "\N{REPLACEMENT CHARACTER}")
    return text[:EXCERPT_CHARACTERS] or None


def failure_class(error: Exception) -> str:
    """The class of a failure, without addresses or durations: it must not help to explore a network."""
    if isinstance(error, aiohttp.ClientConnectorError) and isinstance(error.os_error, BlockedDestination):
        return "blocked_destination"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "dns"
    if isinstance(error, (aiohttp.ClientSSLError, ssl.SSLError)):
        return "tls"
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, (ValueError, aiohttp.NonHttpUrlClientError)):
        return "invalid_request"
    return "connect"
