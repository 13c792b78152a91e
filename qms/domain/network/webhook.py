"""Where events go, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from qms.domain.network.configured import Configured


@dataclass(frozen=True, slots=True, kw_only=True)
class Custom:
    """What a webhook sends in its own words: templates, of the event's data, for one event.

    `parameters` go behind the address; no `body` is the dialect's; `condition` must come to "true".
    """

    method: str = "POST"
    parameters: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    condition: str | None = None
    verify_tls: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook(Configured):
    """Where events go. `state`: active, or disabled with the reason.

    `ordered`: of one ticket, nothing later goes out before what is earlier has arrived or was given up. Until
    `previous_until` (business time) the secret before counts too.
    """

    url: str
    events: tuple[str, ...]
    dialect: Literal["videsk", "auvious", "voki", "native"]
    secret: str
    headers: Mapping[str, str] = field(default_factory=dict)
    state: str = "active"
    disabled_reason: str | None = None
    max_concurrency: int = 4
    ordered: bool = False
    custom: Custom | None = None
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    previous_secret: str | None = field(default=None, repr=False)
    previous_until: datetime | None = None

    def signing_secrets(self, now: datetime) -> tuple[str, ...]:
        """The secrets that count at a business time, the newest first."""
        before = self.previous_secret
        if before is None or self.previous_until is None or now >= self.previous_until:
            return (self.secret,)
        return (self.secret, before)
