"""Virtual time: what happens next is taken from a heap, and after each instant the production matcher makes a pass.

A pass is asked only about agents who have just become free, and those who serve a lane in which somebody has come, or
a booth was freed: the pass before has left nobody idle beside anybody else. Of agents who differ in nothing but how
long they have been idle, it sees as many as there are tickets for them. Neither changes what it decides.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from heapq import heappop, heappush
from random import Random

from acd.engine import Available, pairs
from acd.simulation.day import FOR_EVER, SECOND, Day, Visitor, seconds
from acd.simulation.desk import Desk, Kind, State, desks_of
from acd.simulation.doors import Doors
from acd.simulation.guest import Guest, Stage
from acd.simulation.line import Lines, lane_of
from acd.simulation.outcome import Duty, End, Outcome, Visit, Work
from acd.simulation.turns import Turns
from qms.domain.routing import USUAL

LOOKS_AGAIN = 10 * SECOND
"""Whoever could not go on to another line, since nobody is there, is looked at again after that."""

MISSED_FOR = 60 * SECOND
"""So long an agent who has missed an offer gets no other."""


def run(day: Day, *, seed: int | str = 0) -> Outcome:
    """Let a day pass. `seed` decides how long offers ring where the policy leaves that to chance, nothing else."""
    return _Clockwork(day, Random(f"answers of {seed}")).run()  # noqa: S311 - chance, not secrets


class _Clockwork:
    def __init__(self, day: Day, chance: Random) -> None:
        self.day = day
        self.chance = chance
        self.now = 0
        self.at = day.midnight
        self.heap: list[tuple[int, int, Callable[..., None], tuple[object, ...]]] = []
        self.events = self.guests = self.passes = self.missed = 0
        self.lines = Lines()
        self.desks, self.kinds = desks_of(day)
        self.desk_of = {desk.agent.key: desk for desk in self.desks}
        self.booths = {branch: list(some) for branch, some in day.booths.items()}
        self.waiting: dict[str, Guest] = {}
        self.newcomers: list[Guest] = []
        self.doors = Doors(day, self.lines, self.kinds)
        self.turns = Turns(day, self.lines, self.waiting)
        self.wishes: dict[str, list[Visitor]] = {}  # who is to be called back, by queue
        self.preferring = any(visitor.prefers for visitor in day.visitors)
        self.guarded = any(policy.guarded for policy in day.policies.values())
        self.mixing = any(policy.routing.mix for policy in day.policies.values())
        self.dirty: dict[str, None] = {}  # lanes to be looked at; a dict keeps its order, and a set of texts has none
        self.cooling = 0
        self.length = self.area = self.changed = self.at_close = 0
        self.visits: list[Visit] = []
        self.work: list[Work] = []
        self.duty: list[Duty] = []

    def run(self) -> Outcome:
        visitors, heap = self.day.visitors, self.heap
        self._open()
        coming, count = 0, len(visitors)
        while coming < count or heap:
            now = visitors[coming].at if coming < count else FOR_EVER
            if heap and heap[0][0] < now:
                now = heap[0][0]
            self.now, self.at = now, self._instant(now)
            while coming < count and visitors[coming].at == now:
                self._come(visitors[coming])
                coming += 1
            while heap and heap[0][0] == now:
                _, _, act, arguments = heappop(heap)
                act(*arguments)
            while self.dirty:
                self._pass()
            if self.newcomers:
                self._settle_in()
        return self._outcome()

    def _open(self) -> None:
        for desk in self.desks:
            for on, off in desk.agent.shifts:
                self._later(on, self._sign_in, desk, off)
                if off < FOR_EVER:
                    self._later(off, self._shift_ends, desk)
        if self.day.closes is not None:
            self._later(self.day.closes, self._close)

    def _later(self, when: int, act: Callable[..., None], *arguments: object) -> None:
        self.events += 1
        heappush(self.heap, (when, self.events, act, arguments))

    def _instant(self, when: int) -> datetime:
        return self.day.midnight + timedelta(microseconds=when)

    # Visitors

    def _come(self, visitor: Visitor) -> None:
        if self.day.closes is not None and visitor.at >= self.day.closes:
            self.visits.append(Visit(visitor, "refused", visitor.at))
            return
        welcome = self.doors.welcome(visitor, self.now) if self.guarded else "in"
        if welcome == "refused":
            self.visits.append(Visit(visitor, "refused", visitor.at))
            return
        self._line_changes(1)
        if welcome == "callback":
            self.wishes.setdefault(visitor.queue, []).append(replace(visitor, branch=None, patience=FOR_EVER))
            return
        self._join(visitor, self.at)

    def _join(self, visitor: Visitor, came: datetime) -> None:
        self.guests += 1
        guest = Guest(visitor, self.day, self.guests, came, at_booth=visitor.branch in self.booths)
        if visitor.prefers:
            self._hold(guest)
        self.waiting[guest.ticket.id] = guest
        self.lines.join(guest.lane, guest.entry)
        self.dirty[guest.lane] = None
        self.newcomers.append(guest)

    def _call_back(self, lanes: Iterable[str]) -> None:
        """Somebody has come on duty: whoever left a number for him is in line, by when he asked."""
        for queue in dict.fromkeys(lane.rpartition("@")[0] for lane in lanes):
            for visitor in self.wishes.pop(queue, ()):
                self._join(visitor, self._instant(visitor.at))

    def _hold(self, guest: Guest) -> None:
        """He has come for one agent: until the hold is over nobody else gets him, while that agent is on duty."""
        wanted = guest.visitor.prefers
        desk = next((one for one in self.desks if one.agent.key.partition("@")[0] == wanted), None)
        if desk is None:
            return
        hold = guest.policy.routing.hold if desk.state != "off" else timedelta(0)
        until = guest.ticket.eligible_from + hold
        guest.hold_for(desk.agent.key, until)
        if guest.held:
            self._later(self._moment(until), self._look, guest)

    def _moment(self, when: datetime) -> int:
        return max(self.now, (when - self.day.midnight) // timedelta(microseconds=1))

    def _look(self, guest: Guest) -> None:
        """A rule lets others have him now."""
        if guest.state == "waiting":
            self.dirty[guest.lane] = None

    def _settle_in(self) -> None:
        """Whoever was not served at once will leave, or be escalated, in time."""
        for guest in self.newcomers:
            if guest.state not in ("waiting", "ringing"):
                continue
            if guest.visitor.patience < FOR_EVER:
                self._later(self.now + max(1, guest.visitor.patience), self._lose_patience, guest)
            if guest.policy.max_wait_minutes > 0:
                self._later(guest.waits_too_long_at(), self._escalate, guest)
            if guest.policy.routing is not USUAL:
                self._follow(guest)
        self.newcomers.clear()

    def _follow(self, guest: Guest) -> None:
        """His rings widen, and he goes on to another line, in time."""
        since = max(guest.ticket.eligible_from, guest.ticket.arrived_at or guest.key)
        for after, _ in guest.ticket.level_rings[1:]:
            self._later(self._moment(since + timedelta(seconds=after)), self._look, guest)
        over = guest.policy.routing.overflow
        if over is not None:
            self._later(self._moment(since + over.after), self._overflow, guest, guest.lane)

    def _overflow(self, guest: Guest, lane: str) -> None:
        """On to the other line, if somebody is there; else it is looked at again a little later."""
        over = guest.policy.routing.overflow
        if guest.state == "over" or guest.state == "served" or guest.lane != lane or over is None:
            return
        queue, branch = over.queue or guest.queue, guest.branch and (over.branch or guest.branch)
        to = lane_of(queue, branch)
        there = any(kind.on_duty for kind in self.kinds.get(to, ()))
        if to == lane or guest.gone or not there or guest.state != "waiting":
            if to != lane:
                self._later(self.now + LOOKS_AGAIN, self._overflow, guest, lane)
            return
        self.lines.leave(guest.lane, guest.entry)
        guest.go_on(queue, branch, at_booth=branch in self.booths)
        self.lines.join(guest.lane, guest.entry)
        self.dirty[guest.lane] = None
        self._follow(guest)

    def _lose_patience(self, guest: Guest) -> None:
        if guest.state == "waiting":
            self._line_changes(-1)
            self.visits.append(Visit(guest.visitor, "abandoned", self.now))
            if guest.policy.mode == "counter":
                guest.gone = True  # nobody knows it before his number is called
            else:
                self._out_of_line(guest, "over")
        elif guest.state == "ringing" and guest.desk is not None:
            self._line_changes(-1)
            self.visits.append(Visit(guest.visitor, "abandoned", self.now))
            guest.state = "over"
            desk, since = guest.desk, guest.desk.idle_since
            self._free_booth(guest)
            if desk.held:
                desk.held.remove(guest.capacity)
            self._free(desk, since)

    def _escalate(self, guest: Guest) -> None:
        if guest.state == "waiting":
            self.lines.leave(guest.lane, guest.entry)
            guest.escalate()
            self.lines.join(guest.lane, guest.entry)
        guest.late = guest.state == "ringing"

    def _out_of_line(self, guest: Guest, state: Stage) -> None:
        self.lines.leave(guest.lane, guest.entry)
        del self.waiting[guest.ticket.id]
        guest.state = state

    def _line_changes(self, by: int) -> None:
        self.area += self.length * (self.now - self.changed)
        self.changed = self.now
        self.length += by

    # Agents

    def _sign_in(self, desk: Desk, off: int) -> None:
        desk.off_at = off
        if desk.state == "off":
            desk.on_since = self.now
            desk.kind.on_duty += 1
            if self.wishes:
                self._call_back(desk.kind.lanes)
            self._free(desk, self.now)

    def _shift_ends(self, desk: Desk) -> None:
        if desk.off_at > self.now:
            return
        if desk.state == "idle":
            desk.leave_idle("off")
            self._sign_out(desk)
        desk.close()

    def _sign_out(self, desk: Desk) -> None:
        desk.state = "off"
        desk.kind.on_duty -= 1
        self.duty.append(Duty(desk.agent.key, desk.on_since, self.now))
        for lane in desk.kind.lanes:
            self._expire(lane)
        for guest in self.waiting.values() if self.preferring else ():
            if guest.held and guest.ticket.preferred_agent == desk.agent.key:
                self.lines.leave(guest.lane, guest.entry)
                guest.let_go()
                self.lines.join(guest.lane, guest.entry)
                self.dirty[guest.lane] = None

    def _free(self, desk: Desk, since: int) -> None:
        """The agent takes the next visitor, or goes home."""
        if desk.listed:
            desk.close()
        if desk.off_at <= self.now:
            if not desk.held:
                self._sign_out(desk)
            return
        if desk.held and desk.paused_until > self.now:
            return
        desk.idle(since, self.at if since == self.now else self._instant(since))
        for lane in desk.kind.lanes:
            if self.lines.length(lane):
                self.dirty[lane] = None

    def _close(self) -> None:
        self.at_close = self.length
        for lane in {guest.lane: None for guest in self.waiting.values()}:
            self._expire(lane)

    def _expire(self, lane: str) -> None:
        """After closing, whom nobody will serve any more."""
        if self.day.closes is None or self.now < self.day.closes or not self.lines.length(lane):
            return
        if any(kind.on_duty or kind.last_off > self.now for kind in self.kinds.get(lane, ())):
            return
        for guest in [one for one in self.waiting.values() if one.lane == lane]:
            self._end_waiting(guest, "left over")

    def _end_waiting(self, guest: Guest, end: End) -> None:
        self._out_of_line(guest, "over")
        if not guest.gone:
            self._line_changes(-1)
            self.visits.append(Visit(guest.visitor, end, self.now))

    # Who serves whom

    def _pass(self) -> None:
        kinds = self._kinds_to_ask()
        self.dirty.clear()
        available: list[Available] = []
        lanes: dict[str, None] = {}
        for kind in kinds:
            open_lanes = [lane for lane in kind.lanes if self._has_place(lane)]
            everybody = self.cooling or self.preferring or kind.shares
            wanted = len(kind.idle) if everybody and open_lanes else sum(self.lines.length(lane) for lane in open_lanes)
            if wanted:
                available += [desk.available for _, _, desk in kind.idle[:wanted] if desk.available is not None]
                lanes.update(dict.fromkeys(open_lanes))
        if not lanes:
            return
        self.passes += 1
        asked = list(lanes)
        waiting = self.turns.waiting(asked, self.at) if self.mixing else self.lines.waiting(asked)
        for ticket, session, poc in pairs(waiting, available, self.booths, self.at, contested=lanes.keys()):
            self._offer(self.waiting[ticket.id], self.desk_of[session.agent], poc)

    def _kinds_to_ask(self) -> list[Kind]:
        """Those who serve a lane that is to be looked at, and of whom somebody is idle; each once."""
        if len(self.dirty) == 1:
            return [kind for kind in self.kinds.get(next(iter(self.dirty)), ()) if kind.idle]
        found = {id(kind): kind for lane in self.dirty for kind in self.kinds.get(lane, ())}
        return [kind for kind in found.values() if kind.idle]

    def _has_place(self, lane: str) -> bool:
        if not self.lines.length(lane):
            return False
        if not self.booths:
            return True
        queue, _, branch = lane.rpartition("@")
        return bool(self.booths.get(branch, True)) or self.day.policy(queue).mode == "counter"

    def _offer(self, guest: Guest, desk: Desk, poc: str | None) -> None:
        if self.mixing:
            self.turns.told(guest)
        self._out_of_line(guest, "ringing")
        if desk.kind.shares:
            self._take(desk, guest)
        else:
            desk.leave_idle("ringing")
        guest.desk, guest.poc = desk, poc
        if poc is not None:
            self.booths[guest.branch or ""].remove(poc)
        if guest.policy.answer is None or guest.policy.mode == "counter":
            self._answer(guest, desk)
            return
        rings = seconds(guest.policy.answer.draw(self.chance))
        longest = seconds(guest.policy.ring_seconds)
        if rings < longest:
            self._later(self.now + rings, self._answer, guest, desk)
        else:
            self._later(self.now + longest, self._miss, guest, desk)

    def _take(self, desk: Desk, guest: Guest) -> None:
        """The agent has him, and perhaps room for more beside him."""
        desk.leave_idle("ringing" if not desk.held else desk.state)
        guest.capacity = desk.kind.capacities[guest.lane]
        desk.held.append(guest.capacity)
        self._free(desk, desk.idle_since)

    def _answer(self, guest: Guest, desk: Desk) -> None:
        if guest.state != "ringing" or guest.desk is not desk:
            return
        guest.state = "served"
        guest.answered = self.now
        desk.state = "busy"
        if not desk.serving:
            desk.since = self.now
        desk.serving += 1
        if guest.gone:
            self._later(self.now + seconds(guest.policy.no_show_seconds), self._finish, guest, desk)
            return
        self._line_changes(-1)
        self.visits.append(Visit(guest.visitor, "served", self.now, desk.agent.key))
        self._later(self.now + guest.visitor.handling, self._finish, guest, desk)

    def _miss(self, guest: Guest, desk: Desk) -> None:
        if guest.state != "ringing" or guest.desk is not desk:
            return
        self.missed += 1
        cooldown = seconds(guest.policy.decline_cooldown_seconds)
        until = self._instant(self.now + cooldown)
        self._free_booth(guest)
        guest.back_in_line(desk.agent.key, until)
        self.waiting[guest.ticket.id] = guest
        self.lines.join(guest.lane, guest.entry)
        self.dirty[guest.lane] = None
        self.cooling += 1
        self._later(self.now + cooldown, self._cooled, guest.lane)
        if desk.held:
            desk.held.remove(guest.capacity)
        self._pause(desk, "missed", MISSED_FOR)

    def _cooled(self, lane: str) -> None:
        self.cooling -= 1
        self.dirty[lane] = None

    def _finish(self, guest: Guest, desk: Desk) -> None:
        guest.state = "over"
        self._free_booth(guest)
        wrap_up = seconds(guest.policy.wrap_up_seconds)
        if self.guarded:
            self.doors.learn(guest.queue, self.now - guest.answered)
        if desk.held:
            desk.held.remove(guest.capacity)
        desk.serving -= 1
        if not desk.serving:  # with several at once the agent is at work from the first to the last of them
            self.work.append(Work(desk.agent.key, guest.visitor.queue, desk.since, self.now, self.now + wrap_up))
        if wrap_up:
            self._pause(desk, "wrap_up", wrap_up)
        else:
            self._free(desk, self.now)

    def _pause(self, desk: Desk, state: State, span: int) -> None:
        """The agent is given nobody for a while; those whom he has stay."""
        desk.close()
        if not desk.held:
            desk.state = state
        desk.paused_until = max(desk.paused_until, self.now + span)
        self._later(self.now + span, self._back, desk)

    def _back(self, desk: Desk) -> None:
        if desk.state != "off" and desk.paused_until <= self.now:
            self._free(desk, self.now)

    def _free_booth(self, guest: Guest) -> None:
        branch = guest.branch
        if guest.poc is None or branch is None:
            return
        self.booths[branch].append(guest.poc)
        guest.poc = None
        for lane in {one.lane: None for one in self.waiting.values() if one.branch == branch}:
            self.dirty[lane] = None

    def _outcome(self) -> Outcome:
        for guest in list(self.waiting.values()):
            self._end_waiting(guest, "left over")
        for visitor in (one for some in self.wishes.values() for one in some):
            self._line_changes(-1)
            self.visits.append(Visit(visitor, "left over", self.now))
        for desk in self.desks:
            if desk.state != "off":
                self.duty.append(Duty(desk.agent.key, desk.on_since, self.now))
        return Outcome(
            day=self.day,
            visits=tuple(self.visits),
            work=tuple(self.work),
            duty=tuple(self.duty),
            line_area=self.area,
            waiting_at_close=self.at_close,
            missed=self.missed,
            passes=self.passes,
        )
