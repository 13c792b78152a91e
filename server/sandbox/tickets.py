"""The way of a ticket as the Videsk dialect has it: lists, refusals, the ticket, and the webhook about it."""

import secrets
from collections.abc import AsyncIterator
from typing import Any

from server.sandbox.finding import Finding, holds, untried
from server.sandbox.listening import Heard
from server.sandbox.trial import Trial, said

BRANCHES = "/public/video-contact-center/branches"
ENVELOPE = {"name", "message", "code", "className", "errors"}
SENT = {"visit": 42, "who": {"vip": True}, "text": "ñandú ☂"}
"""Comes back as it was sent."""


async def try_tickets(trial: Trial) -> AsyncIterator[Finding]:
    """From the list of branches to the signed webhook."""
    for part in (_lists, _refusals, _ticket):
        async for finding in part(trial):
            yield finding


def enveloped(body: Any, code: int) -> bool:
    """Whether a refusal stands in the dialect's envelope."""
    return isinstance(body, dict) and body.keys() >= ENVELOPE and body.get("code") == code


def _queues(trial: Trial) -> str:
    return f"{BRANCHES}/{trial.told.branch}/queues"


async def _lists(trial: Trial) -> AsyncIterator[Finding]:
    told = trial.told
    for name, path, id in (("branches", BRANCHES, told.branch), ("queues", _queues(trial), told.queue)):
        answered = status, listed = await trial.ask("GET", path, token=told.key)
        there = status == 200 and any(one.get("id") == id for one in listed)
        yield holds(f"{name} are listed with their ids", there, said(answered))


async def _refusals(trial: Trial) -> AsyncIterator[Finding]:
    told, queues = trial.told, _queues(trial)
    body: dict[str, Any] = {"json": {"ticketId": "K-0"}}
    cases: tuple[tuple[str, int, int, str, str | None, dict[str, Any]], ...] = (
        ("without a key: 401", 401, 401, told.queue, None, body),
        ("an unknown queue: 400 with the code 404", 400, 404, "0" * 24, told.key, body),
        ("a body that is no JSON: 400", 400, 400, told.queue, told.key, {"data": b"{"}),
        ("a queue that nobody serves: 406", 406, 406, told.unstaffed_queue, told.key, body),
    )
    for name, expected, code, queue, token, more in cases:
        answered = status, refusal = await trial.ask("POST", f"{queues}/{queue}", token=token, **more)
        yield holds(f"{name}, in the envelope", status == expected and enveloped(refusal, code), said(answered))


async def _ticket(trial: Trial) -> AsyncIterator[Finding]:
    number, once = f"K-{secrets.token_hex(3)}", {"Idempotency-Key": secrets.token_hex(12)}
    path = f"{_queues(trial)}/{trial.told.queue}"
    asked: dict[str, Any] = {"token": trial.told.key, "headers": once}
    wish = {"ticketId": number, "integrationData": SENT}
    answered = status, ticket = await trial.ask("POST", path, **asked, json=wish)
    taken = status == 201 and ticket.keys() >= {"id", "segment"}
    yield holds("a ticket is taken: 201 with id and segment", taken, said(answered))
    if not taken:
        return
    again = await trial.ask("POST", path, **asked, json=wish)
    yield holds("the same key gives the same answer", again == answered, said(again))
    other = await trial.ask("POST", path, **asked, json={"ticketId": "another"})
    yield holds("the same key with another body: 422", other[0] == 422, said(other))
    async for finding in _webhook(trial, ticket["id"], number):
        yield finding


async def _webhook(trial: Trial, ticket: str, number: str) -> AsyncIterator[Finding]:
    if trial.ear is None:
        yield untried("the webhook comes", f"somebody listens at {trial.told.webhook_url} already")
        return
    heard = await trial.ear.about(ticket)
    yield holds("the webhook comes when an agent answers", heard is not None, "nothing came in 20 s")
    if heard is not None:
        for finding in _heard(heard, number, trial.told.webhook_secret):
            yield finding


def _heard(heard: Heard, number: str, secret: str) -> list[Finding]:
    told, data = heard.value, heard.value["data"]
    return [
        holds("it is signed, and its time is now", heard.signed_with(secret), "it is not"),
        holds("it says what happened, and has a trace", told["event"] == "qms.assigned" and bool(told["traceId"])),
        holds("it names the ticket by its number", data["ticketId"] == number, data["ticketId"]),
        holds("the integration data comes back as it was sent", data["integrationData"] == SENT),
        holds("it says who serves, and where", bool(data["agent"]) and bool(data["poc"])),
    ]
