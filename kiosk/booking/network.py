"""What an address names: the account, and whom somebody has chosen."""

from kiosk.booking.asked import Asked
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


def service_of(tx: Tx, *, asked: Asked) -> tuple[Network, Service]:
    """The service that an address names, by key or id.

    Raises:
        NotFound: there is no such account, or service.
    """
    network = network_of(tx, slug=asked.account)
    return network, network.services.find(asked.service or "")


def chosen(network: Network, service: Service, agent: str | None) -> Agent | None:
    """The agent whom somebody has chosen, where the service lets him.

    Raises:
        NotFound: the agent does not give it.
    """
    return None if service.automatic or agent is None else agents_of(network, service, agent)[0]
