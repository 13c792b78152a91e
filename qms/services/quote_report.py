"""The report on quotes: how often what people were told of their waits has held, by queue and branch."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from typing import Any

import sqlalchemy as sa

from qms.domain.errors import NotFound
from qms.domain.network import Network
from qms.services.statistics.period import Period
from qms.store import forecasts, past, reports
from qms.store.reports import EVERYTHING, Chosen
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


Line = tuple[str, str]
"""A queue, and a branch: empty for those who wait from afar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of some quotes: how many were told, whose people were answered, and waited no longer than said.

    `error` is the sum of the minutes between the likely figures and the waits.
    """

    told: int
    answered: int
    within_p50: int
    within_p90: int
    error: float


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
        lines: dict[Line, list[Any]] = defaultdict(list)
        for row in forecasts.settled(tx, id, tx.now - back):
            lines[row.queue_id, row.branch_id].append(row)
        network = tx.network(id)
        found += [_held(network, line, _outcome(rows)) for line, rows in lines.items()]
    return found


def held(tx: Tx, account: str, period: Period, where: tzinfo, chosen: Chosen) -> list[Held]:
    """How the quotes have held whose tickets ceased to wait on these days; by queue and branch."""
    closed = past.closed(tx, account, period.first, period.last)
    lines: dict[Line, list[Outcome]] = defaultdict(list)
    for day in period:
        kept = past.figures(tx, account, day, "quotes", chosen) if day in closed else ()
        for one in kept:
            lines[one.queue, one.branch].append(Outcome(**one.figures))
        if day not in closed:
            for line, outcome in outcomes(tx, account, day, where, chosen).items():
                lines[line].append(outcome)
    network = tx.network(account)
    return [_held(network, line, _total(some)) for line, some in sorted(lines.items())]


def outcomes(tx: Tx, account: str, day: date, where: tzinfo, chosen: Chosen = EVERYTHING) -> dict[Line, Outcome]:
    """What became of a day's quotes, by queue and branch."""
    lines: dict[Line, list[Any]] = defaultdict(list)
    for row in reports.quotes_settled(tx, account, *Period(first=day, last=day).bounds(where), chosen):
        lines[row.queue_id, row.branch_id].append(row)
    return {line: _outcome(rows) for line, rows in lines.items()}


def _outcome(rows: Sequence[Any]) -> Outcome:
    waits = [(row.p50, row.p90, row.waited_seconds / 60) for row in rows if row.waited_seconds is not None]
    return Outcome(
        told=len(rows),
        answered=len(waits),
        within_p50=sum(waited <= p50 for p50, _, waited in waits),
        within_p90=sum(waited <= p90 for _, p90, waited in waits),
        error=math.fsum(abs(p50 - waited) for p50, _, waited in waits),
    )


def _total(some: Sequence[Outcome]) -> Outcome:
    return Outcome(
        told=sum(one.told for one in some),
        answered=sum(one.answered for one in some),
        within_p50=sum(one.within_p50 for one in some),
        within_p90=sum(one.within_p90 for one in some),
        error=math.fsum(one.error for one in some),
    )


def _held(network: Network, line: Line, outcome: Outcome) -> Held:
    queue, branch = network.queues.get(line[0]), network.branches.get(line[1])
    answered = max(outcome.answered, 1)
    return Held(
        account=network.account.slug,
        queue=queue.name if queue else line[0],
        branch=(branch.label or branch.name) if branch else line[1],
        told=outcome.told,
        answered=outcome.answered,
        left=outcome.told - outcome.answered,
        within_p50=outcome.within_p50 / answered,
        within_p90=outcome.within_p90 / answered,
        mean_error_minutes=outcome.error / answered,
    )
