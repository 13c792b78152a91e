"""Recovery codes: each lets somebody in once in the place of a code of his authenticator app, which he has lost.

They have 118 random bits, so that a plain hash of them cannot be guessed backwards.
"""

import sqlalchemy as sa

from qms.domain.network import Agent
from qms.domain.passwords import drawn
from qms.services.logins import hash_of
from qms.store.schema.access import recovery_code
from qms.store.tx import Tx

MANY = 10
GROUPS, GROUP = 6, 4

_c = recovery_code.c


def anew(tx: Tx, *, agent: Agent) -> list[str]:
    """New codes for somebody, which are seen only now; those of before are worth nothing."""
    codes = [drawn(GROUPS, GROUP) for _ in range(MANY)]
    forget(tx, agent=agent)
    whose = {"agent_id": agent.id, "account_id": agent.account_id}
    tx.execute(recovery_code.insert(), [{**whose, "code_hash": _hash(code)} for code in codes])
    tx.note(agent.account_id, agent.id, "recovery_codes.made", agent.id)
    return codes


def left(tx: Tx, *, agent: Agent) -> int:
    """How many of his codes somebody has not used."""
    return int(tx.execute(sa.select(sa.func.count()).where(_c.agent_id == agent.id)).scalar_one())


def take(tx: Tx, *, agent: Agent, code: str) -> bool:
    """Whether this is a code of his; it is good no more."""
    his = (_c.agent_id == agent.id) & (_c.code_hash == _hash(code))
    if not tx.execute(recovery_code.delete().where(his)).rowcount:
        return False
    tx.note(agent.account_id, agent.id, "recovery_codes.used", agent.id, {"left": left(tx, agent=agent)})
    return True


def forget(tx: Tx, *, agent: Agent) -> None:
    """Let none of his codes be worth anything any more."""
    tx.execute(recovery_code.delete().where(_c.agent_id == agent.id))


def _hash(code: str) -> str:
    return hash_of("".join(letter for letter in code.lower() if letter.isalnum()))
