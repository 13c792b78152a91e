"""Short-lived tokens: what a client works with once it has shown its secret, and what a customer enters with.

Signed texts; nothing is stored. Roles and ids stand under every name that is in use for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import jwt

from qms.domain.appointment import Appointment
from qms.domain.derivation import derived_key
from qms.domain.ids import from_uuid, to_uuid
from qms.services.keys import ApiKey
from qms.services.signatures import TokenRefused, genuine

LASTS = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientToken:
    """What a genuine token says. `client` is its key's id; a customer has none, but a conference and its generation."""

    account: str
    roles: frozenset[str]
    expires: float
    client: str | None = None
    conference: str | None = None
    generation: int = -1


def issue(client: ApiKey, *, user: str | None, secret: bytes, now: datetime) -> str:
    """The token of a client that has shown its secret; `user`: its agent, by the id that callers know."""
    claims: dict[str, Any] = {"sub": to_uuid(client.id), "client_id": to_uuid(client.id), "kind": "client"}
    if user is not None:
        claims["user_id"] = to_uuid(user)
    until = now + lasts(client, now)
    return _signed(claims, client.account_id, client.roles, client.application_id, now, until, secret)


def lasts(client: ApiKey, now: datetime) -> timedelta:
    """How long a token holds that the client is given now: an hour, or as long as the client itself."""
    return LASTS if client.expires_at is None else min(LASTS, client.expires_at - now)


def issue_to_customer(
    appointment: Appointment, *, application: str | None, expires_at: datetime, secret: bytes, now: datetime
) -> str:
    """The token with which a customer enters his appointment, until it is moved or over."""
    conference = to_uuid(appointment.id)
    claims: dict[str, Any] = {"sub": conference, "kind": "customer", "gen": appointment.token_generation}
    claims |= {"conferenceId": conference, "conference_id": conference}
    if appointment.customer_id is not None:
        claims["customer_id"] = to_uuid(appointment.customer_id)
    return _signed(claims, appointment.account_id, ["ROLE_CUSTOMER"], application, now, expires_at, secret)


def read(token: str, *, secret: bytes, now: datetime) -> ClientToken:
    """What a token says, if it is genuine and not over.

    Raises:
        TokenRefused: it is none of these tokens, or over.
    """
    claims = genuine(token, key=_key(secret), now=now)
    account, expires = from_uuid(str(claims.get("organization_id"))), claims.get("exp")
    roles = claims.get("authorities", claims.get("roles"))
    if account is None or not isinstance(roles, list) or not isinstance(expires, int | float):
        raise TokenRefused("undecodable")
    customer, generation = claims.get("kind") == "customer", claims.get("gen")
    return ClientToken(
        account=account,
        roles=frozenset(map(str, roles)),
        expires=expires,
        client=None if customer else from_uuid(str(claims.get("sub"))),
        conference=from_uuid(str(claims.get("conferenceId", claims.get("conference_id")))),
        generation=generation if isinstance(generation, int) else -1,
    )


def _signed(
    claims: Mapping[str, Any],
    account: str,
    roles: Any,
    application: str | None,
    now: datetime,
    expires_at: datetime,
    secret: bytes,
) -> str:
    whose = {"organization_id": to_uuid(account), "authorities": list(roles), "roles": list(roles)}
    grouped = {} if application is None else {"applicationId": application, "application_id": application}
    times = {"iat": int(now.timestamp()), "exp": int(expires_at.timestamp())}
    return jwt.encode({**claims, **whose, **grouped, **times}, _key(secret), algorithm="HS256")


def _key(secret: bytes) -> bytes:
    return derived_key(secret, "client token")
