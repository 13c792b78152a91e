"""A queue as a network file declares it, with its routing and what may come of a visit."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qms.domain.network_file.declared.named import Declared, Identified


@dataclass(frozen=True, slots=True, kw_only=True)
class OverflowDecl(Declared):
    """Where people go on to who have waited so long; at least one of `queue` and `branch`."""

    after_minutes: float
    queue: str | None = None
    branch: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingDecl:
    """How a queue departs from plain first come, first served."""

    overflow: OverflowDecl | None = None
    rings: tuple[tuple[float, int], ...] = ()
    mix: int = 0
    hold_seconds: int = 0
    emergency: tuple[str, ...] = ()
    max_waiting: int = 0
    close_by_forecast: bool = False
    capacity: int = 1
    fill: str = "spread"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeDecl:
    """What may come of a visit, as the agent notes it."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueDecl(Identified):
    """What people wait for; `mode` booth or counter, `call` push or pull, `unstaffed` accept, refuse or callback."""

    name: str
    prefix: str
    branches: tuple[str, ...]
    mode: str
    call: str
    ring_seconds: int
    wrap_up_seconds: int
    decline_cooldown_seconds: int
    unstaffed: str
    target_minutes: float
    max_wait_minutes: float
    form: str | None = None
    contact_form: str | None = None
    survey: str | None = None
    credit_seconds: Mapping[str, int] = field(default_factory=dict)
    weight: int = 0
    routing: RoutingDecl = RoutingDecl()
    short_service_seconds: int = 15
    outcomes: tuple[OutcomeDecl, ...] = ()
