"""A call-back: somebody came while nobody was there, and is called as soon as somebody is.

waiting → ticketed          somebody who serves the queue is on duty: the call has become a ticket
waiting → expired           nobody came for days
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from qms.domain.errors import Conflict

CallbackState = Literal["waiting", "ticketed", "expired"]

KEPT_FOR = timedelta(days=3)
"""Who asked longer ago is not called any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Callback:
    """A telephone number, and what to call it about. The number is forgotten here once it is in a ticket."""

    id: str
    account_id: str
    branch_id: str
    queue_id: str
    phone: str | None = field(repr=False)
    name: str | None = field(default=None, repr=False)
    language: str | None = None
    asked_at: datetime
    state: CallbackState = "waiting"
    ticket_id: str | None = None
    ver: int = 0

    def ticketed(self, ticket: str) -> "Callback":
        """It has become a ticket."""
        return self._over("ticketed", ticket)

    def expired(self) -> "Callback":
        """Too long ago."""
        return self._over("expired", None)

    def _over(self, state: CallbackState, ticket: str | None) -> "Callback":
        if self.state != "waiting":
            raise Conflict("callback", self.state)
        return replace(self, state=state, ticket_id=ticket, phone=None, name=None, ver=self.ver + 1)
