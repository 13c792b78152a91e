"""The `seq` of what live pages are told: it grows with every change of an account, and never falls."""

import sqlalchemy as sa

from qms.domain.network import Network
from qms.store.schema.network import routing_domain
from qms.store.tx import Tx


def sequence(tx: Tx, network: Network) -> int:
    """How often anything in the account may have changed; the same at every process, and kept over restarts.

    Epochs count the transactions of routing domains, the account's version those of its network. Domains may be
    joined or parted, and a ticket may go from one to another: so it is the sum of all. Read it before what it stands
    for, which is then at least as new.
    """
    found = sa.select(sa.func.sum(routing_domain.c.epoch)).where(routing_domain.c.account_id == network.account.id)
    return network.account.version + int(tx.execute(found).scalar() or 0)
