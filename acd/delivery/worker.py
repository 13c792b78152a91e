"""The worker that delivers: rounds of claiming what is due, and a task for each delivery under way."""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime

import structlog
from aiohttp.abc import AbstractResolver

from acd.delivery.courier import Courier, Renderer, any_jitter
from acd.delivery.guard import Guard
from acd.delivery.sender import Sender
from qms.bus import Bus
from qms.bus.ending import end
from qms.domain.delivery import Parcel
from qms.domain.errors import Unavailable
from qms.services import claims, deliveries
from qms.store.aio import AsyncStore

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

log = structlog.get_logger(__name__)


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
        jitter: Callable[[], float] = any_jitter,
        resolver: AbstractResolver | None = None,
        worker: str | None = None,
    ) -> None:
        self._store = store
        self._bus = bus
        self._worker = worker
        sender = Sender(guard, user_agent=f"Turnero/{version}", wall=wall, resolver=resolver)
        self._courier = Courier(store, renderers, sender, wall=wall, jitter=jitter)
        self._under_way: dict[asyncio.Task[None], Parcel] = {}
        self._busy: Counter[str] = Counter()
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
            task = asyncio.create_task(self._courier.deliver(parcel))
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
        await self._courier.close()

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
