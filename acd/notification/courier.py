"""The courier: words a letter and hands it over by its channel, and says what came of it."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from acd.delivery.guard import Guard
from acd.notification.journal import Journal
from acd.notification.mail import Unmailable, mail
from acd.notification.mailbox import SmtpServer
from acd.notification.provider import request_of
from acd.notification.push import push_request
from acd.notification.requests import Requester
from acd.notification.smtp import NotTaken, SmtpConnection
from qms.domain.message import Sent, Wording
from qms.services.notification.letters import Letter
from qms.services.summoning.push_key import PushKey

Speaker = Callable[[Letter], Wording]
"""Words a letter."""

HANDING_SECONDS = 28.0
"""Handing a letter over takes at most so long."""

log = structlog.get_logger(__name__)


class Courier:
    """Hands letters over: to a mail server, to providers of messages, to browsers.

    `server` None: nobody sends e-mail; `sender` is for a server that names none. `push_key` None: nobody reaches
    browsers. `wall` is the machine's clock, for the date of an e-mail.
    """

    def __init__(
        self,
        speaker: Speaker,
        guard: Guard,
        *,
        server: SmtpServer | None,
        public_url: str,
        sender: str,
        version: str,
        wall: Callable[[], datetime],
        push_key: PushKey | None = None,
    ) -> None:
        self.server, self.public_url, self.wall = server, public_url, wall
        self._speak, self._push_key = speaker, push_key
        self._sender = (server.sender if server is not None else None) or sender
        self._requests = Requester(guard, user_agent=f"Turnero/{version}", wall=wall)

    def connection(self) -> SmtpConnection | None:
        """A connection to the mail server, opened when it is first needed."""
        return SmtpConnection(self.server) if self.server is not None else None

    async def send(self, letter: Letter, connection: SmtpConnection | None, journal: Journal) -> Sent:
        """Hand a letter over, and say what came of it; from when on it may have gone out, the journal knows."""
        told, begun = letter.message, False

        def begin() -> None:
            nonlocal begun
            begun = True
            journal.begin(told.id)

        error, for_good, unconfirmed, rest = None, False, False, None
        try:
            async with asyncio.timeout(HANDING_SECONDS):
                await self._hand_over(letter, connection, begin)
        except TimeoutError:
            error = "timeout"
        except NotTaken as refused:
            error, for_good, rest = refused.error, refused.for_good, refused.rest
        except Unmailable:
            error, for_good = "bad_recipient", True
        except asyncio.CancelledError:  # nobody has time any more
            error, unconfirmed = "stopped", begun
        except Exception:  # a bug of ours: it would be the same at the next attempt
            log.exception("bug", message=told.id)
            error, for_good = "render", True
        if begun and not unconfirmed:
            journal.end(told.id, taken=error is None)
        said = {"message": told.id, "kind": told.kind, "channel": told.channel, "attempt": told.attempts + 1}
        log.info("message_sent", **said) if error is None else log.warning("message_not_sent", **said, error=error)
        return Sent(message=told, error=error, for_good=for_good, unconfirmed=unconfirmed, rest=rest)

    async def close(self) -> None:
        """Let go of the providers' connections."""
        await self._requests.close()

    async def _hand_over(self, letter: Letter, connection: SmtpConnection | None, begin: Callable[[], None]) -> None:
        wording = self._speak(letter)
        if letter.message.channel == "PUSH" and self._push_key is not None:
            request = push_request(letter, wording, key=self._push_key, public_url=self.public_url, wall=self.wall())
            await self._requests.send(request, begin)
        elif letter.message.channel not in ("EMAIL", "PUSH"):
            await self._requests.send(request_of(letter, wording), begin)
        elif connection is not None:
            await connection.hand_over(mail(letter, wording, sender=self._sender, at=self.wall()), begin)
        else:
            raise NotTaken("no_sender")
