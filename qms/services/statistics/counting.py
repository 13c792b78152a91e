"""What is counted of some visits, and what is said of it. The definitions are in docs/reference/statistics.md."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields

from qms.domain.tally import SECOND, SHORT, Figures, Tally, quantile, share, total


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """What is said of some visits; a share of nothing is None. `waiting` still wait, and are in no other figure."""

    figures: Figures
    waiting: int
    no_shows: int
    no_show_share: float | None
    mean_service_seconds: float | None
    p50_service_seconds: float | None
    p90_service_seconds: float | None
    overtaken: int
    overtaken_share: float | None
    transfers: int
    recalls: int

    def as_json(self) -> dict[str, float | int | None]:
        """Plain values by name; simulated days have `refused` and `occupancy` of visits, real ones have neither."""
        own = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "figures"}
        rounded = {name: round(value, 4) if isinstance(value, float) else value for name, value in own.items()}
        said = self.figures.as_json() | rounded
        return {name: value for name, value in said.items() if name not in ("refused", "occupancy")}


@dataclass(slots=True)
class Counted:
    """Some visits, counted; several can be added up. In microseconds: `services` are the times served, `left` and
    `over` how long those waited who left, and who were left over."""

    line: Tally = field(default_factory=Tally)
    services: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    over: list[int] = field(default_factory=list)
    waiting: int = 0
    no_shows: int = 0
    overtaken: int = 0
    transfers: int = 0
    recalls: int = 0

    @property
    def arrived(self) -> int:
        """All who took a number, also those who wait still."""
        return self.line.came + self.waiting

    def statistics(self) -> Statistics:
        """What it says."""
        services = sorted(self.services)
        return Statistics(
            figures=self.line.figures(),
            waiting=self.waiting,
            no_shows=self.no_shows,
            no_show_share=share(self.no_shows, self.line.came),
            mean_service_seconds=share(sum(services), len(services) * SECOND),
            p50_service_seconds=quantile(services, 0.5),
            p90_service_seconds=quantile(services, 0.9),
            overtaken=self.overtaken,
            overtaken_share=share(self.overtaken, self.arrived),
            transfers=self.transfers,
            recalls=self.recalls,
        )


@dataclass(frozen=True, slots=True)
class Visit:
    """A ticket as far as it is counted; times in microseconds, the last three None where it has not come to that."""

    state: str
    came: int
    assigned: int | None
    serving: int | None
    ended: int | None


def count(counted: Counted, visit: Visit, target: float) -> None:
    """Add a visit. Whoever was called and did not come has left, as in a simulated day; a no-show besides."""
    line, until = counted.line, visit.ended
    if visit.state in ("cancelled", "no_show"):
        waited = max(0, (until or visit.came) - visit.came)
        line.left += 1
        line.left_in_time += waited <= target
        line.short += waited <= SHORT
        counted.left.append(waited)
        counted.no_shows += visit.state == "no_show"
    elif visit.state == "expired":
        waited = max(0, (until or visit.came) - visit.came)
        line.left_over += 1
        counted.over.append(waited)
    elif visit.assigned is None:
        counted.waiting += 1
        return
    else:
        waited = max(0, visit.assigned - visit.came)
        line.waits.append(waited)
        line.in_time += waited <= target
        if visit.state == "done" and until is not None:
            counted.services.append(max(0, until - (visit.serving or visit.assigned)))
    line.came += 1
    line.waited += waited


def added(some: Iterable[Counted]) -> Counted:
    """Some countings as one."""
    parts = list(some)
    found = Counted(total(one.line for one in parts))
    for one in parts:
        for name in TIMES:
            getattr(found, name).extend(getattr(one, name))
        for name in COUNTS:
            setattr(found, name, getattr(found, name) + getattr(one, name))
    return found


TIMES = ("services", "left", "over")
COUNTS = ("waiting", "no_shows", "overtaken", "transfers", "recalls")
