"""The report on quotes: how often what people were told of their waits has held, by queue and branch."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.errors import NotFound
from qms.domain.network import Network
from qms.store import forecasts, reports
from qms.store.reports import Chosen
from qms.store.schema.network import account as accounts
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What became of the quotes of one queue at one branch; `branch` is empty for those who wait from afar.

    Shares and error are of those who were answered: `within_p90` is the share that waited no longer than the safe
    figure said, the error is between the likely figure and the wait. `left` went before they were answered.
    """

    account: str
    queue: str
    branch: str
    told: int
    answered: int
    left: int
    within_p50: float
    within_p90: float
    mean_error_minutes: float


def report(tx: Tx, *, account: str | None = None, back: timedelta) -> list[Held]:
    """How quotes of the last days have held; every quote counts, also those that followed a first one.

    Raises:
        NotFound: no account has this slug.
    """
    slugs = {id: slug for id, slug in tx.execute(sa.select(accounts.c.id, accounts.c.slug)) if account in (None, slug)}
    if account is not None and not slugs:
        raise NotFound("account", account)
    found = []
    for id, _ in sorted(slugs.items(), key=lambda one: one[1]):
        lanes: dict[tuple[str, str], list[Any]] = {}
        for row in forecasts.settled(tx, id, tx.now - back):
            lanes.setdefault((row.queue_id, row.branch_id), []).append(row)
        network = tx.network(id)
        for (queue_id, branch_id), rows in lanes.items():
            found.append(_named(network, queue_id, branch_id, rows))
    return found


def kept(tx: Tx, account: str, start: datetime, end: datetime, chosen: Chosen) -> list[Held]:
    """How the quotes have held whose tickets ceased to wait in a time; by queue and branch."""
    network = tx.network(account)
    lanes: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in reports.quotes_settled(tx, account, start, end, chosen):
        lanes[row.queue_id, row.branch_id].append(row)
    return [_named(network, *lane, rows) for lane, rows in sorted(lanes.items())]


def _named(network: Network, queue_id: str, branch_id: str, rows: Sequence[Any]) -> Held:
    queue, branch = network.queues.get(queue_id), network.branches.get(branch_id)
    names = (queue.name if queue else queue_id, branch.name if branch else branch_id)
    return _held(network.account.slug, *names, rows)


def _held(account: str, queue: str, branch: str, rows: Sequence[Any]) -> Held:
    waits = [(row.p50, row.p90, row.waited_seconds / 60) for row in rows if row.waited_seconds is not None]
    answered = max(len(waits), 1)
    return Held(
        account=account,
        queue=queue,
        branch=branch,
        told=len(rows),
        answered=len(waits),
        left=len(rows) - len(waits),
        within_p50=sum(waited <= p50 for p50, _, waited in waits) / answered,
        within_p90=sum(waited <= p90 for _, p90, waited in waits) / answered,
        mean_error_minutes=sum(abs(p50 - waited) for p50, _, waited in waits) / answered,
    )
