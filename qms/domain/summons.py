"""A summons: where a visitor wants to be told, on a device of his own, that his turn has come or is near."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from qms.domain.ticket import Ticket

SummonsChannel = Literal["EMAIL", "SMS", "PUSH"]
WANTED = frozenset({"waiting", "offered", "parked", "no_show"})
"""States of a ticket in which somebody may still ask for it."""

MOST_PLACES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Summons:
    """One address for one ticket. `address`: of e-mail, a number as E.164 has it, or that of a browser's push service.

    `keys` are the browser's. With `places` it is told too as soon as so many or fewer are ahead. One that was stopped
    keeps its row, and no address.
    """

    id: str
    account_id: str
    ticket_id: str
    channel: SummonsChannel
    address: str
    asked_at: datetime
    places: int = 0
    keys: Mapping[str, str] | None = None
    locale: str | None = None
    near_told_at: datetime | None = None
    stopped_at: datetime | None = None

    def stopped(self, now: datetime) -> "Summons":
        """Nobody is told there any more."""
        return replace(self, address="", keys=None, stopped_at=now)

    @property
    def masked(self) -> str:
        """The address as its owner knows it again, and nobody else learns it."""
        if self.channel == "EMAIL":
            name, _, host = self.address.partition("@")
            return f"{name[:1]}…@{host}"
        return f"{self.address[:3]} … {self.address[-2:]}" if self.channel == "SMS" else ""


def holds(kind: str, ticket: Ticket) -> bool:
    """Whether what a summons of this kind says is so."""
    return ticket.state in (("called", "serving") if kind == "turn" else ("waiting", "offered"))
