"""The first account of an installation, made by whoever has read what the program printed."""

import hmac
from collections.abc import Mapping
from datetime import timedelta

import sqlalchemy as sa

from qms.domain.derivation import derived_key
from qms.domain.errors import Gone
from qms.domain.network_file import NetworkFile
from qms.domain.passwords import LETTERS
from qms.services import logins
from qms.services.applying import apply_network
from qms.services.one_time_passwords import GROUP, GROUPS
from qms.store.schema.access import installation
from qms.store.schema.network import account
from qms.store.tx import Tx

BY = "setup"
"""Who has made the first account."""


def password_of(secret: bytes) -> str:
    """The password with which an installation is set up: the same in all its processes, and after a restart."""
    key = derived_key(secret, "setup")
    letters = "".join(LETTERS[byte % len(LETTERS)] for byte in key[: GROUPS * GROUP])
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def is_right(secret: bytes, text: str) -> bool:
    """Whether this is that password, however its groups were written."""
    given = text.strip().lower().replace(" ", "-")
    return hmac.compare_digest(given.encode(), password_of(secret).encode())


def is_bare(tx: Tx) -> bool:
    """Whether there is no account at all."""
    return tx.execute(sa.select(account.c.id).limit(1)).first() is None


def set_up(tx: Tx, *, file: NetworkFile, hashes: Mapping[str, str], kind: str, scope: str, lasts: timedelta) -> str:
    """Make the first account, and let its owner in: the token of his login.

    Raises:
        Gone: somebody has been faster.
    """
    first = tx.add_unless_there(installation, {"name": "set_up", "value": file.account.slug})
    if not first or not is_bare(tx):
        raise Gone("setup", "there is an account")
    apply_network(tx, file=file, hashes=hashes, by=BY)
    id = tx.execute(sa.select(account.c.id).where(account.c.slug == file.account.slug)).scalar_one()
    token, _ = logins.start(
        tx, kind=kind, agent=tx.network(id).agents.find(file.agents[0].key), scope=scope, lasts=lasts
    )
    return token
