"""Availability: what is offered, and whether a start can be booked. One engine decides both.

Searches (`days`, `starts`, `next_start`) read kept sheets; `free_agents` reads the rows of this transaction, or a board
that says the same. `without` leaves an appointment's own time out of account, for whoever wants to move it or holds it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice

from qms.domain.network import Agent, Network, Service
from qms.domain.slots import (
    Load,
    Window,
    bookable,
    day_starts,
    day_window,
    in_the_way,
    month_days,
    month_window,
    next_free,
)
from qms.services.booking.bookables import agents_of, group_of, rules_of, zone_of
from qms.services.booking.day_sheets import DayBoard
from qms.services.booking.sheets import Sheets, month_around
from qms.store import times
from qms.store.tx import Tx

YEARS = range(1971, 9000)
"""Before and after these nothing can be booked, and the calendar may end."""

A_FEW = 8
"""So many agents are looked at first where any will do."""

SAFELY = timedelta(days=3)
"""Time that appointments may reach beyond their start, to both sides."""


def days(
    tx: Tx,
    *,
    account: str,
    service: str,
    day: date,
    where: tzinfo,
    agent: str | None = None,
    without: str | None = None,
) -> list[date]:
    """The dates of a date's month, in the viewer's zone, on which something can be booked: with the agent or anybody.

    Raises:
        NotFound: no such service, or the agent does not give it.
    """
    if day.year not in YEARS:
        return []
    window = month_window(day, where)
    return month_days(_offered(tx, account, service, agent, window, without), window, day, where)


def starts(
    tx: Tx,
    *,
    account: str,
    service: str,
    day: date,
    where: tzinfo,
    agent: str | None = None,
    without: str | None = None,
) -> list[datetime]:
    """The starts on a date, in the viewer's zone, that can be booked: with the agent or anybody.

    Raises:
        NotFound: no such service, or the agent does not give it.
    """
    if day.year not in YEARS:
        return []
    window = day_window(day, where)
    return day_starts(_offered(tx, account, service, agent, window, without), window, day, where)


def next_start(
    tx: Tx, *, account: str, service: str, after: datetime, agent: str | None = None, without: str | None = None
) -> datetime | None:
    """The first start from an instant on that can be booked: with the agent or anybody; None within the horizon.

    Raises:
        NotFound: no such service, or the agent does not give it.
    """
    network = tx.network(account)
    wanted = network.services.find(service)
    earliest, latest = rules_of(network, wanted).allowed(tx.now, zone_of(network, wanted))
    if after > latest:
        return None
    for window in _months(max(after, earliest).astimezone(UTC), latest):
        bits = _offered(tx, account, service, agent, window, without)
        if (found := next_free(bits, window, after)) is not None:
            return found
    return None


def is_given(tx: Tx, *, account: str, service: str, day: date, where: tzinfo, agent: str | None = None) -> bool:
    """Whether a service is given at all on a date, in the viewer's zone: if so and nothing is free, the day is full.

    Raises:
        NotFound: no such service, or the agent does not give it.
    """
    if day.year not in YEARS:
        return False
    network, window = tx.network(account), day_window(day, where)
    wanted, sheets = network.services.find(service), Sheets.of(network)
    month = month_around(window.start)
    agents = agents_of(network, wanted, agent)
    return any(month.cut(sheets.places(network, wanted, one, month), window) for one in agents)


def given_days(tx: Tx, *, account: str, service: str, day: date, where: tzinfo, agent: str | None = None) -> list[date]:
    """The dates of a date's month, in the viewer's zone, on which a service is given, be anything free or not.

    Raises:
        NotFound: no such service, or the agent does not give it.
    """
    if day.year not in YEARS:
        return []
    network, window, bits = tx.network(account), month_window(day, where), 0
    wanted, sheets = network.services.find(service), Sheets.of(network)
    month = month_around(window.start + (window.end - window.start) / 2)
    for one in agents_of(network, wanted, agent):
        bits |= month.cut(sheets.places(network, wanted, one, month), window)
    allowed = rules_of(network, wanted).allowed(tx.now, zone_of(network, wanted))
    return month_days(bits & window.between(*allowed), window, day, where)


def in_reach(tx: Tx, network: Network, service: Service, start: datetime) -> bool:
    """Whether lead time and horizon leave a start."""
    if (reach := tx.kept.get((in_reach, service.id))) is None:
        reach = tx.kept[in_reach, service.id] = rules_of(network, service).allowed(tx.now, zone_of(network, service))
    first, last = reach
    return bool(first <= start <= last)


def free_agents(
    tx: Tx,
    network: Network,
    service: Service,
    agents: Iterable[Agent],
    start: datetime,
    *,
    without: str | None = None,
    board: DayBoard | None = None,
) -> Iterator[Agent]:
    """Those of some agents who can be booked for a start as things are now, in the order given.

    `board`: of that day, with all of these agents; it says the same as the rows, which are read without it.
    """
    if not in_reach(tx, network, service, start):
        return
    rules, group = rules_of(network, service), group_of(network, service)
    around = Window.covering(*rules.blocked(start))
    able = Sheets.of(network).working(network, service, start.astimezone(UTC))
    working = (one for one in agents if one.id in able)
    if board is not None and board.tells(around):
        has_room = board.room(around, group, rules.capacity)
        yield from (one for one in working if has_room(one.id))
        return
    for some in _batches(working):
        claims = times.claims_on(tx, [agent.id for agent in some], around.start, around.end, without).by_agent
        for agent in some:
            if agent.id not in claims or not in_the_way(claims[agent.id], around, group, rules.capacity):
                yield agent


def _batches(agents: Iterator[Agent]) -> Iterator[list[Agent]]:
    """A few at first, then more and more at a time: as a rule one of the first will do."""
    size = A_FEW
    while some := list(islice(agents, size)):
        yield some
        size *= 2


def _offered(tx: Tx, account: str, service: str, agent: str | None, window: Window, without: str | None) -> int:
    """The starts in a window that can be booked with at least one agent; for anybody who asks, but for `without`."""
    network = tx.network(account)
    wanted = network.services.find(service)
    agents, rules = agents_of(network, wanted, agent), rules_of(network, wanted)
    first, last = rules.allowed(tx.now, zone_of(network, wanted))
    if not agents or window.end <= first or window.start > last:
        return 0
    sheets, month = Sheets.of(network), month_around(window.start + (window.end - window.start) / 2)
    keep = without is None and not tx.domains  # what a writing transaction sees may never be committed
    loads = sheets.loads(tx, agents, month) if keep else _loads(tx, agents, month, without)
    around, group, bits = window.widened(SAFELY, SAFELY), group_of(network, wanted), 0
    for one in agents:
        places = month.cut(sheets.places(network, wanted, one, month), around)
        busy = month.cut(loads[one.id].busy(group, rules.capacity), around)
        bits |= bookable(rules, around, places=places, busy=busy)
    return around.cut(bits, window) & window.between(first, last)


def _loads(tx: Tx, agents: Sequence[Agent], month: Window, without: str | None) -> dict[str, Load]:
    claims = times.claims_on(tx, [agent.id for agent in agents], month.start, month.end, without)
    return {agent.id: Load.of(claims.by_agent.get(agent.id, ()), month) for agent in agents}


def _months(first: datetime, last: datetime) -> Iterator[Window]:
    """The time between two instants, month by month, so that each part is on one sheet."""
    while first <= last:
        after = (first.replace(day=1) + timedelta(days=31)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        yield Window.covering(first, min(after, last + timedelta(minutes=1)))
        first = after
