"""Looking up names in threads of its own, so that a name server that hangs holds up nothing and nobody else."""

import asyncio
import socket
import threading
from contextlib import suppress

from aiohttp.abc import AbstractResolver, ResolveResult


class Resolver(AbstractResolver):
    """The system's resolver, a thread to each question; whoever shuts down does not wait for the answer."""

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a name.

        Raises:
            OSError: it has none, or nobody could be asked.
        """
        question = _Question(host, port, family)
        threading.Thread(target=question.ask, name=f"resolve-{host}", daemon=True).start()
        return await question.answer

    async def close(self) -> None:
        """Nothing to close: what still hangs ends by itself."""


class _Question:
    def __init__(self, host: str, port: int, family: socket.AddressFamily) -> None:
        self._loop = asyncio.get_running_loop()
        self.answer: asyncio.Future[list[ResolveResult]] = self._loop.create_future()
        self._host, self._port, self._family = host, port, family

    def ask(self) -> None:
        found, error = [], None
        try:
            infos = socket.getaddrinfo(
                self._host, self._port, family=self._family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
            )
            found = [self._result(family, protocol, str(address[0])) for family, _, protocol, _, address in infos]
        except (OSError, UnicodeError) as failure:
            error = failure if isinstance(failure, OSError) else OSError(str(failure))
        with suppress(RuntimeError):  # the loop has closed: nobody waits any more
            self._loop.call_soon_threadsafe(self._settle, found, error)

    def _settle(self, found: list[ResolveResult], error: OSError | None) -> None:
        if self.answer.done():
            return
        if error is not None:
            self.answer.set_exception(error)
        else:
            self.answer.set_result(found)

    def _result(self, family: socket.AddressFamily, protocol: int, address: str) -> ResolveResult:
        return ResolveResult(
            hostname=self._host,
            host=address,
            port=self._port,
            family=family,
            proto=protocol,
            flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
        )
