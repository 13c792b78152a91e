"""Small networks for tests of the store, written as an operator would write them."""

from qms.domain.network_file import read_network
from qms.services.applying import Applied, apply_network
from qms.services.applying.apply import domains_of
from qms.store.store import Store

TWO_TOWNS = """
[account]
slug = "towns"
timezone = "America/Santiago"

[[branch]]
key = "north"
pocs = [{ key = "n1", kind = "counter" }, { key = "n2", kind = "counter" }]

[[branch]]
key = "south"
pocs = [{ key = "s1", kind = "counter" }, { key = "s2", kind = "booth" }]

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

[[queue]]
key = "south-video"
prefix = "V"
branches = ["south"]

[[agent]]
key = "nora"
queues = ["north-cash"]

[[agent]]
key = "sven"
queues = ["south-cash", "south-video"]

[[agent]]
key = "susi"
queues = ["south-cash", "south-video"]
"""
"""Two branches that share nothing: two routing domains."""

ONE_COUNTRY = (
    TWO_TOWNS
    + """
[[agent]]
key = "both"
queues = ["north-cash", "south-cash"]
"""
)
"""The same, with an agent who serves both: one routing domain."""


def apply(store: Store, text: str, **how: bool) -> Applied:
    """Apply a network file."""
    file = read_network(text, "network.toml")
    domains = store.read(domains_of, slug=file.account.slug)
    return store.write(apply_network, domain=domains, file=file, hashes={}, **how)


def without(text: str, *headers: str) -> str:
    """A network file without the tables that begin with these lines, such as `key = "sven"`."""
    tables = text.split("\n[[")
    return "\n[[".join(table for table in tables if not any(header in table for header in headers))
