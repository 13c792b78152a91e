"""Changing a network from a page: only the one that was looked at, and nobody of a higher rank."""

import tomllib
from collections.abc import Mapping
from hashlib import sha256

import sqlalchemy as sa

from qms.domain.complaint import complaint
from qms.domain.errors import Conflict, Forbidden
from qms.domain.network import ROLES, Agent
from qms.domain.network_file import NetworkFile
from qms.domain.network_file.writer import Document, write_network
from qms.services.applying.applied import Applied, DryRun
from qms.services.applying.apply import apply_network
from qms.services.applying.stored import network_document
from qms.store.schema.network import account as accounts
from qms.store.tx import Tx

OWNER = ROLES[-1]


def version_of(document: Document) -> str:
    """What tells one state of a network from every other."""
    return sha256(write_network(document).encode()).hexdigest()[:16]


def revise(
    tx: Tx, *, agent: Agent, file: NetworkFile, hashes: Mapping[str, str], version: str, prune: bool, dry_run: bool
) -> Applied:
    """Apply a file in somebody's name to the network that he has looked at. Its routing domains have to be held.

    Raises:
        Conflict: the network is another by now; or nobody would be left who can change it. Forbidden: that is for
        somebody of a higher role. DryRun: asked for; carries what would have been done.
    """
    tx.take_time()
    tx.execute(sa.select(accounts.c.id).where(accounts.c.id == agent.account_id).with_for_update())
    before = network_document(tx, account=agent.account_id)
    if before["account"]["slug"] != file.account.slug:
        raise Conflict("account", complaint('the file is of the account "%(slug)s"', slug=file.account.slug))
    if version_of(before) != version:
        raise Conflict("network", "somebody has changed it meanwhile")
    applied = apply_network(tx, file=file, hashes=hashes, prune=prune, by=agent.id)
    after = tomllib.loads(applied.file) if applied.file else before
    _require_rank(agent, applied, before, after)
    _require_owner(before, after)
    if dry_run:
        raise DryRun(applied.undone())
    return applied


def _require_rank(agent: Agent, applied: Applied, before: Document, after: Document) -> None:
    roles = {(one["key"], one["role"]) for document in (before, after) for one in document.get("agent", ())}
    touched = {change.key for change in applied.changes if change.kind == "agent"}
    if any(key in touched and ROLES.index(role) > ROLES.index(agent.role) for key, role in roles):
        raise Forbidden(complaint("change somebody of a higher role"))
    if agent.role != OWNER and any(c.kind == "account" and "sign_in" in c.fields for c in applied.changes):
        raise Forbidden(complaint("change through whom people sign in"))


def _require_owner(before: Document, after: Document) -> None:
    if _has_owner(before) and not _has_owner(after):
        said = complaint("nobody would be left who is owner and has an e-mail address to sign in with")
        raise Conflict("agent", said)


def _has_owner(document: Document) -> bool:
    return any(one["role"] == OWNER and "email" in one for one in document.get("agent", ()))
