"""The worker that sends messages: it claims, its hands have a courier hand over, and it writes down what came of it."""

import asyncio
from contextlib import suppress
from pathlib import Path

import structlog

from acd.notification.courier import Courier
from acd.notification.journal import Journal, left_behind
from qms.bus import Bus
from qms.bus.ending import end
from qms.domain.errors import Unavailable
from qms.domain.ids import new_id
from qms.domain.message import Sent
from qms.services.notification import claims, outbox
from qms.services.notification.letters import Letter
from qms.store.aio import AsyncStore

TICK_SECONDS = 1.0
"""A wake-up that was lost costs so much."""

AHEAD = 3
"""So many letters are claimed for each hand: few, so that what is claimed is sent at once, or is looked at again."""

GATHERING_SECONDS = 0.05
"""So long what came of some letters waits for more, to be written down together."""

FRESH_SECONDS = 20.0
"""A letter that was claimed longer ago is left: the claim would run out before the courier is done with it."""

IDLE_SECONDS = 20.0
"""A connection that nobody needed for so long is closed."""

DEAD_SECONDS = 5.0
"""How often it is looked for what dead workers have left behind."""

HOUR_SECONDS = 3600.0
LAST_SECONDS = 3.0
"""Who stops waits so long for what is under way."""

log = structlog.get_logger(__name__)


class MessageWorker:
    """Has a courier send messages. Any number of workers may run, in any number of processes.

    `folder`: where journals are kept, the same for all processes of a machine.
    """

    def __init__(self, store: AsyncStore, bus: Bus, courier: Courier, *, folder: Path | None) -> None:
        self._store, self._bus, self._courier, self._folder = store, bus, courier, folder
        server = courier.server
        self._desk = claims.Desk(worker=new_id(courier.wall()), mails=server is not None, public_url=courier.public_url)
        self._hands = server.connections if server is not None else 4
        self._journal = Journal(None, "")
        self._letters: asyncio.Queue[tuple[float, Letter]] = asyncio.Queue()
        self._under_way = 0
        self._holding: set[str] = set()
        self._sent: list[Sent] = []
        self._progress = asyncio.Event()
        self._next_tidying = self._next_look = 0.0
        self._away = self._stopping = False

    async def run(self) -> None:
        """Send until cancelled; then give what is under way a moment, and hand the rest back."""
        self._journal = Journal(self._folder, self._desk.worker)
        hands = [asyncio.create_task(self._hand()) for _ in range(self._hands)]
        try:
            await self._begin()
            with self._bus.listen("outbox") as listener:
                while True:
                    busy = await self._round_or_log()
                    if busy:
                        await self._some_progress()
                    else:
                        await listener.wait(TICK_SECONDS)
        finally:
            await self._stop(hands)

    async def round(self) -> bool:
        """Write down what came of some letters, and claim more; whether any are under way."""
        room = self._hands * AHEAD - self._under_way
        wanted = room if room >= self._hands and await self._store.read(claims.anything_due) else 0
        if not wanted and not self._sent:
            return self._under_way > 0
        sent, self._sent = self._sent, []
        try:
            letters = await self._store.write(
                claims.exchange, desk=self._desk, sent=sent, most=wanted, but=frozenset(self._holding)
            )
        except BaseException:
            self._sent = sent + self._sent
            raise
        self._under_way += len(letters)
        self._holding.difference_update(one.message.id for one in sent)
        self._holding.update(letter.message.id for letter in letters)
        now = asyncio.get_running_loop().time()
        for letter in letters:
            self._letters.put_nowait((now, letter))
        if self._under_way == 0 and not self._sent:
            self._journal.clear()
        return self._under_way > 0

    async def _begin(self) -> None:
        if self._desk.mails:
            try:
                await self._store.write(claims.hurry)
            except Unavailable:
                return  # they come up by themselves

    async def _round_or_log(self) -> bool:
        try:
            await self._recover()
            busy = await self.round()
            await self._tidy()
            self._away = False
            return busy
        except Unavailable as error:
            if not self._away:
                log.warning("messages_wait_for_database", error=str(error))
            self._away = True
        except Exception:
            log.exception("bug")
        return False

    async def _some_progress(self) -> None:
        """Until a hand is free, and a moment longer."""
        if not self._sent:
            self._progress.clear()
            try:
                async with asyncio.timeout(TICK_SECONDS):  # `wait_for` may lose a cancellation
                    await self._progress.wait()
            except TimeoutError:
                return
        if self._under_way > self._hands:
            await asyncio.sleep(GATHERING_SECONDS)

    async def _recover(self) -> None:
        """Settle what workers of this machine that were killed have left behind."""
        now = asyncio.get_running_loop().time()
        if now < self._next_look:
            return
        self._next_look = now + DEAD_SECONDS
        with left_behind(self._folder, self._desk.worker) as remains:
            for worker, begun in remains.items():
                desk = claims.Desk(worker=worker, mails=self._desk.mails, public_url=self._desk.public_url)
                given_back = await self._store.write(claims.release, desk=desk, but=begun)
                unknown = sum(not taken for taken in begun.values())
                log.warning("worker_was_killed", worker=worker, given_back=given_back, unconfirmed=unknown)

    async def _tidy(self) -> None:
        now = asyncio.get_running_loop().time()
        if now >= self._next_tidying:
            forgotten = await self._store.write(outbox.forget)
            self._next_tidying = now + (0 if forgotten else HOUR_SECONDS)

    async def _hand(self) -> None:
        connection = self._courier.connection()
        try:
            while not self._stopping:
                try:
                    async with asyncio.timeout(IDLE_SECONDS):
                        claimed, letter = await self._letters.get()
                except TimeoutError:
                    if connection is not None:
                        await connection.close()
                    continue
                if asyncio.get_running_loop().time() >= claimed + FRESH_SECONDS:
                    self._holding.discard(letter.message.id)
                else:
                    sent = await self._courier.send(letter, connection, self._journal)
                    self._sent.append(sent)  # to the list as it is now: it is another one after every round
                self._under_way -= 1
                self._progress.set()
        finally:
            if connection is not None:
                await connection.close()

    async def _stop(self, hands: list[asyncio.Task[None]]) -> None:
        """Wait a moment for what is under way, write down what came of it, and give the rest back."""
        self._stopping = True
        while not self._letters.empty():
            self._letters.get_nowait()
            self._under_way -= 1
        until = asyncio.get_running_loop().time() + LAST_SECONDS
        while self._under_way > 0 and asyncio.get_running_loop().time() < until:
            self._progress.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(0.2):
                    await self._progress.wait()
        await end(hands)
        try:
            await self._store.write(claims.exchange, desk=self._desk, sent=self._sent, most=0)
            await self._store.write(claims.release, desk=self._desk, but={})
            self._journal.close()
        except Unavailable:
            log.warning("claims_left_to_lapse")
        await self._courier.close()
