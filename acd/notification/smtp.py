"""A connection to the mail server, kept open from one e-mail to the next."""

import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import aiosmtplib
from aiosmtplib import SMTP

from acd.notification.mail import Mail
from acd.notification.mailbox import SmtpServer

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 30.0
"""The server's answer to each command; RFC 5321 allows minutes, in which nothing else would go out."""

MOST_PER_CONNECTION = 100
"""Servers grow tired of one that sends for ever."""


class NotTaken(Exception):
    """A server did not take a message: the class of why, whether it never will, and for how long not to ask again."""

    def __init__(self, error: str, *, for_good: bool = False, rest: timedelta | None = None) -> None:
        super().__init__(error)
        self.error, self.for_good, self.rest = error, for_good, rest


class SmtpConnection:
    """Hands over one e-mail at a time."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._smtp: SMTP | None = None
        self._count = 0

    async def hand_over(self, mail: Mail, begin: Callable[[], None]) -> None:
        """Hand over an e-mail; `begin` is called right before it may be taken.

        Raises:
            NotTaken: it was not.
        """
        begun = False

        def beginning() -> None:
            nonlocal begun
            begun = True
            begin()

        while True:
            fresh = await self._connect()
            try:
                await self._send(mail, beginning)
                return
            except aiosmtplib.SMTPServerDisconnected:
                self._drop()
                if fresh or begun:
                    raise NotTaken("disconnected") from None
                # else the server had closed a connection that lay idle
            except BaseException as error:
                await self._after(error)
                raise

    async def close(self) -> None:
        """Say goodbye, if there is anybody to say it to."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await smtp.quit(timeout=2)
            smtp.close()

    async def _after(self, error: BaseException) -> None:
        """Leave the connection as the next e-mail needs it."""
        if isinstance(error, NotTaken) and self._smtp is not None and error.error.startswith(("refused", "deferred")):
            with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await self._smtp.rset(timeout=ANSWER_SECONDS)
                return
        self._drop()

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()

    async def _send(self, mail: Mail, begin: Callable[[], None]) -> None:
        smtp = self._smtp
        if smtp is None or smtp.protocol is None:
            raise aiosmtplib.SMTPServerDisconnected("not connected")
        self._count += 1
        try:
            await smtp.mail(mail.sender, timeout=ANSWER_SECONDS)
        except aiosmtplib.SMTPResponseException as error:
            raise NotTaken(f"sender_{error.code}") from None
        except TimeoutError:
            raise NotTaken("timeout") from None
        try:
            await smtp.rcpt(mail.recipient, timeout=ANSWER_SECONDS)
            start = await smtp.execute_command(b"DATA", timeout=ANSWER_SECONDS)
            _check(start.code, 354)
            begin()
            smtp.protocol.write(mail.content)
            answer = await smtp.protocol.read_response(timeout=ANSWER_SECONDS)
            _check(answer.code, 250)
        except aiosmtplib.SMTPResponseException as error:
            _check(error.code, 0)
        except TimeoutError:
            raise NotTaken("timeout") from None

    async def _connect(self) -> bool:
        """Be connected; whether that is new."""
        if self._smtp is not None and self._count >= MOST_PER_CONNECTION:
            await self.close()
        if self._smtp is not None and self._smtp.is_connected:
            return False
        self._smtp = None
        server = self._server
        smtp = SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            use_tls=server.tls == "implicit",
            start_tls={"offered": None, "required": True, "implicit": False}[server.tls],
            validate_certs=server.tls != "offered" or server.username is not None,
            timeout=CONNECT_SECONDS,
        )
        try:
            await smtp.connect()
        except aiosmtplib.SMTPAuthenticationError:
            raise NotTaken("auth") from None
        except ssl.SSLError:
            raise NotTaken("tls") from None
        except (TimeoutError, aiosmtplib.SMTPTimeoutError):
            raise NotTaken("timeout") from None
        except (aiosmtplib.SMTPException, OSError, ValueError):
            raise NotTaken("connect") from None
        self._smtp, self._count = smtp, 0
        return True


def _check(code: int, wanted: int) -> None:
    if code != wanted:
        raise NotTaken(f"{'refused' if code >= 500 else 'deferred'}_{code}", for_good=code >= 500)
