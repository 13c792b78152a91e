"""What came of visits, as agents noted it: how often each outcome of a queue was chosen."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from qms.domain.network import Network
from qms.services.statistics.period import Period
from qms.store import past, reports
from qms.store.reports import Chosen
from qms.store.tx import Tx

Line = tuple[str, str]
"""A branch (empty for those who wait from afar) and a queue."""

NOTHING_NOTED = ""
"""Stands for an outcome where the agent noted none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """How often one outcome came of a queue's visits, by its key and the name it has now; None: nothing was noted.

    `share` is of all visits to the queue that were served to their end.
    """

    queue: str
    key: str | None
    outcome: str | None
    visits: int
    share: float


def noted(tx: Tx, account: str, period: Period, chosen: Chosen) -> list[Noted]:
    """The outcomes of the visits of these days, queue by queue; queues that ask for none are left out."""
    closed = past.closed(tx, account, period.first, period.last)
    queues: dict[str, Counter[str]] = defaultdict(Counter)
    for day in period:
        lines = _kept(tx, account, day, chosen) if day in closed else counted(tx, account, day, chosen)
        for (_, queue), times in lines.items():
            queues[queue].update(times)
    network = tx.network(account)
    found = [one for queue, times in queues.items() for one in _of_queue(network, queue, times)]
    return sorted(found, key=lambda one: one.queue.casefold())


def counted(tx: Tx, account: str, day: date, chosen: Chosen) -> dict[Line, Counter[str]]:
    """How often each outcome was chosen on a day that is not closed yet."""
    lines: dict[Line, Counter[str]] = defaultdict(Counter)
    for row in reports.outcomes_of(tx, account, day, chosen):
        lines[row.branch or "", row.queue][row.outcome or NOTHING_NOTED] += row.visits
    return lines


def _kept(tx: Tx, account: str, day: date, chosen: Chosen) -> Mapping[Line, Counter[str]]:
    kept = past.figures(tx, account, day, "outcomes", chosen)
    return {(one.branch, one.queue): Counter(one.figures) for one in kept}


def _of_queue(network: Network, queue: str, times: Mapping[str, int]) -> Iterator[Noted]:
    """In the order of the network file; then what is no longer in it, then those of whom nothing was noted."""
    line = network.queues.get(queue)
    names = dict(line.outcomes) if line is not None else {}
    gone = {key: key for key in sorted(times) if key not in names and key != NOTHING_NOTED}
    if not names and not gone:
        return
    silent = {NOTHING_NOTED: None} if times.get(NOTHING_NOTED) else {}
    for key, name in {**names, **gone, **silent}.items():
        visits = times.get(key, 0)
        yield Noted(
            queue=line.name if line is not None else queue,
            key=key or None,
            outcome=name,
            visits=visits,
            share=visits / max(sum(times.values()), 1),
        )
