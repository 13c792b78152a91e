"""Where people wait, and where they are sent to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from qms.domain.network.configured import Configured


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(Configured):
    """A physical place with points of contact. `hours` None: always open."""

    domain_id: str
    name: str
    label: str
    address: str
    latitude: float
    longitude: float
    timezone: str
    hours: Any = None
    closures: tuple[Mapping[str, Any], ...] = ()
    holidays: Mapping[str, Any] | None = None
    brand: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Poc(Configured):
    """A point of contact: the counter or booth that a person is sent to; `token` opens its own page."""

    branch_id: str
    label: str
    kind: Literal["booth", "counter"]
    token: str
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue(Configured):
    """What people wait for. `mode` booth: offers ring; counter: numbers are called."""

    domain_id: str
    name: str
    prefix: str
    mode: Literal["booth", "counter"] = "booth"
    call: Literal["push", "pull"] = "push"
    ring_seconds: int = 20
    wrap_up_seconds: int = 10
    decline_cooldown_seconds: int = 30
    unstaffed: Literal["accept", "refuse", "callback"] = "accept"
    target_minutes: float = 10
    max_wait_minutes: float = 45
    form_id: str | None = None
    contact_form_id: str | None = None
    credit_seconds: Mapping[str, int] = field(default_factory=dict)
    branch_ids: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    rank: int = 0

    @property
    def outcomes(self) -> Mapping[str, str]:
        """What may come of a visit: the name of each outcome by its key, in the order of the network file."""
        return {one["key"]: one["name"] for one in self.settings.get("outcomes", ())}
