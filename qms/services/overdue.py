"""Which routing domains a thorough pass may change anything in, asked of all at once: none is gone over for nothing.

Whoever waits, or is set aside, may be due to be escalated, to overflow, or to be sent home; whoever was being served
when his agent was lost, to go back in line. What may be due is enough: the pass looks at each under the domain's lock.
"""

from datetime import timedelta
from typing import NamedTuple

from qms.domain.errors import Refused
from qms.domain.network import Branch, Network, Queue
from qms.domain.routing import routing
from qms.domain.ticket import NORMAL
from qms.domain.zones import wall_time, zone
from qms.services import opening
from qms.store.columns import micros
from qms.store.live import LIVE_OFFER_SQL, LIVE_TICKET_SQL
from qms.store.tx import Tx

# Beside what is asked, the condition of the partial index as the index has it: so no old ticket or offer is read.
_LINES = f"""SELECT domain_id, account_id, queue_id, branch_id, MIN(service_day),
MIN(CASE WHEN state = 'waiting' THEN enqueued_at END),
MIN(CASE WHEN state = 'waiting' AND band >= {NORMAL} THEN enqueued_at END)
FROM ticket WHERE {LIVE_TICKET_SQL} AND state IN ('waiting', 'parked')
GROUP BY domain_id, account_id, queue_id, branch_id"""  # noqa: S608 - our own words

_LEFT_BEHIND = f"""SELECT DISTINCT domain_id FROM offer WHERE {LIVE_OFFER_SQL} AND state = 'accepted'
AND EXISTS (SELECT 1 FROM session WHERE session.id = offer.session_id AND ended_at IS NOT NULL)"""  # noqa: S608 - our own words


class _Line(NamedTuple):
    """Who waits, or is set aside, in a queue at a branch: the first service day, and since when the longest (µs)."""

    domain: str
    account: str
    queue: str
    branch: str | None
    day: str
    since: int | None
    unescalated: int | None


def domains(tx: Tx) -> list[str]:
    """The routing domains to be gone over thoroughly now."""
    left_behind = [domain for (domain,) in tx.raw(_LEFT_BEHIND, {})]
    lines = [_Line(*row) for row in tx.raw(_LINES, {})]
    return list(dict.fromkeys([*left_behind, *(line.domain for line in lines if _may_be_due(tx, line))]))


def _may_be_due(tx: Tx, line: _Line) -> bool:
    try:
        network = tx.network(line.account)
    except Refused:
        return True  # the pass says why, and stands in nobody's way
    queue, branch = network.queues.get(line.queue), network.branches.get(line.branch or "")
    if queue is not None and (_is_late(tx, queue, line) or _overflows(tx, network, queue, line)):
        return True
    return branch is not None and _closes(tx, network, branch, line)


def _is_late(tx: Tx, queue: Queue, line: _Line) -> bool:
    return queue.max_wait_minutes > 0 and _since(tx, line.unescalated, timedelta(minutes=queue.max_wait_minutes))


def _overflows(tx: Tx, network: Network, queue: Queue, line: _Line) -> bool:
    over = routing(network, queue).overflow
    return over is not None and _since(tx, line.since, over.after)


def _closes(tx: Tx, network: Network, branch: Branch, line: _Line) -> bool:
    """Whether the branch is closed, or another day has begun there."""
    if not opening.is_open(network, branch, tx.now):
        return True
    return line.day < wall_time(tx.now, zone(branch.timezone)).date().isoformat()


def _since(tx: Tx, at: int | None, long: timedelta) -> bool:
    return at is not None and at <= micros(tx.now - long)
