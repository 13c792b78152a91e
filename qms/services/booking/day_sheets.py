"""Day sheets: what an agent's days hold already, kept from one booking to the next, those not yet committed included.

Every write of an agent's time leaps his version on by a random number, so no version ever stands for two states, though
one of them was rolled back. A sheet that has an agent's version therefore says what the rows say, and a booking can be
entered on it at once. Whoever asks holds the agents' domains.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

from qms.domain.appointment import TimeTaken
from qms.domain.network import Agent, Network
from qms.domain.slots import EPOCH, Claim, Load, Minutes, Window, first_instant
from qms.domain.zones import wall_time
from qms.store import appointments, times
from qms.store.times import Leap
from qms.store.tx import Tx

MARGIN = timedelta(hours=4)
"""A sheet reaches so far over both ends of its day; what reaches further is not looked up in it."""

MOST = 65_536
"""So many sheets are kept per account, of half a kilobyte each; then those of the day longest kept go."""


class Day(NamedTuple):
    """A local day, from its first instant to the next one's."""

    begins: datetime
    ends: datetime

    @classmethod
    def around(cls, at: datetime, where: tzinfo) -> "Day":
        """The day of a zone in which an instant lies."""
        return _day(wall_time(at, where).date(), where)


@lru_cache(maxsize=512)
def _day(day: date, where: tzinfo) -> Day:
    return Day(first_instant(day, where), first_instant(day + timedelta(days=1), where))


class DaySheet(NamedTuple):
    """What takes an agent's time around a day, until the first hold runs out, and how many appointments start on it.

    `version`: his, of which all of this is true.
    """

    version: int
    load: Load
    booked: int
    until: datetime | None


class DayBoard(NamedTuple):
    """The sheets of some agents for one day, by their ids; all of them show the same stretch of time."""

    window: Window
    sheets: Mapping[str, DaySheet]

    def tells(self, around: Window) -> bool:
        """Whether all of a stretch of time is on the sheets."""
        return self.window.start <= around.start and around.end <= self.window.end

    def room(self, around: Window, group: str | None, capacity: int) -> Callable[[str], bool]:
        """What tells whether an agent has room in a stretch of time that is on the sheets for one more of a group."""
        shift, minutes = self.window.index(around.start), around.all
        return lambda agent: not (self.sheets[agent].load.busy(group, capacity) >> shift) & minutes


class _Kept(NamedTuple):
    """The sheets of a day, by agent. `minutes`: of the window, since 1970."""

    day: Day
    window: Window
    minutes: range
    sheets: dict[str, DaySheet]

    @classmethod
    def empty(cls, day: Day) -> "_Kept":
        window = Window.covering(day.begins - MARGIN, day.ends + MARGIN)
        first = (window.start - EPOCH) // timedelta(minutes=1)
        return cls(day, window, range(first, first + window.minutes), {})

    def enter(self, agent: str, leap: Leap, claim: Minutes, starts_at: datetime, lapse: datetime | None) -> None:
        """Enter one more claim on the agent's sheet, if it is as it was right before."""
        sheet = self.sheets.get(agent)
        if sheet is None or sheet.version != leap.before:
            return
        _, load, booked, until = sheet
        first, end, _ = claim
        if first < self.minutes.stop and self.minutes.start < end:
            load, booked = load.plus(claim, self.window), booked + (self.day.begins <= starts_at < self.day.ends)
            until = min(until or lapse, lapse) if lapse is not None else until
        self.sheets[agent] = DaySheet(leap.after, load, booked, until)


class DaySheets:
    """The day sheets of one account, as one snapshot of its network has them."""

    def __init__(self) -> None:
        self._days: dict[Day, _Kept] = {}

    @classmethod
    def of(cls, network: Network) -> "DaySheets":
        """The day sheets kept with a network."""
        kept: DaySheets | None = network.memo.get("day sheets")
        return kept if kept is not None else network.memo.setdefault("day sheets", cls())

    def on(self, tx: Tx, agents: Sequence[Agent], day: Day) -> DayBoard:
        """The sheets of some agents for a day."""
        kept = self._days.get(day)
        if kept is None:
            kept = self._days.setdefault(day, _Kept.empty(day))
        found, missing = {}, {}
        for agent, version in times.versions(tx, [agent.id for agent in agents]).items():
            sheet = kept.sheets.get(agent)
            if sheet is not None and sheet.version == version and (sheet.until is None or tx.now < sheet.until):
                found[agent] = sheet
            else:
                missing[agent] = version
        return DayBoard(kept.window, found | self._read(tx, missing, kept) if missing else found)

    def enter(self, leap: Leap, time: TimeTaken, starts_at: datetime) -> None:
        """An appointment that starts then has taken an agent's time, and nothing else has changed with him."""
        group = None if time.group_id == time.appointment_id else time.group_id
        claim = Claim.of(time.blocked_start, time.blocked_end, group)
        for kept in list(self._days.values()):
            kept.enter(time.agent_id, leap, claim, starts_at, time.expires_at)

    def _read(self, tx: Tx, versions: Mapping[str, int], kept: _Kept) -> dict[str, DaySheet]:
        agents, (day, window, _, sheets) = list(versions), kept
        claims = times.claims_on(tx, agents, window.start, window.end)
        booked = appointments.booked_on(tx, agents, day.begins, day.ends)
        for agent, version in versions.items():
            load = Load.of(claims.by_agent.get(agent, ()), window)
            sheets[agent] = DaySheet(version, load, booked[agent], claims.until)
        self._trim()
        return {agent: sheets[agent] for agent in agents}

    def _trim(self) -> None:
        days = list(self._days.values())
        beyond = sum(len(kept.sheets) for kept in days) - MOST
        for kept in days[:-1]:
            if beyond <= 0:
                break
            self._days.pop(kept.day, None)
            beyond -= len(kept.sheets)
