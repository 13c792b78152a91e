"""Alerts: what a supervisor should look at now. Pure decisions; each holds for as long as its facts do.

wait_over_target    somebody in a queue at a branch has waited, since he could have been served, longer than the queue's
                    `target_minutes`; since the moment that the longest wait passed it
undeliverable       somebody waits where nobody on duty can serve him: none of the queue's agents is signed in and not
                    away, connected, at one of the branch's counters where the queue wants one, and of the level that
                    the queue's last ring asks for; since he came, or the last one left
short_services      at least three of an agent's services of the last hour took less than the queue's
                    `short_service_seconds`; since the third of them
silent_screen       at an open branch, a screen has not reported for a minute and a half (it does so each minute), or
                    has not shown for half a minute a call that it should; since its last report, or the call
printer             at an open branch, a kiosk's printer has little or no paper, or does not answer; since it said so
help                somebody at a kiosk has asked for help within the last minutes; since then
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["wait_over_target", "undeliverable", "short_services", "silent_screen", "printer", "help"]

HOUR = timedelta(hours=1)
"""So far back services are looked at."""

SHORT_ONES = 3
"""So many short services are an alert: one alone is a mistake that anybody makes."""

SILENT_AFTER = timedelta(seconds=90)
"""Screens report each minute: after that, a report is missing. Machine time."""

PAINT_WITHIN = timedelta(seconds=30)
"""A screen shows one call after the other, each for some seconds; what is due longer is not coming."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What is amiss, since when, and with what: ids of the network. Devices go by key; `since` None: since ever.

    Of a kiosk, and of a silent screen that does not report, `since` is machine time; else it is business time.
    """

    kind: Kind
    since: datetime | None
    branch: str | None = None
    queue: str | None = None
    agent: str | None = None
    screen: str | None = None
    kiosk: str | None = None
    printer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A queue at a branch (None: remote) in which people wait.

    `since`: when the one who waits longest could first have been served. `servers`: on duty, and able to take them;
    where there are none, `left_at` is when the last of them left. `target` zero: there is none.
    """

    queue: str
    branch: str | None
    since: datetime
    target: timedelta
    servers: int
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Somebody was served by an agent: until when, how long, and what would be short for that. Zero: nothing would."""

    agent: str
    ended_at: datetime
    lasted: timedelta
    short: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """A lobby screen. `seen_at` is machine time; `unpainted_since`: when the oldest call was made that it lacks."""

    key: str
    branch: str
    branch_open: bool
    seen_at: datetime | None
    unpainted_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """The printer of a kiosk: ok, low, out or offline, since when (machine time)."""

    kiosk: str
    branch: str
    branch_open: bool
    state: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """Somebody at a kiosk needs somebody, since when (machine time)."""

    kiosk: str
    branch: str
    since: datetime


def alerts(
    now: datetime,
    machine_now: datetime,
    *,
    waiting: Iterable[Waiting],
    services: Iterable[Service],
    screens: Iterable[Screen],
    printers: Iterable[Printer] = (),
    helps: Iterable[Help] = (),
) -> list[Alert]:
    """Every alert that holds now, the oldest of each kind first."""
    found = [
        *_sorted(alert for line in waiting for alert in of_line(line, now)),
        *_sorted(of_services(list(services), now)),
        *_sorted(alert for screen in screens for alert in of_screen(screen, now, machine_now)),
        *_sorted(alert for printer in printers for alert in of_printer(printer)),
        *_sorted(Alert(kind="help", since=one.since, branch=one.branch, kiosk=one.kiosk) for one in helps),
    ]
    return sorted(found, key=lambda one: _ORDER.index(one.kind))


_ORDER: Sequence[Kind] = ("help", "undeliverable", "wait_over_target", "silent_screen", "printer", "short_services")


def _sorted(found: Iterable[Alert]) -> list[Alert]:
    return sorted(found, key=lambda one: (one.since is not None, one.since.timestamp() if one.since else 0.0))


def of_line(line: Waiting, now: datetime) -> list[Alert]:
    """What is amiss with a line. Whoever may not be served yet is no reason to be alarmed."""
    found = []
    if line.servers == 0 and line.since <= now:
        since = line.since if line.left_at is None else max(line.since, line.left_at)
        found.append(Alert(kind="undeliverable", since=since, queue=line.queue, branch=line.branch))
    if line.target and line.since + line.target < now:
        over = line.since + line.target
        found.append(Alert(kind="wait_over_target", since=over, queue=line.queue, branch=line.branch))
    return found


def of_services(services: Sequence[Service], now: datetime) -> list[Alert]:
    """Who finishes suspiciously fast."""
    short: dict[str, list[datetime]] = {}
    for one in services:
        if one.lasted < one.short and now - HOUR <= one.ended_at <= now:
            short.setdefault(one.agent, []).append(one.ended_at)
    return [
        Alert(kind="short_services", since=sorted(ends)[SHORT_ONES - 1], agent=agent)
        for agent, ends in short.items()
        if len(ends) >= SHORT_ONES
    ]


def of_screen(screen: Screen, now: datetime, machine_now: datetime) -> list[Alert]:
    """Whether a screen is silent. A branch that is closed may switch its screens off."""
    if not screen.branch_open:
        return []
    if screen.seen_at is None or screen.seen_at + SILENT_AFTER < machine_now:
        since = screen.seen_at
    elif screen.unpainted_since is not None and screen.unpainted_since + PAINT_WITHIN < now:
        since = screen.unpainted_since
    else:
        return []
    return [Alert(kind="silent_screen", since=since, screen=screen.key, branch=screen.branch)]


def of_printer(printer: Printer) -> list[Alert]:
    """Whether a printer needs somebody. A branch that is closed may switch its printers off."""
    if printer.state == "ok" or not printer.branch_open:
        return []
    about = {"kiosk": printer.kiosk, "printer": printer.state}
    return [Alert(kind="printer", since=printer.since, branch=printer.branch, **about)]
