"""A message: what one person is told over one channel, and what becomes of it.

pending → sent          the channel took it
pending → pending       it did not, or nobody sends over it: tried again after a wait
pending → stale         what it would say is not so any more, or comes too late: nothing is sent
pending → dead          refused for good, or tried often enough; kept, to be looked at
pending → unconfirmed   whoever was handing it over was killed meanwhile: it went out, most likely, so not again
dead|stale|unconfirmed → pending     somebody wants it sent again
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

MessageState = Literal["pending", "sent", "stale", "dead", "unconfirmed"]
STATES: tuple[MessageState, ...] = ("pending", "sent", "stale", "dead", "unconfirmed")

NOTIFICATIONS = ("CREATE", "RESCHEDULE", "CANCELLED", "UPDATE", "REMINDER", "ROOM", "FOLLOW_UP")
"""The kinds of messages about an appointment; the others are `CODES`, `TURNS` and whatever services put down."""

CODES = ("otp", "email_code")
"""What somebody is waiting for at this moment: it goes first, and is worth nothing a little later."""

TURNS = ("turn", "turn_near")
"""What somebody in line is told of his own ticket: that his turn has come, or is near. It goes first as well."""

NO_SENDER = "no_sender"
"""The error of a message for whose channel nobody has been configured who sends it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What somebody is to be told; `account_id` is None where nobody said in whose name.

    About an appointment it is one of a `kind` for a `version` of its time, an `occasion` (a reminder's period) and a
    recipient: the database keeps it the only one. `due_at`, `until` and `sent_at` are business time; a claim is machine
    time. After `until` it is not worth sending.
    """

    id: str
    account_id: str | None
    kind: str
    channel: str
    recipient: str
    created_at: datetime
    due_at: datetime
    locale: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    appointment_id: str | None = None
    version: int | None = None
    occasion: str = ""
    state: MessageState = "pending"
    rank: int = 1
    attempts: int = 0
    until: datetime | None = None
    claim: str | None = None
    claimed_until: datetime | None = None
    last_error: str | None = None
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What a message says; `html` and `subject` only where the channel has them."""

    text: str
    subject: str = ""
    html: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of handing a message over.

    `error`: a class, where it was not taken. `for_good`: it never will be. `unconfirmed`: nobody knows. `rest`: for how
    long whoever refused it wants to be left alone.
    """

    message: Message
    error: str | None = None
    for_good: bool = False
    unconfirmed: bool = False
    rest: timedelta | None = None

    @property
    def gone(self) -> bool:
        """Whether a push service no longer knows the browser.

        Source: RFC 8030, 7.3.
        """
        return self.message.channel == "PUSH" and self.error in ("status_404", "status_410")


WAITS = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 300, 900, 1800, 3600, 7200, 14400, 28800))
"""Before the second to the tenth attempt."""

NO_SENDER_WAIT = timedelta(minutes=5)
"""How often it is looked whether somebody sends over a channel by now."""

MOST_REST = timedelta(hours=1)
"""Nobody is left alone for longer, whatever he asks."""


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts have failed; None: it was tried often enough."""
    return WAITS[attempts - 1] if 0 < attempts <= len(WAITS) else None
