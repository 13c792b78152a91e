"""What becomes of those who wait: they lose patience, are escalated, come within reach of others, or go on."""

from datetime import timedelta

from acd.simulation.arrivals import Arrivals
from acd.simulation.day import FOR_EVER, SECOND
from acd.simulation.guest import Guest
from acd.simulation.house import House
from acd.simulation.line import line_of
from acd.simulation.outcome import Visit
from acd.simulation.staff import Staff
from qms.domain.routing import USUAL

LOOKS_AGAIN = 10 * SECOND
"""Whoever could not go on to another line, since nobody is there, is looked at again after that."""


class Patience:
    """Everybody who was not served at once."""

    def __init__(self, house: House, arrivals: Arrivals, staff: Staff) -> None:
        self._house = house
        self._arrivals = arrivals
        self._staff = staff

    def settle_in(self) -> None:
        """Whoever was not served at once will leave, or be escalated, in time."""
        house = self._house
        for guest in house.newcomers:
            if guest.state not in ("waiting", "ringing"):
                continue
            if guest.visitor.patience < FOR_EVER:
                house.later(house.now + max(1, guest.visitor.patience), self._lose_patience, guest)
            if guest.policy.max_wait_minutes > 0:
                house.later(guest.waits_too_long_at(), self._escalate, guest)
            if guest.policy.routing is not USUAL:
                self._follow(guest)
        house.newcomers.clear()

    def _follow(self, guest: Guest) -> None:
        """His rings widen, and he goes on to another line, in time."""
        house = self._house
        since = max(guest.ticket.eligible_from, guest.ticket.arrived_at or guest.key)
        for after, _ in guest.ticket.level_rings[1:]:
            house.later(house.moment(since + timedelta(seconds=after)), self._arrivals.look, guest)
        over = guest.policy.routing.overflow
        if over is not None:
            house.later(house.moment(since + over.after), self._overflow, guest, guest.line)

    def _overflow(self, guest: Guest, line: str) -> None:
        """On to the other line, if somebody is there; else it is looked at again a little later."""
        house, over = self._house, guest.policy.routing.overflow
        if guest.state in ("over", "served") or guest.line != line or over is None:
            return
        queue, branch = over.queue or guest.queue, guest.branch and (over.branch or guest.branch)
        to = line_of(queue, branch)
        if to == line:
            return
        there = any(kind.on_duty for kind in house.kinds.get(to, ()))
        if guest.gone or not there or guest.state != "waiting":
            if house.staffed_again(to):
                house.later(house.now + LOOKS_AGAIN, self._overflow, guest, line)
            return
        house.elsewhere_in_line(guest, guest.go_on, queue, branch, at_booth=branch in house.booths)
        house.dirty[guest.line] = None
        self._follow(guest)

    def _lose_patience(self, guest: Guest) -> None:
        house = self._house
        if guest.state == "waiting":
            house.line_changes(-1)
            house.visits.append(Visit(guest.visitor, "abandoned", house.now))
            if guest.policy.mode == "counter":
                guest.gone = True  # nobody knows it before his number is called
            else:
                house.out_of_line(guest, "over")
        elif guest.state == "ringing" and guest.desk is not None:
            house.line_changes(-1)
            house.visits.append(Visit(guest.visitor, "abandoned", house.now))
            guest.state = "over"
            desk, since = guest.desk, guest.desk.idle_since
            house.free_booth(guest)
            if desk.held:
                desk.held.remove(guest.capacity)
            self._staff.free(desk, since)

    def _escalate(self, guest: Guest) -> None:
        if guest.state == "waiting":
            self._house.elsewhere_in_line(guest, guest.escalate)
        guest.late = guest.state == "ringing"
