"""Who serves, and who supervises."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from qms.domain.network.configured import Configured

ROLES = ("attendant", "supervisor", "manager", "owner")
"""From least to most rights; a higher one may do all that a lower one may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent(Configured):
    """Somebody who serves, or supervises. `queues` maps queue id to skill level, 1–10.

    `calendars`: secret addresses of iCalendar feeds that say when else he is busy. `capacity`: at most so many people
    at once, whatever the queues allow.
    """

    domain_id: str
    firstname: str
    lastname: str
    email: str | None
    role: Literal["attendant", "supervisor", "manager", "owner"]
    supervises: tuple[str, ...] = ()
    """The branches of a supervisor; none named: all."""

    password_once: bool = False
    """The password lets him in once, to choose another."""

    password_hash: str | None = None
    schedule: Any = None
    closures: tuple[Mapping[str, Any], ...] = ()
    calendars: tuple[str, ...] = field(default=(), repr=False)
    queues: Mapping[str, int] = field(default_factory=dict)
    capacity: int | None = None

    @property
    def name(self) -> str:
        """First and last name, as shown to colleagues."""
        return f"{self.firstname} {self.lastname}".strip()

    def at_least(self, role: str) -> bool:
        """Whether the agent has this role or a higher one."""
        return ROLES.index(self.role) >= ROLES.index(role)
