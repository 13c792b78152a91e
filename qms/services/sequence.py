"""The `seq` of what live pages are told: it grows with every change of an account, and never falls."""

from qms.domain.network import Network
from qms.store.tx import Tx

_EPOCHS = "SELECT COALESCE(SUM(epoch), 0) FROM routing_domain WHERE account_id = :account"


def sequence(tx: Tx, network: Network) -> int:
    """How often anything in the account may have changed; the same at every process, and kept over restarts.

    Epochs count the transactions of routing domains, the account's version those of its network. Domains may be
    joined or parted, and a ticket may go from one to another: so it is the sum of all. Read it before what it stands
    for, which is then at least as new.
    """
    ((epochs,),) = tx.raw(_EPOCHS, {"account": network.account.id})
    return network.account.version + int(epochs)
