"""The report on quotes: how often what people were told of their waits has held, by queue and branch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.errors import NotFound
from qms.store import forecasts
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
    for id, slug in sorted(slugs.items(), key=lambda one: one[1]):
        lanes: dict[tuple[str, str], list[Any]] = {}
        for row in forecasts.settled(tx, id, tx.now - back):
            lanes.setdefault((row.queue_id, row.branch_id), []).append(row)
        network = tx.network(id)
        for (queue_id, branch_id), rows in lanes.items():
            queue, branch = network.queues.get(queue_id), network.branches.get(branch_id)
            found.append(_held(slug, queue.name if queue else queue_id, branch.name if branch else branch_id, rows))
    return found


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
