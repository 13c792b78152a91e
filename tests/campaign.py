"""A campaign: many reminders due in the same minute, a mail server that is quick, and what arrived there."""

import asyncio
import json
import re
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import sqlalchemy as sa

from qms.domain.ids import new_id
from qms.domain.zones import version
from qms.store.engines import connect
from qms.store.schema import booking, network

NETWORK = """
[account]
slug = "acme"
name = "Acme Bank"

[messages]
agents = false

[[queue]]
key = "video"

[[agent]]
key = "ana"
queues = ["video"]

[[service]]
key = "visit"
title = "A visit"
queue = "video"
agents = ["ana"]
reminders = ["PT1H"]
"""


class Sink:
    """A mail server that only counts, in a thread of its own; to be entered with `with`. `recipients` as they came."""

    def __init__(self) -> None:
        self.recipients: list[str] = []
        self.first: datetime | None = None
        self.last: datetime | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sink", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        serving = asyncio.run_coroutine_threadsafe(self._serve(), self._loop)
        self.url = f"smtp://127.0.0.1:{serving.result(10)}?from=desk@acme.example"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._server.close()
        self._loop.run_until_complete(asyncio.sleep(0))
        self._loop.close()

    @property
    def twice(self) -> list[str]:
        """Who was written to more than once."""
        return [recipient for recipient, times in Counter(self.recipients).items() if times > 1]

    async def _serve(self) -> int:
        self._server = await self._loop.create_server(lambda: _Conversation(self), "127.0.0.1", 0)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def took(self, recipient: str) -> None:
        """An e-mail has come."""
        self.last = datetime.now(UTC)
        self.first = self.first or self.last
        self.recipients.append(recipient)


class _Conversation(asyncio.Protocol):
    """As much of SMTP as a client needs that sends one e-mail after the other."""

    def __init__(self, sink: Sink) -> None:
        self._sink, self._heard, self._recipient, self._reading = sink, b"", "", False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._say("220 sink")

    def data_received(self, data: bytes) -> None:
        self._heard += data
        while (end := self._heard.find(b"\r\n.\r\n" if self._reading else b"\r\n")) >= 0:
            said, self._heard = self._heard[:end], self._heard[end + (5 if self._reading else 2) :]
            if self._reading:
                self._reading = False
                self._sink.took(self._recipient)
                self._say("250 taken")
            else:
                self._answer(said)

    def _answer(self, said: bytes) -> None:
        if found := re.match(rb"RCPT TO:<(.*?)>", said, re.IGNORECASE):
            self._recipient = found[1].decode()
        self._reading = said.upper() == b"DATA"
        self._say("354 go on" if self._reading else "221 bye" if said.upper() == b"QUIT" else "250 sink")

    def _say(self, line: str) -> None:
        self._transport.write(line.encode() + b"\r\n")


def put_down(url: str, count: int) -> None:
    """So many appointments of an installation's only account, each with a reminder that is due at this moment."""
    now = datetime.now(UTC)
    start, due = now + timedelta(hours=1), now
    engine = connect(url, pool_size=1)
    with engine.connect() as connection:
        account = connection.execute(sa.select(network.account.c.id)).scalar_one()
        service, queue = connection.execute(sa.select(network.service.c.id, network.service.c.queue_id)).one()
    with engine.begin() as connection:
        common: dict[str, Any] = {"account_id": account, "created_at": now}
        ids = [(new_id(now), new_id(now), n) for n in range(count)]
        connection.execute(
            booking.customer.insert(),
            [{**common, "id": customer, "firstname": f"Guest {n}", "lastname": "{{roomLink}}",
              "email": f"guest-{n}@mail.example", "data": {}} for _, customer, n in ids],
        )  # fmt: skip
        connection.execute(
            booking.appointment.insert(),
            [{**common, "id": id, "service_id": service, "queue_id": queue, "customer_id": customer, "origin": "page",
              "state": "scheduled", "title": "A visit", "starts_at": start, "ends_at": start + timedelta(minutes=30),
              "wall_start": start.replace(tzinfo=None).isoformat(timespec="seconds"), "wall_zone": "UTC",
              "tz_version": version(), "anchor": "wall", "timezone": "UTC", "locale": "es", "data": {},
              "updated_at": now} for id, customer, n in ids],
        )  # fmt: skip
        connection.execute(
            booking.participant.insert(),
            [{"appointment_id": id, "party_id": customer, "kind": "CUSTOMER"} for id, customer, _ in ids],
        )
        connection.execute(
            booking.reminder.insert(),
            [{"appointment_id": id, "generation": 0, "period": "PT1H", "account_id": account, "due_at": due}
             for id, _, _ in ids],
        )  # fmt: skip
    engine.dispose()


def outbox(listed: str) -> Counter[str]:
    """How many messages are in each state, as `turnero outbox list --json` says."""
    return Counter(row["state"] for row in json.loads(listed))
