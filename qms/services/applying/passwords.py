"""Passwords of a network file: hashed outside the transaction, and only those that are new."""

from collections.abc import Mapping
from typing import Protocol

import sqlalchemy as sa

from qms.domain.network_file import NetworkFile
from qms.store.schema import network as tables
from qms.store.tx import Tx


class Hasher(Protocol):
    """Hashes passwords and checks them (argon2)."""

    def hash(self, password: str) -> str:
        """A fresh hash."""

    def matches(self, hash: str, password: str) -> bool:
        """Whether the password is the one hashed."""


def known_hashes(tx: Tx, *, slug: str) -> Mapping[str, str]:
    """The password hashes of an account's agents, by key; of a retired one, if nobody else has the key."""
    agent, account = tables.agent.c, tables.account.c
    of_account = sa.select(account.id).where(account.slug == slug).scalar_subquery()
    where = (agent.account_id == of_account) & agent.password_hash.is_not(None)
    found = sa.select(agent.key, agent.password_hash).where(where).order_by(agent.retired_at.is_(None))
    return {key: str(kept) for key, kept in tx.execute(found)}


def password_hashes(file: NetworkFile, known: Mapping[str, str], hasher: Hasher) -> Mapping[str, str]:
    """The hash for every agent with a password in the file: the known one where it still matches."""
    found = {}
    for agent in file.agents:
        kept = known.get(agent.key)
        if agent.password_hash is not None:
            found[agent.key] = agent.password_hash
        elif agent.password is not None:
            same = kept is not None and hasher.matches(kept, agent.password)
            found[agent.key] = str(kept) if same else hasher.hash(agent.password)
    return found
