"""What stands in a branch: screens and kiosks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from qms.domain.network.configured import Configured


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen(Configured):
    """A lobby screen; the token is its address."""

    branch_id: str
    token: str
    languages: tuple[str, ...] = ("en",)
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def branch_ids(self) -> tuple[str, ...]:
        """The branches that it shows: the one where it stands, then the others."""
        return tuple(dict.fromkeys((self.branch_id, *self.settings.get("branches", ()))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kiosk(Configured):
    """A kiosk; the token is its address, `queue_ids` what it offers, in order."""

    branch_id: str
    token: str
    queue_ids: tuple[str, ...]
    languages: tuple[str, ...] = ("en",)
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def branch_ids(self) -> tuple[str, ...]:
        """Its branch: a kiosk stands in one, and is for that one."""
        return (self.branch_id,)
