"""Day sheets: what an agent's days hold already, kept from one booking to the next, those not yet committed included.

Every write of an agent's time leaps his version on by a random number, so no version ever stands for two states, though
one of them was rolled back. A sheet that has an agent's version therefore says what the rows say, and a booking can be
entered on it at once. Whoever asks holds the agents' domains.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from typing import NamedTuple

from qms.domain.appointment import TimeTaken
from qms.domain.network import Agent, Network
from qms.domain.slots import Claim, Load, Window, first_instant
from qms.domain.zones import wall_time
from qms.store import appointments, times
from qms.store.times import Leap
from qms.store.tx import Tx

MARGIN = timedelta(hours=4)
"""A sheet reaches so far over both ends of its day; what reaches further is not looked up in it."""

MOST_AGENTS, MOST_DAYS = 4096, 62
"""So much is kept per account: some 2 kB a day."""


class Day(NamedTuple):
    """A local day, from its first instant to the next one's."""

    begins: datetime
    ends: datetime

    @classmethod
    def around(cls, at: datetime, where: tzinfo) -> "Day":
        """The day of a zone in which an instant lies."""
        day = wall_time(at, where).date()
        return cls(first_instant(day, where), first_instant(day + timedelta(days=1), where))


@dataclass(frozen=True, slots=True)
class DaySheet:
    """What takes an agent's time around a day, until the first hold runs out, and how many appointments start on it."""

    window: Window
    load: Load
    booked: int
    until: datetime | None

    def tells(self, around: Window) -> bool:
        """Whether all of a stretch of time is on the sheet."""
        return self.window.start <= around.start and around.end <= self.window.end

    def leaves(self, around: Window, group: str | None, capacity: int) -> bool:
        """Whether there is room in a stretch of time for one more of a group."""
        return not self.window.cut(self.load.busy(group, capacity), around)

    def holds(self, at: datetime) -> bool:
        """Whether it still says at that time what it said when it was written."""
        return self.until is None or at < self.until


UNKNOWN: Mapping[str, DaySheet] = {}
"""No sheets: whoever has these asks the rows."""


class _Diary(NamedTuple):
    """The sheets of one agent, by day, as they are at a version of his."""

    version: int
    sheets: Mapping[Day, DaySheet]

    def enter(self, leap: Leap, time: TimeTaken, starts_at: datetime) -> "_Diary":
        claim = Claim.of(
            time.blocked_start, time.blocked_end, None if time.group_id == time.appointment_id else time.group_id
        )
        lapse = time.expires_at
        changed = {
            day: replace(
                sheet,
                load=sheet.load.plus(claim, sheet.window),
                booked=sheet.booked + (day.begins <= starts_at < day.ends),
                until=min(sheet.until or lapse, lapse) if lapse is not None else sheet.until,
            )
            for day, sheet in self.sheets.items()
            if sheet.window.start < time.blocked_end and time.blocked_start < sheet.window.end
        }
        return _Diary(leap.after, {**self.sheets, **changed})


class DaySheets:
    """The day sheets of one account, as one snapshot of its network has them."""

    def __init__(self) -> None:
        self._diaries: OrderedDict[str, _Diary] = OrderedDict()

    @classmethod
    def of(cls, network: Network) -> "DaySheets":
        """The day sheets kept with a network."""
        kept: DaySheets | None = network.memo.get("day sheets")
        return kept if kept is not None else network.memo.setdefault("day sheets", cls())

    def on(self, tx: Tx, agents: Sequence[Agent], day: Day) -> Mapping[str, DaySheet]:
        """The sheets of some agents for a day, by their ids."""
        versions = times.versions(tx, [agent.id for agent in agents])
        found, missing = {}, {}
        for agent, version in versions.items():
            diary = self._diaries.get(agent)
            sheet = diary.sheets.get(day) if diary is not None and diary.version == version else None
            if sheet is not None and sheet.holds(tx.now):
                found[agent] = sheet
            else:
                missing[agent] = version
        return found | self._read(tx, missing, day) if missing else found

    def enter(self, leap: Leap, time: TimeTaken, starts_at: datetime) -> None:
        """An appointment that starts then has taken an agent's time, and nothing else has changed with him."""
        diary = self._diaries.get(time.agent_id)
        if diary is not None and diary.version == leap.before:
            self._diaries[time.agent_id] = diary.enter(leap, time, starts_at)

    def _read(self, tx: Tx, versions: Mapping[str, int], day: Day) -> dict[str, DaySheet]:
        agents, window = list(versions), Window.covering(day.begins - MARGIN, day.ends + MARGIN)
        claims = times.claims_on(tx, agents, window.start, window.end)
        booked = appointments.booked_on(tx, agents, day.begins, day.ends)
        found = {}
        for agent, version in versions.items():
            load = Load.of(claims.by_agent.get(agent, ()), window)
            found[agent] = DaySheet(window, load, booked[agent], claims.until)
            self._keep(agent, version, day, found[agent])
        return found

    def _keep(self, agent: str, version: int, day: Day, sheet: DaySheet) -> None:
        diary = self._diaries.get(agent)
        others = diary.sheets if diary is not None and diary.version == version else {}
        latest = dict(list(others.items())[1 - MOST_DAYS :])
        self._diaries[agent] = _Diary(version, {**latest, day: sheet})
        while len(self._diaries) > MOST_AGENTS:
            self._diaries.popitem(last=False)
