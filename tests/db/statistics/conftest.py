"""A past written down by hand: tickets as they would be in the database, in a town with several branches."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from qms.domain.ticket import Ticket
from qms.domain.zones import instant_of, wall_time, zone
from qms.services.statistics.period import Period
from qms.services.statistics.report import Report, report
from qms.store.schema import work
from qms.store.store import Store
from tests.clock import HandClock
from tests.db.work.town import Town

SANTIAGO = zone("America/Santiago")


@dataclass(slots=True)
class Past:
    """Who came when, and what became of them."""

    town: Town
    rows: list[Ticket] = field(default_factory=list)
    seq: Any = field(default_factory=count)

    def came(
        self,
        at: str | datetime,
        *,
        called: float | None = None,
        ended: float | None = None,
        state: str = "done",
        queue: str = "cash",
        branch: str | None = "main",
        outcome: str | None = None,
    ) -> None:
        """Somebody came at a wall time; he was called, and it ended, so many seconds later."""
        wall = datetime.fromisoformat(at) if isinstance(at, str) else at
        start = wall if wall.tzinfo is not None else instant_of(wall, SANTIAGO)
        place, line, n = self.town.network.branches, self.town.network.queues.find(queue), next(self.seq)
        begun, over = (None if some is None else start + timedelta(seconds=some) for some in (called, ended))
        self.rows.append(
            Ticket(
                id=f"{n:024x}",
                account_id=self.town.account,
                domain_id=line.domain_id,
                branch_id=place.find(branch).id if branch else None,
                queue_id=line.id,
                place="onsite",
                number=f"A{n}",
                own_number=None,
                service_day=wall_time(start, SANTIAGO).date().isoformat(),
                state=state,  # type: ignore[arg-type]
                band=2,
                key=start,
                seq=n,
                enqueued_at=start.astimezone(UTC),
                eligible_from=start,
                link=f"link-{n}",
                source="kiosk",
                assigned_at=begun,
                called_at=begun,
                serving_since=begun,
                ended_at=over,
                outcome=outcome,
            )
        )

    def report(self, first: str, last: str | None = None, **chosen: str) -> Report:
        """What is said of some days, once all of this is in the database."""
        self.town.store.write(_write, rows=self.rows)
        self.rows = []
        days = (datetime.fromisoformat(day).date() for day in (first, last or first))
        return self.town.store.read(report, account=self.town.account, period=Period.of(*days), **chosen)


def _write(tx: Any, *, rows: Sequence[Ticket]) -> None:
    for row in rows:
        tx.insert(work.ticket, row)


@pytest.fixture
def town(store: Store, clock: HandClock) -> Town:
    """The town with nobody in it, on Monday at noon."""
    return Town.built(store, clock)


@pytest.fixture
def past(town: Town) -> Past:
    """Nothing happened yet."""
    return Past(town)
