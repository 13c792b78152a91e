"""One signed request to somebody else's server, trusting it with nothing: no redirects, cookies, large answers."""

import asyncio
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from aiohttp.abc import AbstractResolver

from acd.delivery.guard import BlockedDestination, Guard
from acd.delivery.resolver import Resolver
from qms.domain.delivery import Outcome

CONNECT_SECONDS = 5
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
            timeout = aiohttp.ClientTimeout(total=seconds, connect=CONNECT_SECONDS)
            answer = await self._open().request(
                method,
                url,
                data=body or None,
                headers=headers,
                allow_redirects=False,
                timeout=timeout,
                ssl=verify_tls,
            )
            status = answer.status
            retry_after = self._retry_after(answer.headers.get("Retry-After"))
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

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(
                socket_factory=self._guard.socket,
                resolver=self._resolver or Resolver(),
                ttl_dns_cache=1,  # long enough that many deliveries ask once
                force_close=True,  # a connection that the target has closed meanwhile would fail the next delivery
                limit=0,  # the worker counts, per endpoint
            )
            self._session = aiohttp.ClientSession(
                connector=connector,
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self._user_agent, "Accept-Encoding": "identity"},
                auto_decompress=False,
                trust_env=False,
            )
        return self._session

    def _retry_after(self, text: str | None) -> timedelta | None:
        """The wait that an answer asks for, in seconds or until a date."""
        if text is None:
            return None
        text = text.strip()
        if text.isascii() and text.isdigit():
            return timedelta(seconds=min(int(text[:9]), 10**8))
        try:
            until = parsedate_to_datetime(text)
        except ValueError:
            return None
        return (until if until.tzinfo else until.replace(tzinfo=UTC)) - self._wall()


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
        answer.close()
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
