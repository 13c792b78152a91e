"""What somebody is shown who looks for a start: a month with its free days, and the starts of one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Literal

from qms.domain.slots import first_instant
from qms.domain.zones import wall_time, zone
from qms.services import closures
from qms.services.booking import availability
from qms.services.booking.bookables import agents_of, rules_of, zone_name, zone_of
from qms.store.tx import Tx

NEAREST = 6
"""So many other starts are named to somebody whose start has gone."""

Missing = Literal["past", "far", "closed", "full", "month"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Of which service, with whom, and seen from which zone (by default the service's); a month or a day of it.

    `without`: the appointment that one holds or wants to move, whose own time does not count.
    """

    service: str
    agent: str | None = None
    zone: str | None = None
    month: date | None = None
    day: date | None = None
    without: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """A month, and the starts of a day, which need not lie in it: where the wanted one has none, it is the next.

    `missing` says what was wanted and has none: the day (over, too far, not open, or full), or the month. Where nothing
    at all is free, `day` is None. `first` and `last` are the days between which one can book. `reason`: why the branch
    is closed on the day that was wanted, in the words of the network file.
    """

    now: datetime
    zone: str
    month: date
    days: Sequence[date]
    day: date | None
    starts: Sequence[datetime]
    first: date
    last: date
    missing: Missing | None = None
    reason: str = ""


def offers(tx: Tx, *, account: str, wanted: Wanted) -> Offers:
    """What is offered in the month or on the day that somebody wants to see; at first, on the first day that is free.

    Raises:
        NotFound: no such service, or the agent does not give it.
    """
    search = _Search(tx, account, wanted)
    asked = wanted.day or wanted.month
    days = search.days(asked) if asked else []
    day = wanted.day if wanted.day in days else days[0] if days and wanted.day is None else None
    shown = day or search.next_day(asked)
    if asked is None and shown is not None:
        days = search.days(shown)
    missing = search.missing() if asked is not None and day is None else None
    return Offers(
        now=tx.now,
        zone=search.zone,
        month=(asked or shown or search.today).replace(day=1),
        days=days,
        day=shown,
        starts=search.starts(shown) if shown else (),
        first=search.first,
        last=search.last,
        missing=missing,
        reason=search.reason() if missing == "closed" else "",
    )


def full_days(tx: Tx, *, account: str, wanted: Wanted, found: Offers) -> list[date]:
    """The days of the month that is shown on which the service is given, and nothing is free: they can be waited for.

    Raises:
        NotFound: no such service, or the agent does not give it.
    """
    month, where = found.month, zone(found.zone)
    given = availability.given_days(
        tx, account=account, service=wanted.service, day=month, where=where, agent=wanted.agent
    )
    return [day for day in given if day not in found.days]


def nearest(tx: Tx, *, account: str, wanted: Wanted, start: datetime) -> list[datetime]:
    """Some starts that are free near one that is not: of the same day, else of the next that has any; in their order.

    Raises:
        NotFound: no such service, or the agent does not give it.
    """
    search = _Search(tx, account, wanted)
    asked = wall_time(start, search.where).date()
    day = asked if (found := search.starts(asked)) else search.next_day(asked)
    if not found and day is not None:
        found = search.starts(day)
    return sorted(sorted(found, key=lambda one: abs(one - start))[:NEAREST])


def is_free(tx: Tx, *, account: str, wanted: Wanted, start: datetime) -> bool:
    """Whether a start can be booked now, by the rows as they are.

    Raises:
        NotFound: no such service, or the agent does not give it.
    """
    network = tx.network(account)
    service = network.services.find(wanted.service)
    agents = agents_of(network, service, wanted.agent)
    free = availability.free_agents(tx, network, service, agents, start.astimezone(UTC), without=wanted.without)
    return next(free, None) is not None


class _Search:
    """One person's search in one transaction."""

    def __init__(self, tx: Tx, account: str, wanted: Wanted) -> None:
        network = tx.network(account)
        service = network.services.find(wanted.service)
        self.zone = wanted.zone or zone_name(network, service)
        self.where: tzinfo = zone(self.zone)
        first, last = rules_of(network, service).allowed(tx.now, zone_of(network, service))
        self.today = wall_time(tx.now, self.where).date()
        self.first, self.last = wall_time(first, self.where).date(), wall_time(last, self.where).date()
        self._tx, self._wanted = tx, wanted
        self._who: dict[str, Any] = {"account": account, "service": wanted.service, "agent": wanted.agent}

    def days(self, day: date) -> list[date]:
        return availability.days(self._tx, day=day, where=self.where, without=self._wanted.without, **self._who)

    def starts(self, day: date) -> list[datetime]:
        return availability.starts(self._tx, day=day, where=self.where, without=self._wanted.without, **self._who)

    def next_day(self, day: date | None) -> date | None:
        """The first day with something free from a day on; where none follows, the first of all."""
        after = first_instant(day, self.where) if day is not None else self._tx.now
        for instant in dict.fromkeys((max(after, self._tx.now), self._tx.now)):
            found = availability.next_start(self._tx, after=instant, without=self._wanted.without, **self._who)
            if found is not None:
                return wall_time(found, self.where).date()
        return None

    def reason(self) -> str:
        """Why the branch, or the account, is closed on the day that is wanted."""
        day, network = self._wanted.day, self._tx.network(self._who["account"])
        service = network.services.find(self._wanted.service)
        if day is None:
            return ""
        shut = closures.of_place(network, network.branches.get(service.branch_id or ""), (day.year, day.year))
        return next((closure.reason for closure in shut if closure.covers_day(day) and closure.reason), "")

    def missing(self) -> Missing:
        day = self._wanted.day
        if day is None:
            return "month"
        if day < self.today:
            return "past"
        if day > self.last:
            return "far"
        given = availability.is_given(self._tx, day=day, where=self.where, **self._who)
        return "full" if given else "closed"
