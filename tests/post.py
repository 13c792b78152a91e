"""Somebody else's mail server: takes e-mail, remembers it, and answers as it is told."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope
from icalendar import Calendar

Answer = str | Callable[[Envelope], str]
OK = "250 taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """One e-mail as it arrived."""

    sender: str
    recipients: list[str]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """The e-mail, read."""
        return message_from_bytes(self.content, policy=policy.default)

    @property
    def to(self) -> str:
        """The only recipient."""
        (recipient,) = self.recipients
        return recipient

    @property
    def subject(self) -> str:
        """Its subject."""
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """What it says as text."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """What it says as HTML."""
        return self._part("html")

    @property
    def calendar(self) -> Calendar | None:
        """The calendar that it brings."""
        for part in self.message.walk():
            if part.get_content_type() == "text/calendar":
                read: Any = Calendar.from_ical(part.get_content())
                assert part.get_param("method") == read["METHOD"]
                return read
        return None

    def _part(self, kind: str) -> str:
        body = self.message.get_body((kind,))
        return "" if body is None else str(body.get_content())


class Post:
    """An SMTP server on a free port of 127.0.0.1, to be entered with `async with`.

    `answer` to what comes after DATA, and `to_recipient`; both may be changed at any time.
    """

    def __init__(self, answer: Answer = OK, **how: Any) -> None:
        self.answer = answer
        self.to_recipient = OK
        self.mails: list[Mail] = []
        self.connections = 0
        self._how = how
        self._came = asyncio.Condition()
        self._open: list[_Conversation] = []

    async def __aenter__(self) -> "Post":
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._connection, "127.0.0.1", 0)
        self.port: int = self._server.sockets[0].getsockname()[1]
        self.url = f"smtp://127.0.0.1:{self.port}?from=desk@acme.example"
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for one in self._open:
            if one.transport is not None:
                one.transport.close()

    async def wait_for(self, count: int, seconds: float = 20) -> list[Mail]:
        """All e-mails, once there are so many."""
        async with asyncio.timeout(seconds), self._came:
            await self._came.wait_for(lambda: len(self.mails) >= count)
        return self.mails

    async def wait_for_silence(self) -> None:
        """Until every connection is closed."""
        async with asyncio.timeout(20):
            await asyncio.gather(*(one.closed.wait() for one in self._open))

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipient == OK:
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:
        answer = self.answer if isinstance(self.answer, str) else self.answer(envelope)
        if answer.startswith("250"):
            content = envelope.original_content or b""
            self.mails.append(Mail(sender=envelope.mail_from or "", recipients=envelope.rcpt_tos, content=content))
            async with self._came:
                self._came.notify_all()
        return answer

    def _connection(self) -> "_Conversation":
        self.connections += 1
        self._open.append(_Conversation(self, hostname="post.example", **self._how))
        return self._open[-1]


class _Conversation(SMTP):
    """A connection that says whether it is over."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.closed = asyncio.Event()

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.closed.set()
