"""The second factor: a code from an authenticator app, for those who have set one up.

Whoever has lost the app says one of the recovery codes that he was given with it.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from qms.domain import one_time_code
from qms.domain.errors import Conflict, Invalid, NotAuthenticated
from qms.domain.network import Agent
from qms.services import recovery_codes
from qms.store.schema.access import second_factor
from qms.store.tx import Tx

_c = second_factor.c
SECRET_BYTES = 20


class CodeWanted(NotAuthenticated):
    """The password was right, and a code is wanted besides."""

    def __init__(self, agent: Agent) -> None:
        super().__init__("code")
        self.agent = agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """Somebody's second factor, its secret sealed; `confirmed_at` None: set up, and not proved to work yet."""

    agent_id: str
    secret: str
    confirmed_at: datetime | None
    last_step: int


def set_up(tx: Tx, *, agent: Agent) -> str:
    """A new secret for somebody, which counts once he has said a code of it; the address for his app.

    Raises:
        Conflict: he has one that counts.
    """
    if wanted(tx, agent=agent):
        raise Conflict("second factor", "set up")
    secret = base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode()
    sealed = tx.vault.seal(_c.secret, agent.id, secret)
    row = {"agent_id": agent.id, "account_id": agent.account_id, "secret": sealed, "last_step": 0}
    tx.execute(second_factor.delete().where(_c.agent_id == agent.id))
    tx.execute(second_factor.insert(), row)
    issuer = tx.network(agent.account_id).account.name
    return one_time_code.address(secret, issuer=issuer, name=agent.email or agent.key)


def confirm(tx: Tx, *, agent: Agent, code: str) -> list[str]:
    """Let it count from now on; the recovery codes, which are seen only now.

    Raises:
        Invalid: that is not its code now. Conflict: it counts already, or none is set up.
    """
    factor = _of(tx, agent)
    if factor is None or factor.confirmed_at is not None:
        raise Conflict("second factor", "none" if factor is None else "set up")
    if not _proved(tx, factor, code):
        raise Invalid("code", "the six digits that the app shows now")
    tx.execute(second_factor.update().where(_c.agent_id == agent.id).values(confirmed_at=tx.machine_now))
    tx.note(agent.account_id, agent.id, "second_factor.set_up", agent.id)
    return recovery_codes.anew(tx, agent=agent)


def recover(tx: Tx, *, agent: Agent, code: str) -> list[str]:
    """New recovery codes in the place of those before, for a code; they are seen only now.

    Raises:
        Invalid: that is not its code now, nor a recovery code.
    """
    _still(tx, agent, code)
    return recovery_codes.anew(tx, agent=agent)


def leave(tx: Tx, *, agent: Agent, code: str) -> None:
    """Go without one again, with a last code of it, or a recovery code.

    Raises:
        Invalid: it is neither.
    """
    _still(tx, agent, code)
    remove(tx, agent=agent)


def remove(tx: Tx, *, agent: Agent, by: str | None = None) -> None:
    """Let a password alone be enough again; `by` somebody else."""
    recovery_codes.forget(tx, agent=agent)
    if tx.execute(second_factor.delete().where(_c.agent_id == agent.id)).rowcount:
        tx.note(agent.account_id, by or agent.id, "second_factor.removed", agent.id)


def having(tx: Tx, *, account: str) -> frozenset[str]:
    """Of whom in an account a code is wanted besides the password: the agents' ids."""
    mine = sa.select(_c.agent_id).where(_c.account_id == account, _c.confirmed_at.is_not(None))
    return frozenset(tx.execute(mine).scalars())


def wanted(tx: Tx, *, agent: Agent) -> bool:
    """Whether a code is wanted of somebody besides his password."""
    factor = _of(tx, agent)
    return factor is not None and factor.confirmed_at is not None


def prove(tx: Tx, *, agent: Agent, code: str) -> None:
    """Take a code of the app, or a recovery code; each is good once.

    Raises:
        NotAuthenticated: it is wrong, old, or was used.
    """
    factor = _of(tx, agent)
    if factor is None or factor.confirmed_at is None:
        raise NotAuthenticated("code")
    if not _proved(tx, factor, code) and not recovery_codes.take(tx, agent=agent, code=code):
        raise NotAuthenticated("code")


def _still(tx: Tx, agent: Agent, code: str) -> None:
    try:
        prove(tx, agent=agent, code=code)
    except NotAuthenticated:
        raise Invalid("code", "the six digits that the app shows now, or a recovery code") from None


def _proved(tx: Tx, factor: Factor, code: str) -> bool:
    secret = tx.vault.open(_c.secret, factor.agent_id, factor.secret)
    step = one_time_code.matching(secret, code, tx.machine_now, after=factor.last_step)
    if step is None:
        return False
    taken = second_factor.update().where(_c.agent_id == factor.agent_id, _c.last_step < step).values(last_step=step)
    return tx.execute(taken).rowcount == 1


def _of(tx: Tx, agent: Agent) -> Factor | None:
    columns = (_c[name] for name in Factor.__dataclass_fields__)
    return tx.first(Factor, sa.select(*columns).where(_c.agent_id == agent.id))
