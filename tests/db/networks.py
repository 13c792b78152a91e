"""Small networks for tests of the store, written as an operator would write them."""

from qms.domain.network import Network
from qms.domain.network_file import read_network
from qms.services.applying import Applied, apply_network
from qms.services.applying.apply import domains_of
from qms.store.store import Store
from qms.store.tx import Tx

TWO_TOWNS = """
[account]
slug = "towns"
timezone = "America/Santiago"

[[branch]]
key = "north"
pocs = [{ key = "n1", kind = "counter" }, { key = "n2", kind = "counter" }]

[[branch]]
key = "south"
pocs = [{ key = "s1", kind = "counter" }]

[[queue]]
key = "north-cash"
prefix = "N"
branches = ["north"]
mode = "counter"

[[queue]]
key = "south-cash"
prefix = "S"
branches = ["south"]
mode = "counter"

[[agent]]
key = "nora"
queues = ["north-cash"]

[[agent]]
key = "sven"
queues = ["south-cash"]
"""
"""Two branches that share nothing: two routing domains."""


def apply(store: Store, text: str, **how: bool) -> Applied:
    """Apply a network file."""
    file = read_network(text, "network.toml")
    domains = store.read(domains_of, slug=file.account.slug)
    return store.write(apply_network, domain=domains, file=file, hashes={}, **how)


def network_of(store: Store, applied: Applied) -> Network:
    """The network of the account that was applied."""
    return store.read(_network, slug=applied.account)


def _network(tx: Tx, *, slug: str) -> Network:
    ((id,),) = tx.raw("SELECT id FROM account WHERE slug = :slug", {"slug": slug})
    return tx.network(id)
