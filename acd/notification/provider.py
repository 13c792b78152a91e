"""Channels other than e-mail: a request to whoever provides them, as the network file describes it."""

import html
import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import aiohttp

from acd.delivery.guard import Guard
from acd.delivery.resolver import Resolver
from acd.delivery.sender import failure_class
from acd.notification.smtp import NotTaken
from qms.domain.message import Wording
from qms.services.notification.letters import Letter
from qms.services.notification.phones import e164

TOTAL_SECONDS, CONNECT_SECONDS = 20.0, 8.0
_FIELD = re.compile(r"\{\{\s*(\w+)\s*\}\}")

ENCODINGS: Mapping[str, Callable[[str], str]] = {
    "application/json": lambda value: json.dumps(value)[1:-1],
    "application/x-www-form-urlencoded": lambda value: quote(value, safe=""),
    "application/xml": html.escape,
    "text/plain": str,
}
"""How a value is written into a body of each kind, so that it stays a value there."""


class ProviderClient:
    """Asks providers, through the same guard as webhooks."""

    def __init__(self, guard: Guard, *, user_agent: str) -> None:
        self._guard, self._user_agent = guard, user_agent
        self._session: aiohttp.ClientSession | None = None

    async def hand_over(self, letter: Letter, wording: Wording, begin: Callable[[], None]) -> None:
        """Hand over a message; `begin` is called right before it may be taken.

        Raises:
            NotTaken: it was not.
        """
        provider = letter.provider or {}
        url, body, headers = request_of(provider, letter, wording)
        timeout = aiohttp.ClientTimeout(total=TOTAL_SECONDS, connect=CONNECT_SECONDS)
        begin()
        try:
            async with self._open().request(
                provider["method"], url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                status = answer.status
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise NotTaken(failure_class(error)) from None
        if not 200 <= status < 300:
            raise NotTaken(f"status_{status}", for_good=300 <= status < 500 and status not in (408, 425, 429))

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


def request_of(
    provider: Mapping[str, Any], letter: Letter, wording: Wording
) -> tuple[str, bytes | None, Mapping[str, str]]:
    """The address, body and headers of the request that hands a message over."""
    told = letter.message
    country = (letter.network.account.messages or {}).get("country") if letter.network is not None else None
    values = {
        "to": e164(told.recipient, country) or told.recipient,
        "text": wording.text,
        "subject": wording.subject,
        "id": told.id,
        "account": letter.network.account.name if letter.network is not None else "",
    }
    kind = str(provider["content_type"])
    url = _filled(str(provider["url"]), values, ENCODINGS["application/x-www-form-urlencoded"])
    if provider["method"] == "GET":
        return url, None, dict(provider["headers"])
    body = _filled(str(provider["body"]), values, ENCODINGS[kind])
    return url, body.encode(), {**provider["headers"], "Content-Type": f"{kind}; charset=utf-8"}


def _filled(template: str, values: Mapping[str, str], encode: Callable[[str], str]) -> str:
    """One pass: what is filled in is not looked at again."""
    return _FIELD.sub(lambda match: encode(values[match[1]]) if match[1] in values else match[0], template)
