"""What applying a network file has done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from qms.domain.ids import is_id, to_uuid
from qms.domain.network_file import Problem

KINDS = ("branch", "poc", "queue", "agent", "service", "form", "webhook", "screen", "kiosk", "application")

ByKind = dict[str, dict[str, str]]
"""Kind → key → text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that was added, changed, retired or brought back; `fields` are those that changed."""

    action: Literal["add", "change", "retire", "restore"]
    kind: str
    key: str
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        what = f" ({', '.join(self.fields)})" if self.action == "change" else ""
        return f"{self.action} {self.kind} {self.key}{what}"


@dataclass(slots=True, kw_only=True)
class Applied:
    """Changes in order, ids and tokens by kind and key, secrets that were made now, what the file left out.

    `file` says how the network is now, where anything has changed.
    """

    account: str
    changes: list[Change] = field(default_factory=list)
    ids: ByKind = field(default_factory=lambda: {kind: {} for kind in KINDS})
    tokens: ByKind = field(default_factory=lambda: {"screen": {}, "kiosk": {}})
    secrets: ByKind = field(default_factory=lambda: {"webhook": {}})
    unmentioned: list[tuple[str, str]] = field(default_factory=list)
    warnings: Sequence[Problem] = field(default_factory=tuple)
    file: str = ""
    _made: list[tuple[str, str]] = field(default_factory=list)

    def note(self, kind: str, key: str, id: str) -> None:
        """Remember the id of something in the file."""
        self.ids[kind][key] = id

    def note_token(self, kind: str, key: str, token: str, *, made: bool) -> None:
        """Remember the token of a device, and whether it was made now."""
        self.tokens[kind][key] = token
        if made:
            self._made.append((kind, key))

    def as_json(self) -> dict[str, Any]:
        """The result for programs: `{account, changes, ids, tokens, secrets}`."""
        return {
            "account": self.account,
            "changes": [
                {"action": c.action, "kind": c.kind, "key": c.key, "fields": list(c.fields)} for c in self.changes
            ],
            "ids": {kind: {key: spelled(id) for key, id in of.items()} for kind, of in self.ids.items()},
            "tokens": self.tokens,
            "secrets": self.secrets,
        }

    def undone(self) -> "Applied":
        """The same after a dry run: what was made up on the way does not exist."""
        for kind, key in self._made:
            del self.tokens[kind][key]
        self.secrets = {kind: {} for kind in self.secrets}
        return self


def spelled(id: str) -> dict[str, str]:
    """An id in both spellings; an opaque one is itself in both."""
    return {"id": id, "uuid": to_uuid(id) if is_id(id) else id}


class DryRun(Exception):
    """Carries what would have been done out of the transaction that is rolled back."""

    def __init__(self, applied: Applied) -> None:
        super().__init__("dry run")
        self.applied = applied
