"""Who works for which routing domain: of the workers that are alive, one for each domain.

A worker says every second that it lives. Who is alive decides by itself who owns which domain, so nobody has to hand
domains out, and those of a dead or stopped worker have another owner as soon as it has lapsed. Whoever begins to work
for a domain raises its fence. A pass holds the domain's lock and says which fence it knows: a worker that stood still
while another one took over is refused, and writes nothing. Machine time throughout.
"""

from collections.abc import Collection
from datetime import timedelta
from hashlib import blake2b

import sqlalchemy as sa

from qms.domain.errors import Conflict
from qms.services import passes
from qms.store.schema.network import routing_domain as domains
from qms.store.schema.worker import worker as workers
from qms.store.tx import Tx

LAPSES = timedelta(seconds=3)
"""A worker that has not been heard of for so long is dead, or stands still."""

FORGOTTEN = timedelta(minutes=1)
TOPIC = "workers"

w, d = workers.c, domains.c

_LEASE = "SELECT worker_id, fence FROM routing_domain WHERE id = :domain"


def begin(tx: Tx, *, worker: str, seat: str | None) -> frozenset[str]:
    """A worker starts. Whoever had its seat (the address it listens at) before is gone: nobody waits until it lapses.

    Returns all who are alive.
    """
    before = w.id == worker if seat is None else (w.id == worker) | (w.seat == seat)
    tx.execute(workers.delete().where(before))
    tx.execute(workers.insert(), {"id": worker, "seat": seat, "seen_at": tx.machine_now})
    tx.tell(TOPIC)
    return living(tx)


def beat(tx: Tx, *, worker: str) -> frozenset[str]:
    """A worker lives. Returns all who do."""
    if tx.execute(workers.update().where(w.id == worker).values(seen_at=tx.machine_now)).rowcount == 0:
        return begin(tx, worker=worker, seat=None)
    long_gone = (w.seen_at < tx.machine_now - FORGOTTEN) | (w.seen_at > tx.machine_now + FORGOTTEN)
    tx.execute(workers.delete().where(long_gone))
    return living(tx)


def leave(tx: Tx, *, worker: str) -> None:
    """A worker stops: its domains have other owners at once."""
    tx.execute(workers.delete().where(w.id == worker))
    tx.tell(TOPIC)


def living(tx: Tx) -> frozenset[str]:
    """The workers that are alive. Who was last heard of in the future has said so before the clock was set back."""
    return frozenset(tx.execute(heard(tx, LAPSES)).scalars())


def heard(tx: Tx, within: timedelta) -> sa.Select[*tuple[str]]:
    """The workers that were heard of within so long."""
    return sa.select(w.id).where(w.seen_at > tx.machine_now - within, w.seen_at <= tx.machine_now + within)


def owner(alive: Collection[str], domain: str) -> str | None:
    """Which of them owns a domain: when one comes or goes, only the domains that it gains or loses change hands."""
    return max(alive, key=lambda worker: blake2b(f"{worker} {domain}".encode(), digest_size=8).digest(), default=None)


def run(tx: Tx, *, routing_domain: str, worker: str, fence: int | None) -> int:
    """A pass over a domain by its owner, who knows its fence, or begins now; the fence to know from then on.

    Raises:
        Conflict: another worker's domain, or taken over by another one since, or no longer there.
    """
    lease = tx.raw(_LEASE, {"domain": routing_domain})
    if not lease:
        raise Conflict("routing domain", "no longer there")
    if fence is None:
        fence = _take_over(tx, routing_domain, worker, lease[0][1])
    elif lease[0] != (worker, fence):
        raise Conflict("routing domain", "taken over by another worker")
    passes.run(tx, routing_domain=routing_domain)
    return fence


def _take_over(tx: Tx, domain: str, worker: str, fence: int) -> int:
    if owner(living(tx), domain) != worker:
        raise Conflict("routing domain", "another worker's")
    tx.execute(domains.update().where(d.id == domain).values(worker_id=worker, fence=fence + 1))
    return fence + 1
