"""Schedules, services and bookings around the nights on which clocks change."""

from datetime import UTC, datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from qms.domain.slots import Calendar, Claim, Rules
from qms.domain.span import Span
from qms.domain.weekly import Closure, WeeklyHours
from qms.domain.zones import constant_offsets, zone
from tests.unit.slots.reference import Posted, Spans, Wanted

ZONES = (
    "Europe/Berlin",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/Havana",
    "Asia/Beirut",
    "Africa/Casablanca",
    "Africa/Cairo",
    "America/St_Johns",
    "Antarctica/Troll",
    "America/Scoresbysund",
    "Pacific/Apia",
)
GROUP = "group"


@cache
def changes(name: str) -> tuple[datetime, ...]:
    """When a zone's clocks change; Apia's last change, when it skipped a day, was in 2021 and 2011."""
    first, last = (2011, 2013) if name == "Pacific/Apia" else (2025, 2028)
    pieces = constant_offsets(zone(name), datetime(first, 1, 1, tzinfo=UTC), datetime(last, 1, 1, tzinfo=UTC))
    found = tuple(start for start, _, _ in pieces)
    return found[1:] or found


@st.composite
def windows(draw, name: str) -> tuple[datetime, datetime]:
    """A day or so, as a rule around a change of the clocks."""
    middle = draw(st.sampled_from(changes(name))) + timedelta(minutes=draw(st.integers(-1500, 300)))
    return middle, middle + timedelta(minutes=draw(st.integers(60, 1800)))


def spans(most: int = 3) -> st.SearchStrategy[list[tuple[int, int]]]:
    """Hours of a day, some past midnight, touching or overlapping."""
    starts = st.integers(0, 95).map(lambda quarter: quarter * 15) | st.integers(0, 1439)
    one = st.tuples(starts, st.integers(5, 900)).map(lambda pair: (pair[0], min(sum(pair), 2880)))
    return st.lists(one, min_size=0, max_size=most)


@st.composite
def schedules(draw, name: str, start: datetime) -> Posted:
    """Hours on all days around a window, with breaks, dates of their own and closed dates."""
    days = [start.date() + timedelta(days=n) for n in range(-2, 4)]
    usual = draw(spans())
    return Posted(
        zone=name,
        week=dict.fromkeys(range(7), usual) | {draw(st.integers(0, 6)): draw(spans())},
        breaks={draw(st.integers(0, 6)): draw(spans(2)) for _ in range(draw(st.integers(0, 2)))},
        dates={draw(st.sampled_from(days)): draw(spans()) for _ in range(draw(st.integers(0, 1)))},
        closed=frozenset(draw(st.lists(st.sampled_from(days), max_size=1))),
    )


@st.composite
def services(draw) -> Wanted:
    """Anything from five minutes to four hours, with odd lengths, steps and buffers."""
    capacity = draw(st.sampled_from([1, 1, 2, 3]))
    return Wanted(
        duration=draw(st.sampled_from([5, 7, 15, 20, 30, 45, 60, 61, 90, 240])),
        step=draw(st.sampled_from([1, 5, 7, 10, 15, 30, 45, 60])),
        before=draw(st.sampled_from([0, 0, 5, 30])),
        after=draw(st.sampled_from([0, 0, 10, 25])),
        capacity=capacity,
        group=GROUP if capacity > 1 else None,
    )


@st.composite
def bookings(draw, start: datetime, end: datetime) -> list[tuple[datetime, datetime, str | None]]:
    """What takes the agent's time already, on odd seconds now and then."""
    found = []
    for _ in range(draw(st.integers(0, 5))):
        begin = start + timedelta(minutes=draw(st.integers(-300, 2000)), seconds=draw(st.sampled_from([0, 0, 0, 20])))
        length = timedelta(minutes=draw(st.integers(1, 200)), seconds=draw(st.sampled_from([0, 0, 30])))
        found.append((begin, begin + length, draw(st.sampled_from([None, GROUP, GROUP, "others"]))))
    return found


def calendar(posted: Posted) -> Calendar:
    """The same hours as the fast engine takes them."""

    def week(days: dict[int, Spans]) -> tuple[tuple[Span, ...], ...]:
        return tuple(tuple(Span(*span) for span in days.get(day, ())) for day in range(7))

    hours = WeeklyHours(
        week=week(posted.week),
        breaks=week(posted.breaks),
        dates=tuple((day, tuple(Span(*span) for span in own)) for day, own in posted.dates.items()),
    )
    closures = tuple(Closure.of_days(day, day) for day in sorted(posted.closed))
    return Calendar(hours=(hours,), where=zone(posted.zone), closures=closures)


def rules(wanted: Wanted) -> Rules:
    """The same service as the fast engine takes it."""
    return Rules(
        duration_minutes=wanted.duration,
        step_minutes=wanted.step,
        before_minutes=wanted.before,
        after_minutes=wanted.after,
        capacity=wanted.capacity,
    )


def claims(blocked: list[tuple[datetime, datetime, str | None]]) -> tuple[Claim, ...]:
    """The same bookings as the fast engine takes them."""
    return tuple(Claim.of(*one) for one in blocked)
