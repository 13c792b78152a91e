"""The courier: says a delivery in its dialect, sends it signed, and writes down what came of it."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import structlog

from acd.delivery.metrics import count
from acd.delivery.schedule import next_step
from acd.delivery.sender import Sender
from acd.delivery.signature import signature_headers
from acd.delivery.trial import test_rendered
from acd.delivery.turns import Turns
from qms.domain.delivery import TEST, Dead, Delivered, Disable, Outcome, Parcel, Rendered, Step, Tried, Withheld
from qms.domain.errors import Unavailable
from qms.domain.templates import TemplateProblem
from qms.services import attempts, claims
from qms.store.aio import AsyncStore

Renderer = Callable[[Parcel], Rendered]
"""Says a delivery in a dialect: its body, and the headers that go with it."""

WRITING_SECONDS = 10.0
"""How long an outcome waits for a database that is away, before the claim is left to lapse …"""

AGAIN_SECONDS = 1.0
"""… and how often it is tried meanwhile."""

FRAMING = frozenset({"host", "connection", "content-length", "transfer-encoding", "upgrade", "expect", "te", "trailer"})
"""Headers of the connection, not of the message: whoever configures a webhook does not set them."""

log = structlog.get_logger(__name__)


def total_seconds(dialect: str) -> float:
    """How long an attempt may take: Videsk gives its targets 30 s, Standard Webhooks say 15 s are enough."""
    return 15 if dialect == "native" else 30


def any_jitter() -> float:
    """A number between -1 and 1."""
    return secrets.SystemRandom().uniform(-1, 1)


class Courier:
    """Carries deliveries out that a worker has claimed, as many at a time to a target as that takes.

    `wall` is the machine's clock, for `webhook-timestamp`. `jitter` gives numbers between -1 and 1.
    """

    def __init__(
        self,
        store: AsyncStore,
        renderers: Mapping[str, Renderer],
        sender: Sender,
        *,
        wall: Callable[[], datetime],
        jitter: Callable[[], float] = any_jitter,
    ) -> None:
        self._store = store
        self._renderers = renderers
        self._sender = sender
        self._wall = wall
        self._jitter = jitter
        self._turns = Turns()

    async def close(self) -> None:
        """Let go of every connection."""
        await self._sender.close()

    async def deliver(self, parcel: Parcel) -> None:
        """Carry one delivery out. What goes wrong is written down as what came of it, a bug of ours too.

        Raises:
            Unavailable: it could not be written down; the claim lapses, and the target will hear it again.
        """
        try:
            render = test_rendered if parcel.delivery.event == TEST else self._renderers[parcel.webhook.dialect]
            rendered = render(parcel)
        except TemplateProblem as problem:  # the customer's template: it may be another one when it is replayed
            await self._finish(parcel, Outcome(failure="parsing", excerpt=str(problem)), Dead("unrenderable"))
            return
        except Exception:  # a bug of ours: it would be the same at the next attempt
            log.exception("bug", delivery=parcel.delivery.id)
            await self._finish(parcel, Outcome(failure="render"), Dead("unrenderable"))
            return
        if rendered.withheld:
            await self._finish(parcel, Outcome(), Withheld())
            return
        async with self._turns.at(parcel.webhook) as ours:
            sent = await self._send(parcel, rendered) if ours else None
        if sent is None:
            await self._store.write(claims.release, parcels=(parcel,))
            return
        outcome = _masked(sent, parcel.webhook.secrets)
        step = next_step(parcel.webhook.dialect, parcel.attempt_number, outcome, self._jitter())
        if isinstance(step, Disable):
            self._turns.refused(parcel.webhook)
        await self._finish(parcel, outcome, step)

    async def _send(self, parcel: Parcel, rendered: Rendered) -> Outcome:
        webhook, body = parcel.webhook, rendered.body
        secret, *before = webhook.signing_secrets(parcel.at)
        id = parcel.delivery.id
        signature = signature_headers(id=id, at=self._wall(), body=body, secret=secret, also=before)
        trace = {"traceparent": parcel.delivery.traceparent} if parcel.delivery.traceparent else {}
        headers = _merged({} if webhook.custom else webhook.headers, rendered.headers, trace, signature)
        return await self._sender.send(
            rendered.url or webhook.url,
            body=body,
            headers=headers,
            seconds=total_seconds(webhook.dialect),
            method=rendered.method,
            verify_tls=rendered.verify_tls,
        )

    async def _finish(self, parcel: Parcel, outcome: Outcome, step: Step) -> None:
        said = {"delivery": parcel.delivery.id, "webhook": parcel.webhook.key, "attempt": parcel.attempt_number}
        if isinstance(step, Delivered | Withheld):
            log.info(
                "withheld" if isinstance(step, Withheld) else "delivered",
                **said,
                status=outcome.status,
                ms=outcome.duration_ms,
            )
        else:
            log.warning("not_delivered", **said, error=outcome.error, step=str(step), ms=outcome.duration_ms)
        count(outcome, step)
        loop = asyncio.get_running_loop()
        last = loop.time() + WRITING_SECONDS
        while True:
            try:
                await self._store.take(attempts.finish, Tried(parcel=parcel, outcome=outcome, step=step))
                return
            except Unavailable:
                if loop.time() > last:
                    raise
                await asyncio.sleep(AGAIN_SECONDS)


def _masked(outcome: Outcome, secrets: Mapping[str, str]) -> Outcome:
    """What came of a try, without the secrets that the target may have said again."""
    text = outcome.excerpt
    for secret in sorted(secrets.values(), key=len, reverse=True) if text else ():
        text = text.replace(secret, "******") if text else text
    return outcome if text == outcome.excerpt else replace(outcome, excerpt=text)


def _merged(*given: Mapping[str, str]) -> dict[str, str]:
    """Headers by name, whatever its case; the later ones win, so that nobody signs in our place."""
    merged: dict[str, tuple[str, str]] = {}
    for headers in given:
        merged |= {name.lower(): (name, value) for name, value in headers.items() if name.lower() not in FRAMING}
    return dict(merged.values())
