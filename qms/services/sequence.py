"""The `seq` of what live pages are told: it grows with every change of what they show, and never falls."""

from collections.abc import Iterable, Mapping

from qms.domain.network import Network
from qms.store.tx import Tx

_ALL = "SELECT COALESCE(SUM(epoch), 0) FROM routing_domain WHERE account_id = :account"
_EPOCHS = "SELECT id, epoch FROM routing_domain WHERE id IN ({marks})"


def sequence(tx: Tx, network: Network) -> int:
    """How often anything in the account may have changed; the same at every process, and kept over restarts.

    Epochs count the transactions of routing domains, the account's version those of its network. Domains may be
    joined or parted, and a ticket may go from one to another: so it is the sum of all. Read it before what it stands
    for, which is then at least as new.
    """
    ((epochs,),) = tx.raw(_ALL, {"account": network.account.id})
    return network.account.version + int(epochs)


def sequence_of(tx: Tx, network: Network, domain: str) -> int:
    """The same for a page that stays in one routing domain, whatever happens in the thousands of others.

    Where the network is changed, whatever comes into a domain finds its epoch higher than where it was.
    """
    return network.account.version + epochs(tx, [domain]).get(domain, 0)


def epochs(tx: Tx, domains: Iterable[str]) -> Mapping[str, int]:
    """How many transactions routing domains have seen; one that does not exist is missing."""
    wanted = set(domains)
    held = {domain: tx.epoch(domain) for domain in wanted & tx.domains}
    return {**held, **dict(tx.raw_of(_EPOCHS, sorted(wanted - held.keys())))}
