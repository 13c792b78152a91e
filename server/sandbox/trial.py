"""A running sandbox as a client of it meets it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp

from server.sandbox.listening import Listening
from server.sandbox.particulars import Particulars

Answered = tuple[int, Any]
"""A status, and the JSON that came with it (None: there was none)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a part of the contract is tried with; `now` is the sandbox's time when the check began."""

    http: aiohttp.ClientSession
    url: str
    told: Particulars
    ear: Listening | None
    now: datetime

    async def ask(
        self, method: str, path: str, *, token: str | None = None, headers: dict[str, str] | None = None, **more: Any
    ) -> Answered:
        """The answer to a request; `token` goes into `Authorization`."""
        sent = {"Content-Type": "application/json"} | (headers or {})
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        async with self.http.request(method, self.url + path, headers=sent, **more) as answer:
            try:
                return answer.status, await answer.json(content_type=None)
            except ValueError:
                return answer.status, None


def said(answered: Answered) -> str:
    """An answer, for whoever has to find out what is wrong with it."""
    status, body = answered
    return f"{status} {str(body)[:200]}"
