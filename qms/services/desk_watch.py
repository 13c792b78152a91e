"""Watching desks: the state of each while its login holds, and what wakes whoever watches."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from qms.services import desk_state, logins
from qms.services.desk_view import DeskState
from qms.services.logins import Login
from qms.store.tx import Tx


class Watched(NamedTuple):
    """Whose desk it is, the desk, and the topic that is told when it changes."""

    login: Login
    desk: DeskState
    topic: str


def look(tx: Tx, *, token_hashes: Sequence[str]) -> Mapping[str, DeskState]:
    """The desks of those who hold these tokens, by the tokens' hashes; whose login has ended is missing."""
    found = logins.holders(tx, token_hashes, kind="desk")
    agents: dict[str, set[str]] = {}
    for login in found.values():
        agents.setdefault(login.account_id, set()).add(login.agent.id)
    desks: dict[str, DeskState] = {}
    for account, some in agents.items():
        desks |= desk_state.read_many(tx, account=account, agents=sorted(some))
    return {token_hash: desks[login.agent.id] for token_hash, login in found.items()}


def begin(tx: Tx, *, token_hash: str) -> Watched:
    """What somebody with a token is about to watch.

    An agent's desk changes with his routing domain; that of a supervisor without queues with those he looks after.

    Raises:
        NotAuthenticated: the login has ended.
    """
    login = logins.holder(tx, kind="desk", token_hash=token_hash)
    desk = desk_state.read(tx, account=login.account_id, agent=login.agent.id)
    near = [login.domain] if login.agent.queues else [line.queue.domain_id for line in desk.queues]
    return Watched(login, desk, f"domain:{next(iter(near), login.domain)}")
