"""Virtual time: what happens next is taken from a heap, and after each instant the production matcher makes a pass.

A pass is asked only about agents who have just become free, and those who serve a lane in which somebody has come, or
a booth was freed: the pass before has left nobody idle beside anybody else. Of agents who differ in nothing but how
long they have been idle, it sees as many as there are tickets for them. Neither changes what it decides.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from heapq import heappop, heappush
from random import Random

from acd.engine import Available, pairs
from acd.simulation.day import FOR_EVER, SECOND, Day, Visitor, seconds
from acd.simulation.desk import Desk, Kind, desks_of
from acd.simulation.guest import Guest, Stage
from acd.simulation.line import Lines
from acd.simulation.outcome import Duty, End, Outcome, Visit, Work

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
            if self.dirty:
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
        self.guests += 1
        guest = Guest(visitor, self.day, self.guests, self.at, at_booth=visitor.branch in self.booths)
        self.waiting[guest.ticket.id] = guest
        self._line_changes(1)
        self.lines.join(guest.lane, guest.entry)
        self.dirty[guest.lane] = None
        self.newcomers.append(guest)

    def _settle_in(self) -> None:
        """Whoever was not served at once will leave, or be escalated, in time."""
        for guest in self.newcomers:
            if guest.state not in ("waiting", "ringing"):
                continue
            if guest.visitor.patience < FOR_EVER:
                self._later(self.now + max(1, guest.visitor.patience), self._lose_patience, guest)
            if guest.policy.max_wait_minutes > 0:
                self._later(guest.waits_too_long_at(), self._escalate, guest)
        self.newcomers.clear()

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
            self._free(desk, self.now)

    def _shift_ends(self, desk: Desk) -> None:
        if desk.state == "idle" and desk.off_at <= self.now:
            desk.leave_idle("off")
            self._sign_out(desk)

    def _sign_out(self, desk: Desk) -> None:
        desk.state = "off"
        desk.kind.on_duty -= 1
        self.duty.append(Duty(desk.agent.key, desk.on_since, self.now))
        for lane in desk.kind.lanes:
            self._expire(lane)

    def _free(self, desk: Desk, since: int) -> None:
        """The agent takes the next visitor, or goes home."""
        if desk.off_at <= self.now:
            self._sign_out(desk)
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
            wanted = len(kind.idle) if self.cooling else sum(self.lines.length(lane) for lane in open_lanes)
            if wanted:
                available += [desk.available for _, _, desk in kind.idle[:wanted] if desk.available is not None]
                lanes.update(dict.fromkeys(open_lanes))
        if not lanes:
            return
        self.passes += 1
        waiting = self.lines.waiting(list(lanes))
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
        self._out_of_line(guest, "ringing")
        desk.leave_idle("ringing")
        guest.desk, guest.poc = desk, poc
        if poc is not None:
            self.booths[guest.visitor.branch or ""].remove(poc)
        if guest.policy.answer is None or guest.policy.mode == "counter":
            self._answer(guest, desk)
            return
        rings = seconds(guest.policy.answer.draw(self.chance))
        longest = seconds(guest.policy.ring_seconds)
        if rings < longest:
            self._later(self.now + rings, self._answer, guest, desk)
        else:
            self._later(self.now + longest, self._miss, guest, desk)

    def _answer(self, guest: Guest, desk: Desk) -> None:
        if guest.state != "ringing" or guest.desk is not desk:
            return
        guest.state = "served"
        guest.answered = self.now
        desk.state = "busy"
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
        desk.state = "missed"
        self._later(self.now + MISSED_FOR, self._back, desk)

    def _cooled(self, lane: str) -> None:
        self.cooling -= 1
        self.dirty[lane] = None

    def _finish(self, guest: Guest, desk: Desk) -> None:
        guest.state = "over"
        self._free_booth(guest)
        wrap_up = seconds(guest.policy.wrap_up_seconds)
        self.work.append(Work(desk.agent.key, guest.visitor.queue, guest.answered, self.now, self.now + wrap_up))
        if wrap_up:
            desk.state = "wrap_up"
            self._later(self.now + wrap_up, self._back, desk)
        else:
            self._free(desk, self.now)

    def _back(self, desk: Desk) -> None:
        self._free(desk, self.now)

    def _free_booth(self, guest: Guest) -> None:
        branch = guest.visitor.branch
        if guest.poc is None or branch is None:
            return
        self.booths[branch].append(guest.poc)
        guest.poc = None
        for lane in {one.lane: None for one in self.waiting.values() if one.visitor.branch == branch}:
            self.dirty[lane] = None

    def _outcome(self) -> Outcome:
        for guest in list(self.waiting.values()):
            self._end_waiting(guest, "left over")
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
