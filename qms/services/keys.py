"""Keys: with what programs come in, what each may do, and how one is taken back.

A key is a signed text (JWT, HS256) that says whose it is; the database only knows its id, and whether it still holds.
Clients, and the keys of programs, stand in the same table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt
import sqlalchemy as sa

from qms.domain import access
from qms.domain.addresses import networks, within
from qms.domain.audit import OPERATOR
from qms.domain.complaint import complaint
from qms.domain.errors import Invalid, NotFound
from qms.domain.ids import from_uuid
from qms.services.key_tokens import DIALECT, signing_key
from qms.store.schema.access import api_key
from qms.store.tx import Tx

KINDS = ("public", "backend", "api-token")
ABILITIES: Mapping[str, frozenset[str]] = {
    kind: frozenset(permission.removeprefix(DIALECT) for permission in access.GRANTS[kind]) for kind in KINDS
}
"""What each kind of key may do; a key issued with `perms` may only do those of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedKey:
    """A key as it is handed out: the only time that the token is seen."""

    id: str
    kind: str
    account: str
    token: str
    expires: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key or client as the database knows it; `roles` are a client's roles or a key's `perms`."""

    id: str
    account_id: str
    kind: str
    roles: Sequence[str]
    application_id: str | None
    agent_id: str | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    label: str = ""
    prefix: str | None = None
    addresses: Sequence[str] = ()
    branches: Sequence[str] = ()
    replaced_by: str | None = None
    last_used_at: datetime | None = None

    def admits(self, address: str) -> bool:
        """Whether it may be used from this network address: no list says any."""
        return not self.addresses or within(address, self.addresses)


def issue_key(
    tx: Tx,
    *,
    account: str,
    kind: str,
    expires_at: datetime | None,
    secret: bytes,
    perms: Sequence[str] | None = None,
    addresses: Sequence[str] = (),
    by: str = OPERATOR,
) -> IssuedKey:
    """A new key for an account.

    Raises:
        NotFound: no such account. Invalid: no such kind, a permission that the kind does not have, or its time is over.
    """
    if kind not in KINDS:
        raise Invalid("kind", "one of " + ", ".join(KINDS))
    if not set(perms or ()) <= ABILITIES[kind]:
        raise Invalid("perms", "some of " + ", ".join(sorted(ABILITIES[kind])))
    slug, id = tx.network(account).account.slug, tx.new_id()
    add(
        tx,
        by,
        id=id,
        account_id=account,
        kind=kind,
        roles=list(perms or ()),
        expires_at=expires_at,
        addresses=networks(addresses),
    )
    claims: dict[str, Any] = {"sub": id, "account": slug, "kind": kind, "iat": int(tx.now.timestamp())}
    if expires_at is not None:
        claims["exp"] = int(expires_at.timestamp())
    if perms is not None:
        claims["perms"] = list(perms)
    token = jwt.encode(claims, signing_key(secret), algorithm="HS256")
    return IssuedKey(id=id, kind=kind, account=slug, token=token, expires=expires_at)


def require_to_come(tx: Tx, expires_at: datetime | None) -> None:
    """Insist that a key holds for a while: one whose time is over would open nothing.

    Raises:
        Invalid: its time is over.
    """
    if expires_at is not None and expires_at <= tx.now:
        raise Invalid("expires", complaint("a time that is still to come"))


def list_keys(tx: Tx, *, account: str) -> list[ApiKey]:
    """All keys and clients of an account, revoked ones too, in the order of issue."""
    c = api_key.c
    return tx.all(ApiKey, _selected().where(c.account_id == account).order_by(c.created_at, c.id))


def revoke_key(tx: Tx, *, account: str, id: str, by: str = OPERATOR) -> ApiKey:
    """Take a key or client back, for good; every process notices within a second. Again: as it was.

    Raises:
        NotFound: the account has no such key.
    """
    c = api_key.c
    key = tx.first(ApiKey, _selected().where(c.account_id == account, c.id == (from_uuid(id) or id)))
    if key is None:
        raise NotFound("key", id)
    if key.revoked_at is None:
        tx.execute(api_key.update().where(c.id == key.id).values(revoked_at=tx.now))
        tx.note(account, by, "key.revoked", key.id)
        tx.network_changed(account)
    return tx.first(ApiKey, _selected().where(c.id == key.id)) or key


def find_key(tx: Tx, *, id: str) -> ApiKey | None:
    """The key or client with this id, unless it was revoked or its time is over."""
    c = api_key.c
    live = c.revoked_at.is_(None) & (c.expires_at.is_(None) | (c.expires_at > tx.now))
    return tx.first(ApiKey, _selected().where(c.id == id, live))


def note_uses(tx: Tx, *, uses: Mapping[str, datetime]) -> None:
    """Write down when keys were last used, by their ids."""
    c = api_key.c
    for id, at in sorted(uses.items()):
        earlier = c.last_used_at.is_(None) | (c.last_used_at < at)
        tx.execute(api_key.update().where(c.id == id, earlier).values(last_used_at=at))


def add(tx: Tx, by: str, **row: Any) -> None:
    """Write a key or client down, and who issued it.

    Raises:
        Invalid: its time is over.
    """
    require_to_come(tx, row["expires_at"])
    tx.execute(api_key.insert(), {"created_at": tx.now, **row})
    data = {"kind": row["kind"], "roles": row["roles"], "agent": row.get("agent_id")}
    tx.note(row["account_id"], by, "key.issued", row["id"], data)


def _selected() -> sa.Select[Any]:
    return sa.select(*(api_key.c[name] for name in ApiKey.__dataclass_fields__))
