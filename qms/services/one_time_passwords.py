"""One-time passwords: with which somebody comes in once, to choose a password of his own."""

from collections.abc import Sequence

from qms.domain.audit import OPERATOR
from qms.domain.errors import NotAuthenticated
from qms.domain.network import Agent
from qms.domain.passwords import drawn
from qms.services import own_logins, second_factor
from qms.store.schema.network import agent as agents
from qms.store.tx import Tx

GROUPS, GROUP = 4, 5


class NewPasswordWanted(NotAuthenticated):
    """The password was right, and good for this once: another one is to be chosen."""


def new() -> str:
    """A password to be read off a screen: 97 random bits in groups."""
    return drawn(GROUPS, GROUP)


def without(tx: Tx, *, account: str) -> Sequence[Agent]:
    """The owners of an account who could sign in, had they a password."""
    network = tx.network(account)
    return [one for one in network.agents.values() if one.role == "owner" and one.email and not one.password_hash]


def give(tx: Tx, *, agent: Agent, password_hash: str, by: str = OPERATOR) -> None:
    """Let somebody in with this password, once."""
    _set(tx, agent, password_hash, once=True)
    tx.note(agent.account_id, by, "password.given", agent.id)


def let_in_again(tx: Tx, *, agent: Agent, password_hash: str, by: str = OPERATOR) -> None:
    """Let somebody who has lost his password or his app in with this password, once; his logins end."""
    give(tx, agent=agent, password_hash=password_hash, by=by)
    second_factor.remove(tx, agent=agent, by=by)
    own_logins.end_all(tx, account=agent.account_id, agent=agent.id, by=by)


def choose(tx: Tx, *, agent: Agent, password_hash: str) -> None:
    """Let somebody in with the password that he has chosen, from now on."""
    _set(tx, agent, password_hash, once=False)
    tx.note(agent.account_id, agent.id, "password.chosen", agent.id)


def _set(tx: Tx, agent: Agent, password_hash: str, *, once: bool) -> None:
    values = {"password_hash": password_hash, "password_once": once}
    tx.execute(agents.update().where(agents.c.id == agent.id).values(values))
    tx.network_changed(agent.account_id)
