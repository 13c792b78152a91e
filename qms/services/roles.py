"""The roles of people: what each may do follows from his."""

import sqlalchemy as sa

from qms.domain.complaint import complaint
from qms.domain.errors import Conflict, Invalid
from qms.domain.network import ROLES, Agent
from qms.services.applying import revisions
from qms.services.applying.applied import Applied, Change
from qms.store.schema.network import agent as agents
from qms.store.tx import Tx

_a = agents.c
OWNER = "owner"


def change(tx: Tx, *, agent: Agent, role: str, by: str) -> None:
    """Give somebody another role, from now on and until a network file says another one; the history keeps it.

    Raises:
        Invalid: there is no such role. Conflict: nobody would be left who may give roles.
    """
    if role not in ROLES:
        raise Invalid("role", complaint("one of %(known)s", known=", ".join(ROLES)))
    if role == agent.role:
        return
    mine = agents.update().where(_a.id == agent.id, _a.account_id == agent.account_id)
    tx.execute(mine.values(role=role))
    owners = sa.select(_a.id).where(_a.account_id == agent.account_id, _a.role == OWNER, _a.retired_at.is_(None))
    if tx.execute(owners.limit(1)).first() is None:
        raise Conflict("role", complaint("it is that of the last owner"))
    tx.note(agent.account_id, by, "role.changed", agent.id, {"from": agent.role, "to": role})
    tx.network_changed(agent.account_id)
    applied = Applied(account=tx.network(agent.account_id).account.slug)
    applied.changes.append(Change(action="change", kind="agent", key=agent.key, fields=("role",)))
    revisions.record(tx, account=agent.account_id, by=by, applied=applied)
    tx.tell(f"agent:{agent.id}", f"domain:{agent.domain_id}")
