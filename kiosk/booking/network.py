"""What an address names: the account, and whom somebody has chosen."""

from qms.domain.network import Agent, Network, Service
from qms.services.accounts import account_id
from qms.services.booking.bookables import agents_of
from qms.store.tx import Tx


def network_of(tx: Tx, *, slug: str) -> Network:
    """The network of an account.

    Raises:
        NotFound: there is none of this name.
    """
    return tx.network(account_id(tx, slug=slug))


def chosen(network: Network, service: Service, agent: str | None) -> Agent | None:
    """The agent whom somebody has chosen, where the service lets him.

    Raises:
        NotFound: the agent does not give it.
    """
    return None if service.automatic or agent is None else agents_of(network, service, agent)[0]
