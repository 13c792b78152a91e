"""Trying a vendor's own receiver: it takes what is signed, and nothing else."""

import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import msgspec

from acd.delivery.signature import signature_headers
from server.sandbox.finding import Finding, holds
from server.sandbox.particulars import Particulars


def sample(told: Particulars) -> bytes:
    """A `qms.assigned` as the Videsk dialect says it."""
    id, now = secrets.token_hex(12), datetime.now(UTC).isoformat()
    branch = {
        "id": told.branch,
        "name": "main",
        "label": "Main branch",
        "address": "1 Sandy Lane",
        "location": [38.7, -9.1],
    }
    data = {
        "id": id,
        "ticketId": "K-1",
        "integrationData": {"visit": 42},
        "segment": {"id": told.queue, "name": "Advice"},
        "branch": branch,
        "poc": {"id": secrets.token_hex(12), "label": "Booth A"},
        "agent": {
            "_id": secrets.token_hex(12),
            "firstname": "Ann",
            "lastname": "Sands",
            "email": "ann@sandbox.example",
        },
        "call": {"id": id, "startedAt": now},
        "queue": {"id": id, "createdAt": now, "answeredAt": now, "duration": 0.5},
        "submittedForm": [],
    }
    return msgspec.json.encode(
        {"event": "qms.assigned", "traceId": secrets.token_hex(16), "createdAt": now, "data": data}
    )


async def try_receiver(http: aiohttp.ClientSession, url: str, told: Particulars) -> AsyncIterator[Finding]:
    """Send it what it should take, and what it should not."""
    body, id, now = sample(told), f"msg_{secrets.token_hex(12)}", datetime.now(UTC)
    signed = signature_headers(id=id, at=now, body=body, secret=told.webhook_secret)
    late = signature_headers(id=id, at=now - timedelta(hours=1), body=body, secret=told.webhook_secret)
    theirs = signature_headers(id=id, at=now, body=body, secret="somebody else's")  # noqa: S106 - nobody's
    cases: tuple[tuple[str, bytes, dict[str, str], bool], ...] = (
        ("receiver takes what is signed", body, signed, True),
        ("receiver takes the same again, as a retry brings it", body, signed, True),
        ("receiver refuses another body under the signature", body.replace(b"K-1", b"K-2"), signed, False),
        ("receiver refuses what somebody else has signed", body, theirs, False),
        ("receiver refuses what is an hour old", body, late, False),
        ("receiver refuses what is not signed", body, {}, False),
    )
    for name, sent, headers, welcome in cases:
        try:
            async with http.post(url, data=sent, headers={"Content-Type": "application/json"} | headers) as answer:
                status = answer.status
        except (aiohttp.ClientError, TimeoutError) as error:
            yield holds(name, False, type(error).__name__)
            return
        yield holds(name, 200 <= status < 300 if welcome else 400 <= status < 500, f"it answered {status}")
