"""Small networks for tests of the store, written as an operator would write them."""

from collections.abc import Mapping

import sqlalchemy as sa

from qms.domain.network import Network
from qms.domain.network_file import read_network
from qms.services.applying import Applied, apply_network
from qms.services.applying.apply import domains_of
from qms.store.schema.network import account as accounts
from qms.store.store import Store
from qms.store.tx import Tx
from tests.db.settling import settled
from tests.unit.network.samples import ACME

APPLICATION = "bf8215e5-a39e-490a-a0e2-07df6a3d8c1f"
"""Acme's."""

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


def apply(store: Store, text: str, *, hashes: Mapping[str, str] | None = None, **how: bool) -> Applied:
    """Apply a network file. `hashes`: those of the agents' passwords, by key."""

    def settle() -> Applied:
        file = read_network(text, "network.toml")
        domains = store.read(domains_of, slug=file.account.slug)
        return store.write(apply_network, domain=domains, file=file, hashes=hashes or {}, **how)

    named = frozenset((hashes or {}).items())
    return settled(store, (text, named, frozenset(how.items())), settle)


def told(applied: Applied) -> list[str]:
    """What was changed, in a line each."""
    return [str(change) for change in applied.changes]


def settle(store: Store, text: str, password_hash: str | None = None) -> Network:
    """Apply a network file, every agent of which has the same password or none; the network as it stands then."""
    file = read_network(text, "network.toml")
    applied = apply(store, text, hashes={agent.key: password_hash for agent in file.agents} if password_hash else None)
    return store.read(network_of, slug=applied.account)


def network_of(tx: Tx, *, slug: str) -> Network:
    """The network of the account with this slug."""
    return tx.network(str(tx.execute(sa.select(accounts.c.id).where(accounts.c.slug == slug)).scalar_one()))


def without(text: str, *headers: str) -> str:
    """A network file without the tables that begin with these lines, such as `key = "sven"`."""
    tables = text.split("\n[[")
    return "\n[[".join(table for table in tables if not any(header in table for header in headers))


def other_acme() -> str:
    """Another account with Acme's keys and ids, but for what has to be unique in the installation."""
    text = ACME.replace('slug = "acme"', 'slug = "other"').replace(APPLICATION, "another-application")
    for token in ("lobby-screen-secret", "kiosk-secret", "night-counter-page"):
        text = text.replace(token, f"other-{token}")
    return text
