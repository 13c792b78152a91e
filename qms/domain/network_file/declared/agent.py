"""An agent as a network file declares him."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qms.domain.network_file.declared.named import Identified
from qms.domain.weekly import Closure, WeeklyHours


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentDecl(Identified):
    """Somebody who signs in. `queues`: the level, 1–10, for each queue's key; no `schedule`: always available.

    `capacity` None: as many people at once as the queues allow.
    """

    firstname: str
    lastname: str
    email: str | None
    role: str
    queues: Mapping[str, int]
    supervises: tuple[str, ...] = ()
    password: str | None = field(default=None, repr=False)
    password_hash: str | None = field(default=None, repr=False)
    schedule: tuple[WeeklyHours, ...] = ()
    closures: tuple[Closure, ...] = ()
    calendars: tuple[str, ...] = field(default=(), repr=False)
    capacity: int | None = None
