"""The worker that delivers: rounds of claiming what is due, and a task for each delivery under way."""

import asyncio
import secrets
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

import structlog
from aiohttp.abc import AbstractResolver

from acd.delivery.guard import Guard
from acd.delivery.metrics import count
from acd.delivery.schedule import next_step
from acd.delivery.sender import Sender
from acd.delivery.signature import signature_headers
from acd.delivery.trial import test_rendered
from acd.delivery.turns import Turns
from qms.bus import Bus
from qms.bus.ending import end
from qms.domain.delivery import TEST, Dead, Delivered, Disable, Outcome, Parcel, Rendered, Step, Tried, Withheld
from qms.domain.errors import Unavailable
from qms.domain.templates import TemplateProblem
from qms.services import attempts, claims, deliveries
from qms.store.aio import AsyncStore

Renderer = Callable[[Parcel], Rendered]
"""Says a delivery in a dialect: its body, and the headers that go with it."""

TICK_SECONDS = 1.0
"""A wake-up that was lost costs so much."""

MOST_AT_ONCE = 400
"""So many deliveries may be under way in one process: each costs a socket."""

DEAD_SECONDS = 5.0
"""How often it is looked for what dead workers have claimed."""

HOUR_SECONDS = 3600.0
"""How often what is over and old is forgotten."""

LAST_SECONDS = 3.0
"""Who stops waits so long for the deliveries under way."""

WRITING_SECONDS = 10.0
"""How long an outcome waits for a database that is away, before the claim is left to lapse."""

FRAMING = frozenset({"host", "connection", "content-length", "transfer-encoding", "upgrade", "expect", "te", "trailer"})
"""Headers of the connection, not of the message: whoever configures a webhook does not set them."""

log = structlog.get_logger(__name__)


def total_seconds(dialect: str) -> float:
    """How long an attempt may take: Videsk gives its targets 30 s, Standard Webhooks say 15 s are enough."""
    return 15 if dialect == "native" else 30


def _any_jitter() -> float:
    return secrets.SystemRandom().uniform(-1, 1)


class DeliveryWorker:
    """Sends deliveries. Any number of workers may run, in any number of processes.

    `wall` is the machine's clock, for `webhook-timestamp`. `jitter` gives numbers between -1 and 1.
    `worker`: under which name a lease says that this process lives; what it claimed is given back soon after it died.
    """

    def __init__(
        self,
        store: AsyncStore,
        bus: Bus,
        renderers: Mapping[str, Renderer],
        guard: Guard,
        *,
        version: str,
        wall: Callable[[], datetime],
        jitter: Callable[[], float] = _any_jitter,
        resolver: AbstractResolver | None = None,
        worker: str | None = None,
    ) -> None:
        self._store = store
        self._bus = bus
        self._renderers = renderers
        self._wall = wall
        self._worker = worker
        self._jitter = jitter
        self._sender = Sender(guard, user_agent=f"Turnero/{version}", wall=wall, resolver=resolver)
        self._under_way: dict[asyncio.Task[None], Parcel] = {}
        self._busy: Counter[str] = Counter()
        self._turns = Turns()
        self._wake: Callable[[str], None] = lambda topic: None
        self._next_tidying = self._next_look = 0.0
        self._away = False

    async def run(self) -> None:
        """Deliver until cancelled; then give what is under way a moment, and hand the rest back."""
        with self._bus.listen("outbox") as listener:
            self._wake = listener.hear
            try:
                while True:
                    await self._round_or_log()
                    await listener.wait(TICK_SECONDS)
            finally:
                await self.close()

    async def round(self) -> int:
        """Claim what is due and begin to send it; returns how many deliveries were begun.

        For a target more is claimed once all that it was claimed ahead is being sent: many at a time, not one by one.
        """
        due = await self._store.read(claims.due)
        idlest_first = sorted(due, key=lambda target: self._busy[target.webhook_id])
        room = {
            target: claims.AHEAD * target.max_concurrency - self._busy[target.webhook_id]
            for target in idlest_first
            if self._busy[target.webhook_id] <= target.max_concurrency
        }
        if not room or len(self._under_way) >= MOST_AT_ONCE:
            return 0
        most = MOST_AT_ONCE - len(self._under_way)
        parcels = await self._store.write(claims.claim, room=room, most=most, worker=self._worker)
        for parcel in parcels:
            task = asyncio.create_task(self._deliver(parcel))
            self._under_way[task] = parcel
            self._busy[parcel.webhook.id] += 1
            task.add_done_callback(self._ended)
        return len(parcels)

    async def settle(self) -> None:
        """Wait until nothing is under way."""
        while self._under_way:
            await asyncio.wait(tuple(self._under_way))

    async def close(self) -> None:
        """Wait a moment for what is under way; give back the claims on the rest, and every connection."""
        if self._under_way:
            await asyncio.wait(tuple(self._under_way), timeout=LAST_SECONDS)
        late = dict(self._under_way)
        await end(late)
        if late:
            try:
                await self._store.write(claims.release, parcels=tuple(late.values()))
            except Unavailable:
                log.warning("claims_left_to_lapse", count=len(late))
        await self._sender.close()

    async def _round_or_log(self) -> None:
        try:
            await self._recover()
            await self.round()
            await self._tidy()
            self._away = False
        except Unavailable as error:
            if not self._away:
                log.warning("deliveries_wait_for_database", error=str(error))
            self._away = True
        except Exception:
            log.exception("bug")

    async def _recover(self) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._next_look:
            self._next_look = now + DEAD_SECONDS
            if await self._store.read(claims.anything_lost):
                log.warning("claims_of_the_dead", given_back=await self._store.write(claims.release_lost))

    async def _tidy(self) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._next_tidying:
            forgotten = await self._store.write(deliveries.forget)
            self._next_tidying = now + (0 if forgotten else HOUR_SECONDS)

    def _ended(self, task: asyncio.Task[None]) -> None:
        webhook = self._under_way.pop(task).webhook
        self._busy[webhook.id] -= 1
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("bug", exc_info=error)
        if self._busy[webhook.id] <= webhook.max_concurrency or len(self._under_way) == MOST_AT_ONCE - 1:
            self._wake("outbox")

    async def _deliver(self, parcel: Parcel) -> None:
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
                await asyncio.sleep(TICK_SECONDS)


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
