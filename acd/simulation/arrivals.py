"""Who comes in: he is let in, turned away or asked for a number to call, and takes his place in line."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from acd.simulation.day import FOR_EVER, Visitor
from acd.simulation.doors import Doors
from acd.simulation.guest import Guest
from acd.simulation.house import House
from acd.simulation.outcome import Visit


class Arrivals:
    """The entrance. `wishes`: who is to be called back, by queue."""

    def __init__(self, house: House, doors: Doors) -> None:
        self._house = house
        self._doors = doors
        self._closes = FOR_EVER if house.day.closes is None else house.day.closes
        self._guarded = any(policy.guarded for policy in house.day.policies.values())
        self._guests = 0
        self.wishes: dict[str, list[Visitor]] = {}

    def come(self, visitor: Visitor) -> None:
        """Somebody is at the door."""
        house = self._house
        if visitor.at >= self._closes:
            house.visits.append(Visit(visitor, "refused", visitor.at))
            return
        welcome = self._doors.welcome(visitor, house.now) if self._guarded else "in"
        if welcome == "refused":
            house.visits.append(Visit(visitor, "refused", visitor.at))
            return
        house.line_changes(1)
        if welcome == "callback":
            self.wishes.setdefault(visitor.queue, []).append(replace(visitor, branch=None, patience=FOR_EVER))
            return
        self._join(visitor, house.at)

    def call_back(self, lines: Iterable[str]) -> None:
        """Somebody has come on duty: whoever left a number for him is in line, by when he asked."""
        for queue in dict.fromkeys(line.rpartition("@")[0] for line in lines):
            for visitor in self.wishes.pop(queue, ()):
                self._join(visitor, self._house.instant(visitor.at))

    def look(self, guest: Guest) -> None:
        """A rule lets others have him now."""
        if guest.state == "waiting":
            self._house.dirty[guest.line] = None

    def _join(self, visitor: Visitor, came: datetime) -> None:
        house = self._house
        self._guests += 1
        guest = Guest(visitor, house.day, self._guests, came, at_booth=visitor.branch in house.booths)
        if visitor.prefers:
            self._hold(guest)
        house.into_line(guest)
        house.newcomers.append(guest)

    def _hold(self, guest: Guest) -> None:
        """He has come for one agent: until the hold is over nobody else gets him, while that agent is on duty."""
        house, wanted = self._house, guest.visitor.prefers
        desk = next((one for one in house.desks if one.agent.key.partition("@")[0] == wanted), None)
        if desk is None:
            return
        hold = guest.policy.routing.hold if desk.state != "off" else timedelta(0)
        until = guest.ticket.eligible_from + hold
        guest.hold_for(desk.agent.key, until)
        if guest.held:
            house.later(house.moment(until), self.look, guest)
