"""Statements on assignments: the queues that an agent serves for the time being, in place of his own."""

from collections.abc import Mapping

import sqlalchemy as sa

from qms.store.schema.network import agent as agents
from qms.store.schema.supervision import assignment as table
from qms.store.tx import Tx


def of_agent(tx: Tx, agent: str) -> str | None:
    """The service day for which an agent has been assigned other queues; None: he serves his own."""
    day: str | None = tx.execute(sa.select(table.c.day).where(table.c.agent_id == agent)).scalar()
    return day


def own_queues(tx: Tx, agent: str) -> Mapping[str, int]:
    """The queues that an agent serves by the network file, with his levels."""
    own: Mapping[str, int] | None = tx.execute(sa.select(agents.c.queues).where(agents.c.id == agent)).scalar()
    return own or {}


def put(tx: Tx, account: str, agent: str, queues: Mapping[str, int], day: str) -> None:
    """Assign an agent other queues, each with its level."""
    end(tx, agent)
    row = {"agent_id": agent, "account_id": account, "queues": dict(queues), "day": day}
    tx.execute(table.insert(), row)


def end(tx: Tx, agent: str) -> bool:
    """Give an agent his own queues back; whether he had others."""
    return tx.execute(table.delete().where(table.c.agent_id == agent)).rowcount > 0


def of_account(tx: Tx, account: str) -> frozenset[str]:
    """The agents who serve other queues than their own."""
    return frozenset(tx.execute(sa.select(table.c.agent_id).where(table.c.account_id == account)).scalars())
