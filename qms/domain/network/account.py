"""An account, and what it is divided into."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A tenant. `version` grows with every change of its network, keys or options.

    `messages`: how it writes to people. `meeting_url`: the template of a meeting's address at a provider's.
    `sign_in`: the OpenID provider through which people may sign in.
    `email_verified`: the address that it has proved to be its own. `brand`: how it looks to its visitors.
    `translations`: its own texts by language, and by how they were written.
    `absences`: why its agents may say that they are away. `receipt_footer`: what its receipts end with.
    """

    id: str
    slug: str
    name: str
    timezone: str
    options: Mapping[str, Any]
    version: int
    closures: tuple[Mapping[str, Any], ...] = ()
    holidays: Mapping[str, Any] | None = None
    room_url: str | None = None
    languages: tuple[str, ...] = ("en",)
    messages: Mapping[str, Any] | None = field(default=None, repr=False)
    meeting_url: str | None = None
    sign_in: Mapping[str, Any] | None = field(default=None, repr=False)
    email_verified: str | None = None
    brand: Mapping[str, Any] | None = None
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    absences: tuple[str, ...] = ()
    receipt_footer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """An Auvious grouping inside an account; its id is an opaque text."""

    id: str
    account_id: str
    key: str
    queue_id: str | None = None

    @property
    def public_id(self) -> str:
        """The id that callers see and send."""
        return self.id
