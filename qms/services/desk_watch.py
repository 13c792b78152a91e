"""Watching a desk: its state while the login holds, and what wakes whoever watches."""

from qms.services import desk_state, logins
from qms.services.desk_state import DeskState
from qms.services.sequence import sequence
from qms.store.tx import Tx


def look(tx: Tx, *, token_hash: str, known: int | None = None) -> DeskState | None:
    """The desk of whoever holds the token; None where nothing has happened since the state with the `seq` known.

    Raises:
        NotAuthenticated: the login has ended.
    """
    login = logins.holder(tx, kind="desk", token_hash=token_hash)
    if known is not None and sequence(tx, tx.network(login.account_id)) == known >> desk_state.WITHIN:
        return None
    return desk_state.read(tx, account=login.account_id, agent=login.agent.id)


def topics(desk: DeskState) -> frozenset[str]:
    """What to listen to: the agent, the account, and the routing domains of the queues that he looks after."""
    domains = {desk.agent.domain_id, *(line.queue.domain_id for line in desk.queues)}
    own = {f"agent:{desk.agent.id}", f"network:{desk.agent.account_id}"}
    return frozenset(own | {f"domain:{domain}" for domain in domains})
