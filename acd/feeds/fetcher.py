"""Fetching a calendar from somebody else's server, trusting it with nothing: so many bytes, so much time, no tricks."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver

from acd.delivery.guard import Guard
from acd.delivery.resolver import Resolver
from acd.delivery.sender import failure_class

SECONDS = 30.0
"""From the first byte out to the last byte in, redirections included."""

CONNECT_SECONDS = 5.0
MOST_BYTES = 5 * 1024 * 1024
MOST_REDIRECTS = 5
_REDIRECTIONS = frozenset({301, 302, 303, 307, 308})


class NotFetched(Exception):
    """A calendar could not be fetched; the text says why, in a word that tells nothing about any network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came. `calendar` None: it is as it was, by its ETag or its date."""

    calendar: bytes | None
    etag: str | None = None
    modified: str | None = None


class Fetcher:
    """Fetches calendars. Every address of every redirection passes the guard, where the socket is made."""

    def __init__(self, guard: Guard, *, user_agent: str, resolver: AbstractResolver | None = None) -> None:
        self._guard = guard
        self._user_agent = user_agent
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None

    async def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """The calendar at an address, unless it is as it was.

        Raises:
            NotFetched: it could not be had.
        """
        known = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {"Accept": "text/calendar, */*;q=0.1", **{name: said for name, said in known.items() if said}}
        try:
            async with asyncio.timeout(SECONDS):
                return await self._follow(url, headers)
        except TimeoutError:
            raise NotFetched("timeout") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NotFetched(failure_class(error)) from None

    async def close(self) -> None:
        """Let go of every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _follow(self, url: str, headers: Mapping[str, str]) -> Fetched:
        for _ in range(MOST_REDIRECTS + 1):
            async with self._open().get(url, headers=headers, allow_redirects=False) as answer:
                if answer.status not in _REDIRECTIONS:
                    return await _taken(answer)
                url = _next(url, answer.headers.get("Location"))
        raise NotFetched("too_many_redirects")

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    socket_factory=self._guard.socket, resolver=self._resolver or Resolver(), force_close=True
                ),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self._user_agent, "Accept-Encoding": "identity"},
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
                auto_decompress=False,  # a few bytes may stand for thousands of megabytes
                trust_env=False,
            )
        return self._session


def _next(url: str, location: str | None) -> str:
    if not location:
        raise NotFetched("bad_redirect")
    there = urljoin(url, location)
    now, then = urlsplit(url).scheme, urlsplit(there)
    if then.scheme not in ("http", "https") or (now, then.scheme) == ("https", "http") or then.username is not None:
        raise NotFetched("bad_redirect")
    return there


async def _taken(answer: aiohttp.ClientResponse) -> Fetched:
    said = answer.headers
    if answer.status == 304:
        return Fetched(calendar=None)
    if answer.status != 200:
        raise NotFetched(f"http_{answer.status}")
    if said.get("Content-Encoding", "identity").lower() != "identity":
        raise NotFetched("encoded")
    read = bytearray()
    async for chunk in answer.content.iter_any():
        read += chunk
        if len(read) > MOST_BYTES:
            raise NotFetched("too_large")
    return Fetched(calendar=bytes(read), etag=_short(said.get("ETag")), modified=_short(said.get("Last-Modified")))


def _short(header: str | None) -> str | None:
    """What is sent back with the next question, where it is worth keeping."""
    return header if header and len(header) <= 500 and header.isascii() and header.isprintable() else None
