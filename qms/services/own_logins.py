"""Logins as people see them: where they are signed in, and ending what they do not know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from qms.domain.errors import NotFound
from qms.domain.network import Agent
from qms.services import logins
from qms.store.schema.access import login
from qms.store.tx import Tx

_l = login.c
MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A login that goes on: `kind` says by which way in."""

    id: str
    agent_id: str
    kind: str
    created_at: datetime
    expires_at: datetime


def going_on(tx: Tx, *, account: str, agent: str | None = None) -> Sequence[Sitting]:
    """The logins of an account, or of one of its agents, the newest first."""
    live = (_l.account_id == account) & _l.ended_at.is_(None) & (_l.expires_at > tx.now)
    where = live if agent is None else live & (_l.agent_id == agent)
    columns = (_l[name] for name in Sitting.__dataclass_fields__)
    return tx.all(Sitting, sa.select(*columns).where(where).order_by(_l.created_at.desc(), _l.id).limit(MOST))


def end(tx: Tx, *, account: str, id: str, agent: Agent | None = None, by: str | None = None) -> None:
    """End a login of an account; of this agent only, where one is named; `by` somebody else.

    Raises:
        NotFound: there is none that goes on.
    """
    known = going_on(tx, account=account, agent=agent.id if agent is not None else None)
    if id not in {one.id for one in known}:
        raise NotFound("login", id)
    logins.end(tx, id=id, by=by)


def end_all(tx: Tx, *, account: str, agent: str, but: str | None = None, by: str | None = None) -> int:
    """End all logins of an agent, but for one; how many there were."""
    ended = [one.id for one in going_on(tx, account=account, agent=agent) if one.id != but]
    for id in ended:
        logins.end(tx, id=id, by=by)
    return len(ended)
