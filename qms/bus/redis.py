"""The bus of many processes: topics over one Redis channel. Outages are outlived; nothing is kept in Redis."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Iterable

import redis.asyncio as aioredis
import redis.exceptions
import structlog

from qms.bus.ending import end
from qms.bus.listener import Board, Listener

CHANNEL = "turnero:wake"
BACK_OFF_SECONDS = (0.1, 0.25, 0.5, 1.0)
GOOD_SECONDS = 10.0
"""Who has worked for so long and fails then, fails for the first time."""

QUIET_SECONDS = 0.5
"""After so much silence the other side is asked whether it is there; after as much again, the connection is lost."""

log = structlog.get_logger(__name__)


class RedisBus:
    """Wakes this process at once and the others through Redis."""

    def __init__(self, url: str) -> None:
        self._redis = aioredis.Redis.from_url(
            url,
            decode_responses=True,
            protocol=2,  # the newer one's answer to a subscriber's ping cannot be told from other messages
            socket_connect_timeout=1,
            socket_timeout=1,
        )
        self._board = Board()
        self._name = secrets.token_hex(6)
        self._pending: set[str] = set()
        self._passing: set[str] = set()
        self._reached = True
        self._something = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def publish(self, topics: Iterable[str], *, late: bool = True) -> None:
        """Wake everybody here now, and the other processes when Redis takes the message; if `late`, ever so late."""
        told = set(topics)
        if told:
            self._board.notify(told)
            if late:
                self._pending |= told
            elif self._reached:
                self._passing |= told
            self._something.set()

    def listen(self, *topics: str) -> Listener:
        """A listener to enter with `with`."""
        return Listener(self._board, topics)

    async def start(self) -> None:
        """Begin to send and to receive."""
        self._tasks = [asyncio.create_task(self._keep(self._send)), asyncio.create_task(self._keep(self._receive))]

    async def close(self) -> None:
        """Stop both, and let go of the connections."""
        await end(self._tasks)
        await self._redis.aclose()

    async def healthy(self) -> bool:
        """Whether Redis answers."""
        try:
            async with asyncio.timeout(1):
                return bool(await self._redis.ping())
        except (redis.exceptions.RedisError, OSError, TimeoutError):
            return False

    async def _keep(self, work: Callable[[], Awaitable[None]]) -> None:
        loop, failures = asyncio.get_running_loop(), 0
        while True:
            begun = loop.time()
            try:
                await work()
            except (redis.exceptions.RedisError, OSError, TimeoutError) as error:
                if loop.time() - begun > GOOD_SECONDS:
                    failures = 0
                if failures == 0:
                    log.warning("bus_lost", error=type(error).__name__)
                await asyncio.sleep(BACK_OFF_SECONDS[min(failures, len(BACK_OFF_SECONDS) - 1)])
                failures += 1

    async def _send(self) -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            topics, self._pending = self._pending, set()
            passing, self._passing = self._passing, set()
            try:
                await self._redis.publish(CHANNEL, "\n".join([self._name, *topics, *passing]))
                self._reached = True
            except BaseException:
                self._reached = False
                self._pending |= topics
                self._something.set()
                raise

    async def _receive(self) -> None:
        async with self._redis.pubsub() as subscription:
            await subscription.subscribe(CHANNEL)
            asked = False
            while True:
                message = await subscription.get_message(ignore_subscribe_messages=True, timeout=QUIET_SECONDS)
                if message is None and asked:
                    raise TimeoutError("silence")
                asked = message is None
                if message is None:
                    await subscription.ping()
                elif message["type"] == "message":
                    self._hear(message["data"])

    def _hear(self, said: str) -> None:
        sender, *topics = said.split("\n")
        if sender != self._name:
            self._board.notify(topics)
