"""Virtual time: what happens next is taken from a heap, and after each instant the production matcher makes a pass."""

from heapq import heappop
from random import Random

from acd.simulation.arrivals import Arrivals
from acd.simulation.day import FOR_EVER, Day
from acd.simulation.doors import Doors
from acd.simulation.house import House
from acd.simulation.outcome import Outcome, Visit
from acd.simulation.patience import Patience
from acd.simulation.service import Service
from acd.simulation.staff import Staff


def run(day: Day, *, seed: int | str = 0) -> Outcome:
    """Let a day pass. `seed` decides how long offers ring where the policy leaves that to chance, nothing else."""
    return Clockwork(day, Random(f"answers of {seed}")).run()  # noqa: S311 - chance, not secrets


class Clockwork:
    """One day, instant by instant."""

    def __init__(self, day: Day, chance: Random) -> None:
        self.house = House(day)
        doors = Doors(day, self.house.lines, self.house.kinds)
        self.arrivals = Arrivals(self.house, doors)
        self.staff = Staff(self.house, self.arrivals)
        self.service = Service(self.house, self.staff, doors, chance)
        self.patience = Patience(self.house, self.arrivals, self.staff)

    def run(self) -> Outcome:
        """From the first to the last thing that happens."""
        house, heap, visitors = self.house, self.house.heap, self.house.day.visitors
        self.staff.open()
        coming, count = 0, len(visitors)
        while coming < count or heap:
            now = visitors[coming].at if coming < count else FOR_EVER
            if heap and heap[0][0] < now:
                now = heap[0][0]
            house.now, house.at = now, house.instant(now)
            while coming < count and visitors[coming].at == now:
                self.arrivals.come(visitors[coming])
                coming += 1
            while heap and heap[0][0] == now:
                _, _, act, arguments = heappop(heap)
                act(*arguments)
            self.settle()
        return self._outcome()

    def settle(self) -> None:
        """Whoever can be served at this instant is; the others begin to wait."""
        while self.house.dirty:
            self.service.go_round()
        if self.house.newcomers:
            self.patience.settle_in()

    def _outcome(self) -> Outcome:
        house = self.house
        for guest in list(house.waiting.values()):
            house.end_waiting(guest, "left over")
        for visitor in (one for some in self.arrivals.wishes.values() for one in some):
            house.line_changes(-1)
            house.visits.append(Visit(visitor, "left over", house.now))
        self.staff.leave()
        return Outcome(
            day=house.day,
            visits=tuple(house.visits),
            work=tuple(house.work),
            duty=tuple(house.duty),
            line_area=house.area,
            waiting_at_close=self.staff.at_close,
            missed=self.service.missed,
            passes=self.service.passes,
        )
