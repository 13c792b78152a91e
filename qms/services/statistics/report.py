"""The report on some days of an account: everything that is said of them, and of as many days before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from qms.domain.network import Network
from qms.domain.zones import zone
from qms.services.quote_report import Held, held
from qms.services.statistics.agents import AgentStatistics, agents
from qms.services.statistics.counting import Counted, Statistics, added
from qms.services.statistics.outcomes import Noted, noted
from qms.services.statistics.period import Period
from qms.services.statistics.visits import Cell, Cells, added_by, visits
from qms.store.reports import Chosen
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something configured that was spoken of, by the name it has now; by its id where it is no more."""

    id: str
    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What happened. `heat`: (weekday, hour) → how many came, on average over the weekday's occurrences.

    `hours` are those of the wall clock of each branch; `timezone` is by whose days agents' time and quotes are counted.
    """

    period: Period
    timezone: str
    branch: Named | None
    queue: Named | None
    whole: Statistics
    before: Statistics
    days: Mapping[date, Statistics]
    hours: Mapping[int, Statistics]
    queues: Sequence[tuple[Named, Statistics]]
    branches: Sequence[tuple[Named, Statistics]]
    heat: Mapping[tuple[int, int], float]
    agents: Sequence[tuple[Named, AgentStatistics]]
    quotes: Sequence[Held]
    outcomes: Sequence[Noted]


def report(tx: Tx, *, account: str, period: Period, branch: str | None = None, queue: str | None = None) -> Report:
    """What happened in an account on some days, or at one of its branches, or in one queue (ids or keys).

    Raises:
        NotFound: no such branch or queue.
    """
    network = tx.network(account)
    place = network.branches.find(branch) if branch else None
    line = network.queues.find(queue) if queue else None
    chosen = Chosen(branch=place.id if place else None, queue=line.id if line else None)
    where = network.zone_of(place)
    cells = visits(tx, account, period, chosen)
    return Report(
        period=period,
        timezone=where,
        branch=_named(place, "") if place else None,
        queue=_named(line, "") if line else None,
        whole=added(cells.values()).statistics(),
        before=added(visits(tx, account, period.before, chosen).values()).statistics(),
        **_broken_down(network, cells, period),
        agents=_agents(network, agents(tx, account, period, zone(where), chosen)),
        quotes=held(tx, account, period, zone(where), chosen),
        outcomes=noted(tx, account, period, chosen),
    )


def _broken_down(network: Network, cells: Cells, period: Period) -> dict[str, Any]:
    by_day, by_hour = _added(cells, lambda cell: cell.day), _added(cells, lambda cell: cell.hour)
    nobody = Counted()
    return {
        "days": {day: by_day.get(day, nobody).statistics() for day in period},
        "hours": {hour: by_hour[hour].statistics() for hour in sorted(by_hour)},
        "queues": _things(network.queues, _added(cells, lambda cell: cell.queue)),
        "branches": _things(network.branches, _added(cells, lambda cell: cell.branch)),
        "heat": _heat(cells, period),
    }


def _added(cells: Cells, key: Callable[[Cell], Any]) -> dict[Any, Counted]:
    return {value: added(some) for value, some in added_by(cells, key).items()}


def _heat(cells: Cells, period: Period) -> dict[tuple[int, int], float]:
    occurrences = [0] * 7
    for day in period:
        occurrences[day.weekday()] += 1
    came = added_by(cells, lambda cell: (cell.day.weekday(), cell.hour))
    return {
        (weekday, hour): sum(one.arrived for one in some) / occurrences[weekday]
        for (weekday, hour), some in sorted(came.items())
    }


def _things(shelf: Mapping[str, Any], counted: Mapping[str, Counted]) -> list[tuple[Named, Statistics]]:
    found = [(_named(shelf.get(id), id), one.statistics()) for id, one in counted.items()]
    return sorted(found, key=_by_name)


def _agents(network: Network, some: Mapping[str, AgentStatistics]) -> list[tuple[Named, AgentStatistics]]:
    return sorted(((_named(network.agents.get(id), id), one) for id, one in some.items()), key=_by_name)


def _by_name(one: tuple[Named, Any]) -> tuple[str, str]:
    return one[0].name.casefold(), one[0].id


def _named(thing: Any, id: str) -> Named:
    if thing is None:
        return Named(id=id, key="", name=id)
    return Named(id=thing.public_id, key=thing.key, name=getattr(thing, "label", "") or thing.name)


def choices(tx: Tx, *, account: str) -> tuple[Iterable[Named], Iterable[Named]]:
    """The branches and queues that a report may be about."""
    network = tx.network(account)
    return [_named(one, "") for one in network.branches.values()], [_named(one, "") for one in network.queues.values()]
