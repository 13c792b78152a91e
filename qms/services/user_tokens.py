"""Tokens of people who come in with a password and work through another system's pages.

Two signed texts for one login: a short one to work with, and a long one to fetch new ones with. Nothing of them is
stored but the login, and both are dead as soon as that has ended. A token to fetch with stays good until then, or until
its time is over: two windows of one browser, which fetch at the same time, do not push each other out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, NamedTuple

import jwt

from qms.domain.derivation import derived_key
from qms.domain.errors import NotAuthenticated
from qms.domain.ids import from_uuid, new_secret, to_uuid
from qms.domain.network import Agent
from qms.services import logins
from qms.services.logins import Login
from qms.services.signatures import genuine
from qms.store.tx import Tx

KIND = "user"
Use = Literal["access", "refresh"]
HALF_LASTS = timedelta(minutes=5)
LASTS: Mapping[Use, timedelta] = {"access": timedelta(minutes=15), "refresh": timedelta(days=7)}


@dataclass(frozen=True, slots=True, kw_only=True)
class UserToken:
    """What a genuine token says: the account's slug, and the login's id."""

    account: str
    login: str


class Pair(NamedTuple):
    """What a login is given."""

    access: str
    refresh: str


def begin(tx: Tx, *, agent: Agent, scope: str, secret: bytes) -> Pair:
    """Let an agent in whose password was right; attempts that failed before are forgotten."""
    _, login = logins.start(tx, kind=KIND, agent=agent, scope=scope, lasts=LASTS["refresh"])
    return _pair(tx, login, secret)


def renew(tx: Tx, *, login: str, secret: bytes) -> Pair:
    """New tokens for a login, which goes on for as long again.

    Raises:
        NotAuthenticated: it has ended.
    """
    return _pair(tx, logins.prolong(tx, kind=KIND, id=login, lasts=LASTS["refresh"]), secret)


def find(tx: Tx, *, token: UserToken) -> Agent:
    """Whose token it is.

    Raises:
        NotAuthenticated: nobody's any more.
    """
    login = logins.live(tx, kind=KIND, id=token.login)
    if tx.network(login.account_id).account.slug != token.account:
        raise NotAuthenticated("account")
    return login.agent


def read(token: str, use: Use, *, secret: bytes, now: datetime) -> UserToken:
    """What a token says, if it is genuine and not over. Whether its login goes on is for the database to say.

    Raises:
        TokenRefused: it is none of these tokens, or over.
    """
    claims = genuine(token, key=_key(secret, use), now=now)
    return UserToken(account=str(claims.get("tenant")), login=from_uuid(str(claims.get("sid"))) or "")


def half(agent: Agent, slug: str, *, secret: bytes, now: datetime) -> str:
    """What somebody has whose password was right and who is still to say a code."""
    claims = {"sub": agent.id, "tenant": slug, "jti": new_secret(), "exp": int((now + HALF_LASTS).timestamp())}
    return jwt.encode(claims, derived_key(secret, "user half token"), algorithm="HS256")


def read_half(token: str, *, secret: bytes, now: datetime) -> tuple[str, str]:
    """The account's slug and the agent's id of such a token.

    Raises:
        TokenRefused: it is none, or over.
    """
    claims = genuine(token, key=derived_key(secret, "user half token"), now=now)
    return str(claims.get("tenant")), str(claims.get("sub"))


def _pair(tx: Tx, login: Login, secret: bytes) -> Pair:
    slug = tx.network(login.account_id).account.slug
    return Pair(*(_signed(login, slug, use, tx.now, secret) for use in ("access", "refresh")))


def _signed(login: Login, slug: str, use: Use, now: datetime, secret: bytes) -> str:
    claims: dict[str, Any] = {
        "sub": to_uuid(login.agent.public_id),
        "tenant": slug,
        "role": login.agent.role,
        "sid": to_uuid(login.id),
        "jti": new_secret(),
        "iat": int(now.timestamp()),
        "exp": int((now + LASTS[use]).timestamp()),
    }
    return jwt.encode(claims, _key(secret, use), algorithm="HS256")


def _key(secret: bytes, use: Use) -> bytes:
    return derived_key(secret, f"user {use} token")
