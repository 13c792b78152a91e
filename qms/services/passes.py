"""A pass over a routing domain: first the deadlines that have passed, then the offers that can be made."""

from collections.abc import Mapping, Sequence

from qms.domain.errors import Refused
from qms.services import ahead, distribution, timers
from qms.store.columns import micros
from qms.store.live import TIMED_SESSION_SQL
from qms.store.tx import Tx


def run(tx: Tx, *, routing_domain: str) -> int:
    """Sweep and distribute; how many offers were made."""
    found = tx.raw(_ACCOUNT, {"domain": routing_domain})
    if not found:
        return 0
    ((account,),) = found
    timers.sweep(tx, account=account, domain=routing_domain)
    return distribution.distribute(tx, account=account, domain=routing_domain)


_ACCOUNT = "SELECT account_id FROM routing_domain WHERE id = :domain"

_DUE = """SELECT id, account_id, EXISTS (SELECT 1 FROM session s WHERE s.domain_id = d.id AND ended_at IS NULL
    AND (state = 'idle' OR spare > 0 AND paused_until IS NULL))
AND EXISTS (SELECT 1 FROM ticket t WHERE t.domain_id = d.id AND t.state = 'waiting'),
EXISTS (SELECT 1 FROM offer o WHERE o.domain_id = d.id AND o.state = 'ringing'
           AND (deadline <= :now OR made_at > :ahead))
OR EXISTS (SELECT 1 FROM session s WHERE s.domain_id = d.id AND ended_at IS NULL
           AND (until <= :now OR paused_until <= :now OR disconnected_at <= :gone
                OR (until > :now OR paused_until > :now) AND state_since > :ahead OR disconnected_at > :unheard))
FROM routing_domain d WHERE id IN ({marks})"""


def due(tx: Tx, domains: Sequence[str]) -> Mapping[str, bool]:
    """In which of some domains a pass may do anything now: asked after every change, so written by hand.

    Where agents press for whoever is next, somebody idle may face somebody who waits, and nothing is to be done.
    """
    rows = tx.raw_of(_DUE, domains, _times(tx))
    return {
        domain: bool(late) or (bool(faced) and _may_push(tx, account, domain)) for domain, account, faced, late in rows
    }


_LATE_DOMAINS = f"""SELECT domain_id FROM offer WHERE state = 'ringing' AND (deadline <= :now OR made_at > :ahead)
UNION ALL SELECT domain_id FROM session WHERE {TIMED_SESSION_SQL}
AND (until <= :now OR paused_until <= :now OR disconnected_at <= :gone
     OR (until > :now OR paused_until > :now) AND state_since > :ahead OR disconnected_at > :unheard)"""  # noqa: S608 - our own words

_FACED_DOMAINS = """SELECT id, account_id FROM routing_domain d
WHERE EXISTS (SELECT 1 FROM ticket t WHERE t.domain_id = d.id AND t.state = 'waiting')
AND EXISTS (SELECT 1 FROM session s WHERE s.domain_id = d.id AND ended_at IS NULL
            AND (state = 'idle' OR spare > 0 AND paused_until IS NULL))"""


def due_domains(tx: Tx) -> list[str]:
    """The routing domains where a deadline has passed, or somebody idle is to be offered who waits; cheap to ask."""
    late = [domain for (domain,) in tx.raw(_LATE_DOMAINS, _times(tx))]
    faced = [domain for domain, account in tx.raw(_FACED_DOMAINS, {}) if _may_push(tx, account, domain)]
    return list(dict.fromkeys([*late, *faced]))


def _may_push(tx: Tx, account: str, domain: str) -> bool:
    """Whether anything is offered in a routing domain; where the network cannot be read, the pass says why."""
    try:
        return domain in tx.network(account).pushing_domains
    except Refused:
        return True


def _times(tx: Tx) -> dict[str, int]:
    gone, unheard = tx.machine_now - timers.OFFER_GRACE, tx.machine_now + ahead.AHEAD
    times = {"now": tx.now, "gone": gone, "ahead": tx.now + ahead.AHEAD, "unheard": unheard}
    return {name: micros(at) for name, at in times.items()}
