"""What can be rehearsed from this installation's own past: a day, and the staffing of a week."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from acd.recorded import past_of, plan_of
from acd.simulation.change import Change, changed
from acd.simulation.day import Agent
from acd.simulation.demand import WEEKS
from acd.simulation.plan import Plan
from acd.simulation.rehearsal import rehearse
from acd.simulation.report import as_json
from acd.simulation.staffing import Wanted
from acd.simulation.traffic import Recorded
from acd.simulation.week import TRIED, staffed_week, week_json
from qms.domain.errors import Invalid
from qms.services.history import history
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """A day as it was, and as it would have been."""

    plan: Plan
    changed: Plan | None
    asked: tuple[str, ...]
    count: int
    seed: int

    @property
    def days(self) -> int:
        """So many days are simulated."""
        return self.count * (2 if self.changed is not None else 1)

    def found(self, told: Callable[[], object]) -> dict[str, Any]:
        """What `turnero simulate --json` prints, and how many agents were there in each hour."""
        found = rehearse(self.plan, self.changed, count=self.count, seed=self.seed, asked=self.asked, told=told)
        agents = {"replay": found.before.agents, "if": found.after.agents if found.after else {}}
        said: dict[str, Any] = json.loads(as_json(found))
        return said | {"agents": {name: [list(pair) for pair in some.items()] for name, some in agents.items()}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """How many agents the quarters of a week need, learned from past weeks."""

    past: Mapping[date, Sequence[Recorded]]
    rosters: Mapping[date, Sequence[Agent]]
    wanted: Wanted
    wrap_up_seconds: float
    count: int
    seed: int

    @property
    def days(self) -> int:
        """So many days are simulated."""
        return len({day.weekday() for day in self.past}) * len(TRIED) * self.count

    def found(self, told: Callable[[], object]) -> dict[str, Any]:
        """What `turnero staffing --json` prints."""
        more = {"wrap_up_seconds": self.wrap_up_seconds, "count": self.count, "seed": self.seed, "told": told}
        week = staffed_week(self.past, self.rosters, self.wanted, **more)  # type: ignore[arg-type]
        return {"week": json.loads(week_json(week))}


def simulation(
    tx: Tx, *, account: str, branch: str | None, day: date, asked: Sequence[Change], count: int, seed: int
) -> Simulation:
    """A day of an account, or of one of its branches (key), with what is to be different.

    Raises:
        NotFound: no such branch. Invalid: nobody came that day, or a change is not understood.
    """
    past = history(tx, account=account, day=day, branch=branch)
    if not past.visits:
        raise Invalid("day", "a day on which somebody came")
    plan = plan_of(past, branch)
    try:
        after = changed(plan, asked)
    except ValueError as error:
        raise Invalid("change", str(error).removeprefix("expected ")) from None
    words = tuple(f"{what} {text}" for what, text in asked)
    return Simulation(plan=plan, changed=after, asked=words, count=count, seed=seed)


def staffing(
    tx: Tx, *, account: str, branch: str | None, queue: str | None, until: date, wanted: Wanted, count: int, seed: int
) -> Staffing:
    """A week like the six before a date.

    Raises:
        NotFound: no such branch. Invalid: nobody came in these weeks.
    """
    days = [until - timedelta(days=back) for back in range(7 * WEEKS, 0, -1)]
    histories = (history(tx, account=account, day=day, branch=branch) for day in days)
    past, rosters = past_of(histories, branch, queue)
    if not past:
        raise Invalid("branch", "one where somebody came in the last six weeks")
    return Staffing(past=past, rosters=rosters, wanted=wanted, wrap_up_seconds=0, count=count, seed=seed)
