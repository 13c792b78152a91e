"""Closing a service day that is long over: its figures are worked out once more, and kept by themselves.

They are worked out in a snapshot, where nobody waits for it, and written a few at a time; only then the day is closed.
Two who close the same day write the same.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from qms.domain.zones import wall_time, zone
from qms.services import quote_report
from qms.services.statistics import agents, outcomes, remembered
from qms.services.statistics.counting import Counted
from qms.services.statistics.period import Period
from qms.services.statistics.visits import visits
from qms.store import past
from qms.store.live import LIVE_TICKET_SQL
from qms.store.past import Kept
from qms.store.reports import EVERYTHING
from qms.store.schema import network as tables
from qms.store.tx import Tx

OVER_AFTER = timedelta(days=9)
"""A day is closed when it is so long ago: a session lasts no longer."""

AT_LAST = timedelta(days=60)
"""A day of which somebody has still not come to his end is closed all the same after that."""

_DAY = timedelta(days=1)
_LIVE = f"SELECT 1 FROM ticket WHERE account_id = :account AND service_day = :day AND {LIVE_TICKET_SQL} LIMIT 1"  # noqa: S608


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A day to be closed."""

    account: str
    day: date


def due(tx: Tx) -> Due | None:
    """The next day to be closed, account by account and day by day; None where all are."""
    for account in tx.execute(sa.select(tables.account.c.id)).scalars().all():
        day = _next(tx, account)
        if day is not None:
            return Due(account=account, day=day)
    return None


def figures(tx: Tx, *, due: Due) -> Sequence[Kept]:
    """What is to be kept of a day."""
    return [*_visits(tx, due), *_work(tx, due), *_quotes(tx, due), *_outcomes(tx, due)]


def keep(tx: Tx, *, due: Due, some: Sequence[Kept]) -> None:
    """Write some of it."""
    past.keep(tx, due.account, due.day, some)


def close(tx: Tx, *, due: Due) -> None:
    """All is written: from now on the day is told from that."""
    past.close(tx, due.account, due.day)


def _next(tx: Tx, account: str) -> date | None:
    last = past.last_closed(tx, account)
    day = past.first_of_all(tx, account) if last is None else last + _DAY
    if day is None or day > _today(tx, account) - OVER_AFTER:
        return None
    lives = tx.raw(_LIVE, {"account": account, "day": day.isoformat()})
    return None if lives and day > _today(tx, account) - AT_LAST else day


def _today(tx: Tx, account: str) -> date:
    return wall_time(tx.now, zone(tx.network(account).account.timezone)).date()


def _visits(tx: Tx, due: Due) -> Iterator[Kept]:
    lines: dict[tuple[str, str], dict[int, Counted]] = defaultdict(dict)
    for cell, counted in visits(tx, due.account, Period(first=due.day, last=due.day), EVERYTHING).items():
        lines[cell.branch, cell.queue][cell.hour] = counted
    for (branch, queue), hours in lines.items():
        yield Kept("visits", remembered.figures(hours), branch=branch, queue=queue)


def _work(tx: Tx, due: Due) -> Iterator[Kept]:
    where = zone(tx.network(due.account).account.timezone)
    for agent, work in agents.work_of(tx, due.account, due.day, where).items():
        yield Kept("work", work.figures(), agent=agent)


def _quotes(tx: Tx, due: Due) -> Iterator[Kept]:
    where = zone(tx.network(due.account).account.timezone)
    lines: Mapping[quote_report.Line, quote_report.Outcome]
    lines = quote_report.outcomes(tx, due.account, due.day, where)
    for (queue, branch), outcome in lines.items():
        yield Kept("quotes", asdict(outcome), branch=branch, queue=queue)


def _outcomes(tx: Tx, due: Due) -> Iterator[Kept]:
    for (branch, queue), times in outcomes.counted(tx, due.account, due.day, EVERYTHING).items():
        yield Kept("outcomes", times, branch=branch, queue=queue)
