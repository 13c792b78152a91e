"""The signed text of a key: what it says, and what it is signed with."""

from dataclasses import dataclass
from datetime import datetime

from qms.domain import access
from qms.domain.derivation import derived_key
from qms.services.signatures import genuine

DIALECT = "videsk."


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What a genuine token says: the key's id, the account's slug, its kind; `expires` in seconds since 1970."""

    key: str
    account: str
    kind: str
    perms: frozenset[str] | None
    expires: float | None

    def may(self, permission: str) -> bool:
        """Whether the key is for this."""
        issued = self.perms is None or permission.removeprefix(DIALECT) in self.perms
        return issued and access.grants(self.kind, permission)


def read_token(token: str, *, secret: bytes, now: datetime) -> Claims:
    """What a token says, if it is genuine and not over. Whether its key still exists is for the database to say.

    Raises:
        TokenRefused: it is not.
    """
    claims = genuine(token, key=signing_key(secret), now=now)
    expires, perms = claims.get("exp"), claims.get("perms")
    return Claims(
        key=str(claims.get("sub")),
        account=str(claims.get("account")),
        kind=str(claims.get("kind")),
        perms=frozenset(map(str, perms)) if isinstance(perms, list) else None,
        expires=expires if isinstance(expires, int | float) else None,
    )


def signing_key(secret: bytes) -> bytes:
    """What keys are signed with; nothing else is."""
    return derived_key(secret, "api key")
