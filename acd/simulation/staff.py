"""The agents through the day: they come, are free, pause and go home."""

from acd.simulation.arrivals import Arrivals
from acd.simulation.day import FOR_EVER
from acd.simulation.desk import Desk, State
from acd.simulation.house import House
from acd.simulation.outcome import Duty


class Staff:
    """Everybody who serves. `at_close`: how many were in line when the doors closed."""

    def __init__(self, house: House, arrivals: Arrivals) -> None:
        self._house = house
        self._arrivals = arrivals
        self._preferring = any(visitor.prefers for visitor in house.day.visitors)
        self.at_close = 0

    def open(self) -> None:
        """Put down when shifts begin and end, and when the doors close."""
        house = self._house
        for desk in house.desks:
            for on, off in desk.agent.shifts:
                house.later(on, self._sign_in, desk, off)
                if off < FOR_EVER:
                    house.later(off, self._shift_ends, desk)
        if house.day.closes is not None:
            house.later(house.day.closes, self._close)

    def free(self, desk: Desk, since: int) -> None:
        """The agent takes the next visitor, or goes home."""
        house = self._house
        if desk.listed:
            desk.close()
        if desk.off_at <= house.now:
            if not desk.held:
                self._sign_out(desk)
            return
        if desk.held and desk.paused_until > house.now:
            return
        desk.idle(since, house.at if since == house.now else house.instant(since))
        for line in desk.kind.lines:
            if house.lines.length(line):
                house.dirty[line] = None

    def pause(self, desk: Desk, state: State, span: int) -> None:
        """The agent is given nobody for a while; those whom he has stay."""
        house = self._house
        desk.close()
        if not desk.held:
            desk.state = state
        desk.paused_until = max(desk.paused_until, house.now + span)
        house.later(house.now + span, self._back, desk)

    def leave(self) -> None:
        """The day is over for those who are still there."""
        for desk in self._house.desks:
            if desk.state != "off":
                self._house.duty.append(Duty(desk.agent.key, desk.on_since, self._house.now))

    def _sign_in(self, desk: Desk, off: int) -> None:
        desk.off_at = off
        if desk.state == "off":
            desk.on_since = self._house.now
            desk.kind.on_duty += 1
            if self._arrivals.wishes:
                self._arrivals.call_back(desk.kind.lines)
            self.free(desk, self._house.now)

    def _shift_ends(self, desk: Desk) -> None:
        if desk.off_at > self._house.now:
            return
        if desk.state == "idle":
            desk.leave_idle("off")
            self._sign_out(desk)
        desk.close()

    def _sign_out(self, desk: Desk) -> None:
        house = self._house
        desk.state = "off"
        desk.kind.on_duty -= 1
        house.duty.append(Duty(desk.agent.key, desk.on_since, house.now))
        for line in desk.kind.lines:
            self._expire(line)
        for guest in house.waiting.values() if self._preferring else ():
            if guest.held and guest.ticket.preferred_agent == desk.agent.key:
                house.elsewhere_in_line(guest, guest.let_go)
                house.dirty[guest.line] = None

    def _back(self, desk: Desk) -> None:
        if desk.state != "off" and desk.paused_until <= self._house.now:
            self.free(desk, self._house.now)

    def _close(self) -> None:
        self.at_close = self._house.length
        for line in {guest.line: None for guest in self._house.waiting.values()}:
            self._expire(line)

    def _expire(self, line: str) -> None:
        """After closing, whom nobody will serve any more."""
        house = self._house
        if house.day.closes is None or house.now < house.day.closes or not house.lines.length(line):
            return
        if house.staffed_again(line):
            return
        for guest in [one for one in house.waiting.values() if one.line == line]:
            house.end_waiting(guest, "left over")
