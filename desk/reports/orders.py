"""What is to be rehearsed, as programs and forms ask for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta, Struct, field

from desk.reports import asked as asking
from qms.domain.network import Agent
from qms.services import rehearsals
from qms.services.rehearsals import Rehearsal
from qms.store.tx import Tx

if TYPE_CHECKING:
    from acd.rehearsal_jobs import Simulation, Staffing
    from acd.simulation.change import Change

Text = Annotated[str, Meta(max_length=200)]
Rollouts = Annotated[int, Meta(ge=1, le=500)]
Share = Annotated[float, Meta(ge=0, le=0.999)]


class Order(Struct, kw_only=True, forbid_unknown_fields=True):
    """A rehearsal that is asked for. Of a simulation: the day, and what is to be different, written as for
    `turnero simulate`. Of a staffing: before which day the six weeks lie from which it learns, and what is wanted.
    """

    kind: Literal["simulation", "staffing"]
    branch: Text | None = None
    day: date | None = None
    agents: list[Text] = field(default_factory=list)
    hours: Text = ""
    policy: list[Text] = field(default_factory=list)
    appointments: Text = ""
    queue: Text | None = None
    target_seconds: Annotated[float, Meta(ge=0, le=86_400)] = 600
    level: Share = 0.8
    shrinkage: Annotated[float, Meta(ge=0, le=0.9)] = 0
    rollouts: Rollouts = 50
    seed: Annotated[int, Meta(ge=0, le=2**53)] = 1

    @property
    def changes(self) -> list[Change]:
        """What is to be different."""
        some = [("hours", self.hours), *(("policy", text) for text in self.policy), ("appointments", self.appointments)]
        return [(what, text) for what, text in (*some, *(("agents", text) for text in self.agents)) if text]


def prepared(tx: Tx, *, agent: Agent, order: Order) -> tuple[Simulation | Staffing, dict[str, Any]]:
    """What is to be simulated, and what is remembered of having been asked.

    Raises:
        Forbidden: he may not see that branch. NotFound: no such branch. Invalid: there is nothing to learn from.
    """
    from acd.rehearsal_jobs import simulation, staffing  # a server starts without them, and few ever need them
    from acd.simulation.staffing import Wanted

    seen = asking.read(tx, agent=agent, query={"branch": order.branch, "queue": order.queue})
    common: dict[str, Any] = {
        "account": agent.account_id,
        "branch": seen.branch,
        "count": order.rollouts,
        "seed": order.seed,
    }
    job: Simulation | Staffing
    if order.kind == "simulation":
        day = order.day or seen.today
        job = simulation(tx, day=day, asked=order.changes, **common)
        return job, {"branch": seen.branch, "day": day.isoformat(), "changes": list(job.asked), "days": order.rollouts}
    wanted = Wanted(
        handling_seconds=0,
        patience_seconds=0,
        target_seconds=order.target_seconds,
        level=order.level,
        shrinkage=order.shrinkage,
    )
    until = order.day or seen.today
    job = staffing(tx, queue=seen.queue, until=until, wanted=wanted, **common)
    kept = {"target_seconds": order.target_seconds, "level": order.level, "shrinkage": order.shrinkage}
    return job, {"branch": seen.branch, "queue": seen.queue, "day": until.isoformat(), **kept}


def begun(tx: Tx, *, agent: Agent, order: Order, asked: dict[str, Any], days: int) -> Rehearsal:
    """Write down that it begins."""
    return rehearsals.begin(
        tx, account=agent.account_id, agent=agent.id, kind=order.kind, asked=asked, days=max(1, days)
    )
