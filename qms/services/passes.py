"""A pass over a routing domain: first the deadlines that have passed, then the offers that can be made."""

import sqlalchemy as sa

from qms.services import distribution, timers
from qms.store.columns import micros
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


_DUE = """SELECT EXISTS (SELECT 1 FROM session WHERE domain_id = :domain AND ended_at IS NULL
    AND (state = 'idle' OR spare > 0 AND paused_until IS NULL))
AND EXISTS (SELECT 1 FROM ticket WHERE domain_id = :domain AND state = 'waiting')
OR EXISTS (SELECT 1 FROM offer WHERE domain_id = :domain AND state = 'ringing' AND deadline <= :now)
OR EXISTS (SELECT 1 FROM session WHERE domain_id = :domain AND ended_at IS NULL
           AND (until <= :now OR paused_until <= :now OR disconnected_at <= :gone))"""


def due(tx: Tx, *, domain: str) -> bool:
    """Whether a pass over one domain may do anything now: asked after every change, so written by hand."""
    gone = micros(tx.machine_now - timers.OFFER_GRACE)
    ((found,),) = tx.raw(_DUE, {"domain": domain, "now": micros(tx.now), "gone": gone})
    return bool(found)


def due_domains(tx: Tx) -> list[str]:
    """The routing domains where a deadline has passed, or somebody idle faces somebody who waits; cheap to ask."""
    o, s, t = work.offer.c, work.session.c, work.ticket.c
    on_duty = s.ended_at.is_(None)
    gone = s.disconnected_at.is_not(None) & (s.disconnected_at <= tx.machine_now - timers.OFFER_GRACE)
    open_to_more = (s.state == "idle") | ((s.spare > 0) & s.paused_until.is_(None))
    idle = sa.exists().where(on_duty & open_to_more & (s.domain_id == t.domain_id))
    parts = [
        (o.domain_id, (o.state == "ringing") & (o.deadline <= tx.now)),
        (s.domain_id, on_duty & s.until.is_not(None) & (s.until <= tx.now)),
        (s.domain_id, on_duty & s.paused_until.is_not(None) & (s.paused_until <= tx.now)),
        (s.domain_id, on_duty & gone),
        (t.domain_id, (t.state == "waiting") & idle),
    ]
    return list(tx.execute(sa.union(*(sa.select(c).where(where) for c, where in parts))).scalars())


# Beside what is asked, the condition of the partial index as the index has it: so no old ticket or offer is read.
_AT_WORK = """SELECT domain_id FROM ticket
WHERE state IN ('waiting','offered','called','serving','parked') AND state IN ('waiting', 'parked')
UNION SELECT domain_id FROM offer WHERE state IN ('ringing','accepted') AND state = 'accepted'"""


def all_domains(tx: Tx) -> list[str]:
    """Every routing domain with somebody waiting or being served: for escalation, closing and interruptions."""
    return [domain for (domain,) in tx.raw(_AT_WORK, {})]
