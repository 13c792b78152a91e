"""Who serves whom: the production matcher makes a pass, offers ring, are answered or missed, and visitors are served.

A pass is asked only about agents who have just become free, and those who serve a line in which somebody has come, or
a booth was freed: the pass before has left nobody idle beside anybody else. Of agents who differ in nothing but how
long they have been idle, it sees as many as there are tickets for them. Neither changes what it decides.
"""

from random import Random

from acd.engine import Available, pairs
from acd.simulation.day import SECOND, seconds
from acd.simulation.desk import Desk, Kind
from acd.simulation.doors import Doors
from acd.simulation.guest import Guest
from acd.simulation.house import House
from acd.simulation.outcome import Visit, Work
from acd.simulation.staff import Staff
from acd.simulation.turns import Turns

MISSED_FOR = 60 * SECOND
"""So long an agent who has missed an offer gets no other."""


class Service:
    """The passes, and what comes of them. `chance` decides how long offers ring where the policy leaves that open."""

    def __init__(self, house: House, staff: Staff, doors: Doors, chance: Random) -> None:
        self._house = house
        self._staff = staff
        self._doors = doors
        self._chance = chance
        self._turns = Turns(house.day, house.lines, house.waiting)
        self._desk_of = {desk.agent.key: desk for desk in house.desks}
        self._preferring = any(visitor.prefers for visitor in house.day.visitors)
        self._guarded = any(policy.guarded for policy in house.day.policies.values())
        self._mixing = any(policy.routing.mix for policy in house.day.policies.values())
        self.passes = self.missed = 0

    def go_round(self) -> None:
        """One pass over the lines that are to be looked at."""
        house = self._house
        kinds = self._kinds_to_ask()
        house.dirty.clear()
        available: list[Available] = []
        lines: dict[str, None] = {}
        for kind in kinds:
            open_lines = [line for line in kind.lines if self._has_place(line)]
            everybody = house.cooling or self._preferring or kind.shares
            wanted = len(kind.idle) if everybody and open_lines else sum(map(house.lines.length, open_lines))
            if wanted:
                available += [desk.available for _, _, desk in kind.idle[:wanted] if desk.available is not None]
                lines.update(dict.fromkeys(open_lines))
        if not lines:
            return
        self.passes += 1
        asked = list(lines)
        waiting = self._turns.waiting(asked, house.at) if self._mixing else house.lines.waiting(asked)
        for ticket, session, poc in pairs(waiting, available, house.booths, house.at, contested=lines.keys()):
            self._offer(house.waiting[ticket.id], self._desk_of[session.agent], poc)

    def _kinds_to_ask(self) -> list[Kind]:
        """Those who serve a line that is to be looked at, and of whom somebody is idle; each once."""
        dirty, kinds = self._house.dirty, self._house.kinds
        if len(dirty) == 1:
            return [kind for kind in kinds.get(next(iter(dirty)), ()) if kind.idle]
        found = {id(kind): kind for line in dirty for kind in kinds.get(line, ())}
        return [kind for kind in found.values() if kind.idle]

    def _has_place(self, line: str) -> bool:
        house = self._house
        if not house.lines.length(line):
            return False
        if not house.booths:
            return True
        queue, _, branch = line.rpartition("@")
        return bool(house.booths.get(branch, True)) or house.day.policy(queue).mode == "counter"

    def _offer(self, guest: Guest, desk: Desk, poc: str | None) -> None:
        house = self._house
        if self._mixing:
            self._turns.told(guest)
        house.out_of_line(guest, "ringing")
        if desk.kind.shares:
            self._take(desk, guest)
        else:
            desk.leave_idle("ringing")
        guest.desk, guest.poc = desk, poc
        if poc is not None:
            house.booths[guest.branch or ""].remove(poc)
        if guest.policy.answer is None or guest.policy.mode == "counter":
            self._answer(guest, desk)
            return
        rings = seconds(guest.policy.answer.draw(self._chance))
        longest = seconds(guest.policy.ring_seconds)
        if rings < longest:
            house.later(house.now + rings, self._answer, guest, desk)
        else:
            house.later(house.now + longest, self._miss, guest, desk)

    def _take(self, desk: Desk, guest: Guest) -> None:
        """The agent has him, and perhaps room for more beside him."""
        desk.leave_idle("ringing" if not desk.held else desk.state)
        guest.capacity = desk.kind.capacities[guest.line]
        desk.held.append(guest.capacity)
        self._staff.free(desk, desk.idle_since)

    def _answer(self, guest: Guest, desk: Desk) -> None:
        if guest.state != "ringing" or guest.desk is not desk:
            return
        house = self._house
        guest.state = "served"
        guest.answered = house.now
        desk.state = "busy"
        if not desk.serving:
            desk.since = house.now
        desk.serving += 1
        if guest.gone:
            house.later(house.now + seconds(guest.policy.no_show_seconds), self._finish, guest, desk)
            return
        house.line_changes(-1)
        house.visits.append(Visit(guest.visitor, "served", house.now, desk.agent.key))
        house.later(house.now + guest.visitor.handling, self._finish, guest, desk)

    def _miss(self, guest: Guest, desk: Desk) -> None:
        if guest.state != "ringing" or guest.desk is not desk:
            return
        house = self._house
        self.missed += 1
        cooldown = seconds(guest.policy.decline_cooldown_seconds)
        house.free_booth(guest)
        guest.back_in_line(desk.agent.key, house.instant(house.now + cooldown))
        house.into_line(guest)
        house.cooling += 1
        house.later(house.now + cooldown, self._cooled, guest.line)
        if desk.held:
            desk.held.remove(guest.capacity)
        self._staff.pause(desk, "missed", MISSED_FOR)

    def _cooled(self, line: str) -> None:
        self._house.cooling -= 1
        self._house.dirty[line] = None

    def _finish(self, guest: Guest, desk: Desk) -> None:
        house = self._house
        guest.state = "over"
        house.free_booth(guest)
        wrap_up = seconds(guest.policy.wrap_up_seconds)
        if self._guarded:
            self._doors.learn(guest.queue, house.now - guest.answered)
        if desk.held:
            desk.held.remove(guest.capacity)
        desk.serving -= 1
        if not desk.serving:  # with several at once the agent is at work from the first to the last of them
            house.work.append(Work(desk.agent.key, guest.visitor.queue, desk.since, house.now, house.now + wrap_up))
        if wrap_up:
            self._staff.pause(desk, "wrap_up", wrap_up)
        else:
            self._staff.free(desk, house.now)
