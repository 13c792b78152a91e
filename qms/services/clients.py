"""Clients: an id and a secret, for whoever fetches short-lived tokens with them; the secret is stored as a hash."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from qms.domain.addresses import networks
from qms.domain.audit import OPERATOR
from qms.domain.errors import Invalid, NotAuthenticated
from qms.domain.ids import from_uuid, to_uuid
from qms.services.keys import ApiKey, add, find_key
from qms.store.schema.access import api_key
from qms.store.tx import Tx

ROLES = ("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_CLIENT_SERVICE", "ROLE_CUSTOMER", "ROLE_ADMIN")


class IssuedClient(NamedTuple):
    """A client as it is handed out: the only time that the secret is seen."""

    id: str
    client_id: str
    client_secret: str


def issue_client(
    tx: Tx,
    *,
    account: str,
    roles: Sequence[str],
    application: str | None = None,
    agent: str | None = None,
    expires_at: datetime | None = None,
    addresses: Sequence[str] = (),
    by: str = OPERATOR,
) -> IssuedClient:
    """A new client for an account; application and agent by id or key.

    Raises:
        NotFound: no such account, application or agent. Invalid: no role, an unknown one, or its time is over.
    """
    if not roles or not set(roles) <= set(ROLES):
        raise Invalid("roles", "some of " + ", ".join(ROLES))
    network, id, client_secret = tx.network(account), tx.new_id(), secrets.token_urlsafe(32)
    add(
        tx,
        by,
        id=id,
        account_id=account,
        kind="client",
        roles=list(roles),
        application_id=network.applications.find(application).id if application else None,
        agent_id=network.agents.find(agent).id if agent else None,
        secret_hash=_hashed(client_secret),
        expires_at=expires_at,
        addresses=networks(addresses),
    )
    return IssuedClient(id, to_uuid(id), client_secret)


def find_client(tx: Tx, *, client_id: str, client_secret: str, address: str | None = None) -> ApiKey:
    """The client that this id and secret belong to; `address`: from where it asks.

    Raises:
        NotAuthenticated: none, or not any more.
    """
    c, id = api_key.c, from_uuid(client_id) or ""
    known = tx.execute(sa.select(c.secret_hash).where(c.id == id, c.revoked_at.is_(None))).scalar()
    if not hmac.compare_digest(known or "", _hashed(client_secret)):
        raise NotAuthenticated("client")
    client = find_key(tx, id=id)
    if client is None or (address is not None and not client.admits(address)):
        raise NotAuthenticated("client")
    return client


def _hashed(client_secret: str) -> str:
    """A client's secret is 256 random bits: a plain hash of it cannot be guessed backwards."""
    return hashlib.sha256(client_secret.encode("utf-8", "replace")).hexdigest()
