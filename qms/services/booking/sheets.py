"""Sheets: an agent's month as bits, kept while nothing about it has changed. They answer searches, never bookings.

What an agent could give is kept with the network that says so; what takes his time, with the version that every write
of it bumps. A hold that runs out changes nothing in the database: a sheet lapses with the first of them.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from qms.domain.network import Agent, Network, Service
from qms.domain.slots import Calendar, Load, Window, grid_bits, open_bits, places
from qms.services.booking.bookables import agents_of, calendar_of, rules_of
from qms.services.closures import years_of
from qms.store import times
from qms.store.tx import Tx

MARGIN = timedelta(days=4)
"""A sheet reaches so far over both ends of its month: for any zone's month, and the longest appointment."""

MOST = 4096
"""So many months of agents are kept per account: some 30 MB at the most."""


def month_around(at: datetime) -> Window:
    """The window of the sheet that an instant is best looked up in."""
    first = datetime(at.year, at.month, 1, tzinfo=at.tzinfo)
    after = (first + timedelta(days=31)).replace(day=1)
    return Window.covering(first - MARGIN, after + MARGIN)


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int
    until: datetime | None
    load: Load


class Sheets:
    """The sheets of one account, as one snapshot of its network has them."""

    def __init__(self) -> None:
        self._loads: OrderedDict[tuple[str, datetime], _Kept] = OrderedDict()
        self._places: OrderedDict[tuple[str, str, datetime], int] = OrderedDict()
        self._working: OrderedDict[tuple[str, datetime], frozenset[str]] = OrderedDict()
        self._alike: OrderedDict[tuple[Calendar, int, int, datetime], int] = OrderedDict()
        self._reading = threading.Lock()

    @classmethod
    def of(cls, network: Network) -> "Sheets":
        """The sheets kept with a network."""
        kept: Sheets | None = network.memo.get("sheets")
        return kept if kept is not None else network.memo.setdefault("sheets", cls())

    def loads(self, tx: Tx, agents: Sequence[Agent], month: Window) -> Mapping[str, Load]:
        """What takes the time of agents in a month. Only for transactions that read: others see what may not come."""
        versions = times.versions(tx, [agent.id for agent in agents])
        wanted = {agent.id: versions.get(agent.id, 0) for agent in agents}
        found = self._fresh(tx, wanted, month)
        if len(found) < len(wanted):
            with self._reading:  # whoever misses the same sheets waits for them
                found = self._fresh(tx, wanted, month)
                found |= self._read(tx, {id: at for id, at in wanted.items() if id not in found}, month)
        return found

    def places(self, network: Network, service: Service, agent: Agent, month: Window) -> int:
        """Where a service could start with an agent in a month, his other appointments left aside."""
        key = (service.id, agent.id, month.start)
        kept = self._places.get(key)
        if kept is None:
            kept = self._places[key] = self._worked_out(network, service, agent, month)
            _trim(self._places)
        return kept

    def working(self, network: Network, service: Service, start: datetime) -> frozenset[str]:
        """The ids of those with whom a service could start at an instant, their other appointments left aside."""
        key = (service.id, start)
        kept = self._working.get(key)
        if kept is None:
            month, minute = month_around(start), Window.covering(start, start + timedelta(microseconds=1))
            agents = agents_of(network, service) if minute.start == start else ()
            able = (one.id for one in agents if month.cut(self.places(network, service, one, month), minute))
            kept = self._working[key] = frozenset(able)
            _trim(self._working)
        return kept

    def _fresh(self, tx: Tx, wanted: Mapping[str, int], month: Window) -> dict[str, Load]:
        found = {}
        for agent, version in wanted.items():
            kept = self._loads.get((agent, month.start))
            if kept is not None and kept.version == version and (kept.until is None or tx.now < kept.until):
                found[agent] = kept.load
        return found

    def _read(self, tx: Tx, wanted: Mapping[str, int], month: Window) -> dict[str, Load]:
        claims = times.claims_on(tx, list(wanted), month.start, month.end)
        found = {agent: Load.of(claims.by_agent.get(agent, ()), month) for agent in wanted}
        for agent, version in wanted.items():
            self._loads[agent, month.start] = _Kept(version, claims.until, found[agent])
        _trim(self._loads)
        return found

    def _worked_out(self, network: Network, service: Service, agent: Agent, month: Window) -> int:
        rules, years = rules_of(network, service), years_of(month.start, month.end)
        calendar = calendar_of(network, service, agent, years)
        key = (calendar, rules.step_minutes, rules.duration_minutes, month.start)
        kept = self._alike.get(key)  # agents with the same schedule have the same places
        if kept is None:
            open, grid = open_bits(calendar, month), grid_bits(calendar, rules.step_minutes, month)
            kept = self._alike[key] = places(rules, open=open, grid=grid)
            _trim(self._alike)
        return kept


def _trim(kept: OrderedDict[Any, Any]) -> None:
    while len(kept) > MOST:
        kept.popitem(last=False)
