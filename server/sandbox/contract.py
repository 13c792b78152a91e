"""The way of a ticket as the Videsk dialect has it, gone from outside: what a client may count on."""

import secrets
from collections.abc import AsyncIterator
from typing import Any

import aiohttp

from server.sandbox.finding import Finding, holds, untried
from server.sandbox.listening import Heard, Listening, listening
from server.sandbox.particulars import Particulars
from server.sandbox.receiver import try_receiver

BRANCHES = "/public/video-contact-center/branches"
ENVELOPE = {"name", "message", "code", "className", "errors"}
SENT = {"visit": 42, "who": {"vip": True}, "text": "ñandú ☂"}
"""Comes back as it was sent."""


async def check_contract(told: Particulars, url: str, receiver: str | None) -> list[Finding]:
    """Try a sandbox, and a vendor's receiver where one is named; nothing is tried where it is no sandbox."""
    timeout = aiohttp.ClientTimeout(total=15)
    async with aiohttp.ClientSession(timeout=timeout) as http, listening(told.webhook_url) as ear:
        try:
            kit = _Kit(http, url.rstrip("/"), told, ear)
            found = [finding async for finding in kit.run()]
        except (aiohttp.ClientError, TimeoutError) as error:
            return [holds("the sandbox answers", False, f"{url}: {type(error).__name__}")]
        if receiver is not None:
            found += [finding async for finding in try_receiver(http, receiver, told)]
    return found


class _Kit:
    def __init__(self, http: aiohttp.ClientSession, url: str, told: Particulars, ear: Listening | None) -> None:
        self._http = http
        self._url = url
        self._told = told
        self._ear = ear
        self._queues = f"{BRANCHES}/{told.branch}/queues"

    async def run(self) -> AsyncIterator[Finding]:
        status, version = await self._ask("GET", "/version", key=False)
        if status != 200 or not version.get("sandbox"):
            yield holds("it is a sandbox", False, "its clock is the world's: nothing was tried")
            return
        yield holds("it is a sandbox", True)
        async for finding in self._lists():
            yield finding
        async for finding in self._refusals():
            yield finding
        async for finding in self._ticket():
            yield finding

    async def _lists(self) -> AsyncIterator[Finding]:
        status, branches = await self._ask("GET", BRANCHES)
        listed = status == 200 and any(branch.get("id") == self._told.branch for branch in branches)
        yield holds("branches are listed with their ids", listed, _said(status, branches))
        status, queues = await self._ask("GET", self._queues)
        listed = status == 200 and any(queue.get("id") == self._told.queue for queue in queues)
        yield holds("queues are listed with their ids", listed, _said(status, queues))

    async def _refusals(self) -> AsyncIterator[Finding]:
        nowhere, unstaffed = f"{self._queues}/{'0' * 24}", f"{self._queues}/{self._told.unstaffed_queue}"
        cases: tuple[tuple[str, int, int, dict[str, Any]], ...] = (
            ("without a key: 401", 401, 401, {"key": False}),
            ("an unknown queue: 400 with the code 404", 400, 404, {"path": nowhere}),
            ("a body that is no JSON: 400", 400, 400, {"data": b"{"}),
            ("a queue that nobody serves: 406", 406, 406, {"path": unstaffed}),
        )
        for name, expected, code, more in cases:
            path = more.pop("path", f"{self._queues}/{self._told.queue}")
            status, body = await self._ask("POST", path, **({"json": {"ticketId": "K-0"}} | more))
            enveloped = isinstance(body, dict) and body.keys() >= ENVELOPE and body.get("code") == code
            yield holds(f"{name}, in the envelope", status == expected and enveloped, _said(status, body))

    async def _ticket(self) -> AsyncIterator[Finding]:
        number, key = f"K-{secrets.token_hex(3)}", secrets.token_hex(12)
        path, once = f"{self._queues}/{self._told.queue}", {"Idempotency-Key": key}
        status, ticket = await self._ask("POST", path, headers=once, json={"ticketId": number, "integrationData": SENT})
        taken = status == 201 and ticket.keys() >= {"id", "segment"}
        yield holds("a ticket is taken: 201 with id and segment", taken, _said(status, ticket))
        if not taken:
            return
        again = await self._ask("POST", path, headers=once, json={"ticketId": number, "integrationData": SENT})
        yield holds("the same key gives the same answer", again == (status, ticket), _said(*again))
        other = await self._ask("POST", path, headers=once, json={"ticketId": "another"})
        yield holds("the same key with another body: 422", other[0] == 422, _said(*other))
        if self._ear is None:
            yield untried("the webhook comes", f"somebody listens at {self._told.webhook_url} already")
            return
        heard = await self._ear.about(ticket["id"])
        yield holds("the webhook comes when an agent answers", heard is not None, "nothing came in 20 s")
        if heard is not None:
            for finding in self._heard(heard, number):
                yield finding

    def _heard(self, heard: Heard, number: str) -> list[Finding]:
        said, data = heard.value, heard.value["data"]
        return [
            holds("it is signed, and its time is now", heard.signed_with(self._told.webhook_secret), "it is not"),
            holds("it says what happened, and has a trace", said["event"] == "qms.assigned" and bool(said["traceId"])),
            holds("it names the ticket by its number", data["ticketId"] == number, data["ticketId"]),
            holds("the integration data comes back as it was sent", data["integrationData"] == SENT),
            holds("it says who serves, and where", bool(data["agent"]) and bool(data["poc"])),
        ]

    async def _ask(
        self, method: str, path: str, *, key: bool = True, headers: dict[str, str] | None = None, **more: Any
    ) -> tuple[int, Any]:
        sent = {"Content-Type": "application/json"} | (headers or {})
        if key:
            sent["Authorization"] = f"Bearer {self._told.key}"
        if "data" in more:
            more.pop("json", None)
        async with self._http.request(method, self._url + path, headers=sent, **more) as answer:
            try:
                return answer.status, await answer.json(content_type=None)
            except ValueError:
                return answer.status, None


def _said(status: int, body: Any) -> str:
    return f"{status} {str(body)[:200]}"
