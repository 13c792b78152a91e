"""A desk as its agent sees it: who is there or rings, who waits, where he may sit, what screens say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from qms.domain.bell import Ringing
from qms.domain.network import Agent, Branch, Network, Poc, Queue
from qms.domain.offer import Offer
from qms.domain.session import Session
from qms.domain.ticket import Ticket
from qms.services.screen_reports import Shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A person at a desk, or ringing there: the ticket, what was said in the form, and the appointment.

    `call` is the `seq` of the latest call of the number on the branch's screens.
    """

    ticket: Ticket
    call: int | None
    form: Sequence[Mapping[str, Any]]
    appointment: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one lane of a desk holds: an offer, ringing or accepted, and whom it is about."""

    offer: Offer
    visit: Visit

    @property
    def rings(self) -> bool:
        """Whether it is still to be answered."""
        return self.offer.state == "ringing"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """How many wait in a queue at a branch (None: remote), and since when the longest."""

    queue: Queue
    branch: Branch | None
    waiting: int
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A point of contact that the agent may choose; `taken`: a colleague sits there."""

    poc: Poc
    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskState:
    """An agent's desk. Two are equal where a person would see no difference, but for the passing of time.

    `held` are those at the desk or ringing there, lane by lane, and `capacity` how many there may be at once;
    `wrapping_up` is who was there last, in wrap-up, `bell` where the first rings that does. `screens`
    are the reports of the branch's screens, `version` that of the network by which all of it is named,
    `appointments` when one of the account's last changed, in microseconds.
    """

    seq: int = field(compare=False)
    now: datetime = field(compare=False)
    network: Network = field(compare=False)
    version: int
    agent: Agent
    session: Session | None
    capacity: int
    held: Sequence[Held]
    wrapping_up: Visit | None
    bell: Ringing | None
    queues: Sequence[QueueLine]
    parked: Sequence[Ticket]
    seats: Sequence[Seat]
    screens: Sequence[Shown]
    appointments: int

    @property
    def ringing(self) -> Held | None:
        """The first that rings."""
        return next((one for one in self.held if one.rings), None)

    @property
    def serving(self) -> Visit | None:
        """The first who is at the desk."""
        return next((one.visit for one in self.held if not one.rings), None)
