"""A pass over a routing domain: first the deadlines that have passed, then the offers that can be made."""

import sqlalchemy as sa

from qms.services import distribution, timers
from qms.store.schema import network, work
from qms.store.tx import Tx


def run(tx: Tx, *, routing_domain: str) -> int:
    """Sweep and distribute; how many offers were made."""
    found = sa.select(network.routing_domain.c.account_id).where(network.routing_domain.c.id == routing_domain)
    account = tx.execute(found).scalar()
    if account is None:
        return 0
    timers.sweep(tx, account=account, domain=routing_domain)
    return distribution.distribute(tx, account=account, domain=routing_domain)


def due_domains(tx: Tx, *, only: str | None = None) -> list[str]:
    """The routing domains where a deadline has passed, or somebody idle faces somebody who waits; cheap to ask.

    `only` asks about one domain.
    """
    o, s, t = work.offer.c, work.session.c, work.ticket.c
    on_duty = s.ended_at.is_(None)
    gone = s.disconnected_at.is_not(None) & (s.disconnected_at <= tx.machine_now - timers.OFFER_GRACE)
    idle = sa.exists().where(on_duty & (s.state == "idle") & (s.domain_id == t.domain_id))
    parts = [
        (o.domain_id, (o.state == "ringing") & (o.deadline <= tx.now)),
        (s.domain_id, on_duty & s.until.is_not(None) & (s.until <= tx.now)),
        (s.domain_id, on_duty & gone),
        (t.domain_id, (t.state == "waiting") & idle),
    ]
    asked = [sa.select(c).where(where if only is None else where & (c == only)) for c, where in parts]
    return list(tx.execute(sa.union(*asked)).scalars())


def all_domains(tx: Tx) -> list[str]:
    """Every routing domain with somebody waiting or being served: for escalation, closing and interruptions."""
    o, t = work.offer.c, work.ticket.c
    waiting = sa.select(t.domain_id).where(t.state.in_(("waiting", "parked")))
    held = sa.select(o.domain_id).where(o.state == "accepted")
    return list(tx.execute(sa.union(waiting, held)).scalars())
