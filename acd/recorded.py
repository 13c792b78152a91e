"""A recorded day as a plan for the simulation: the same people, agents and rules, by the keys of the network file."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from acd.simulation.day import Agent, Policy
from acd.simulation.durations import Observed
from acd.simulation.gaps import habits
from acd.simulation.plan import Plan
from acd.simulation.traffic import Recorded, joined
from qms.domain.hours import open_ranges
from qms.domain.network import Network, Queue
from qms.domain.routing import USUAL, Routing, routing
from qms.services import overflow
from qms.services.history import History, PastShift, PastVisit
from qms.services.opening import posted


def plan_of(history: History, branch: str | None = None, others: Iterable[History] = ()) -> Plan:
    """The plan of a day; habits are learned from it, and from other days where there are any.

    Approximations: rules and skills are those of today's network; whoever sits at a counter serves that branch only.
    """
    network = history.network
    recorded = tuple(one for visit in history.visits if (one := _recorded(history, visit)) is not None)
    more = [one for other in others for visit in other.visits if (one := _recorded(other, visit)) is not None]
    return Plan(
        name=" ".join(filter(None, (network.account.slug, branch, history.day.isoformat()))),
        agents=tuple(_agents(history)),
        policies={queue.key: _policy(network, queue, history.rings) for queue in network.queues.values()},
        habits=habits([*recorded, *more]),
        recorded=recorded,
        booths=_booths(network),
        closes=_closes(history, branch),
        midnight=history.midnight,
    )


def past_of(
    histories: Iterable[History], branch: str | None = None, queue: str | None = None
) -> tuple[dict[date, Sequence[Recorded]], dict[date, Sequence[Agent]]]:
    """Who came on each of some days (for one queue, by key, or any), and who was there to serve."""
    plans = {one.day: plan_of(one, branch) for one in histories if one.visits}
    past = {day: [one for one in plan.recorded if queue in (None, one.queue)] for day, plan in plans.items()}
    return {day: some for day, some in past.items() if some}, {day: plan.agents for day, plan in plans.items()}


def _recorded(history: History, visit: PastVisit) -> Recorded | None:
    """A visit as a record; None where its queue is no more."""
    queue = history.network.queues.get(visit.queue_id)
    branch = history.network.branches.get(visit.branch_id or "")
    if queue is None or visit.ended_at is None or (visit.branch_id and branch is None):
        return None
    served = visit.state == "done" and visit.assigned_at is not None
    until = visit.assigned_at if served and visit.assigned_at is not None else visit.ended_at
    agent = history.network.agents.get(visit.agent_id or "")
    preferred = history.network.agents.get(visit.preferred_id or "")
    waited = _microseconds(until - visit.enqueued_at)
    left = visit.state in ("cancelled", "no_show")
    return Recorded(
        day=history.day.isoformat(),
        at=_microseconds(visit.enqueued_at - history.midnight),
        queue=queue.key,
        kind=visit.ticket_class or "",
        handling=_microseconds(visit.ended_at - until) if served else None,
        patience=waited if left else None,
        wait=waited,
        served=served,
        agent=agent.key if agent else "",
        branch=branch.key if branch else None,
        slot=_microseconds(visit.slot - history.midnight) if visit.slot else None,
        prefers=preferred.key if preferred else "",
    )


def _agents(history: History) -> Iterable[Agent]:
    network = history.network
    shifts: dict[tuple[str, str | None], list[PastShift]] = {}
    for shift in history.shifts:
        shifts.setdefault((shift.agent_id, shift.branch_id), []).append(shift)
    for (id, branch_id), some in sorted(shifts.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        agent, branch = network.agents.get(id), network.branches.get(branch_id or "")
        if agent is None:
            continue
        queues = {network.queues[queue].key: level for queue, level in agent.queues.items() if queue in network.queues}
        seated = branch is not None and any(
            network.queues[q].mode == "counter" for q in agent.queues if q in network.queues
        )
        times = joined(
            (max(0, _microseconds(one.start - history.midnight)), _microseconds(one.end - history.midnight))
            for one in some
        )
        if queues and times:
            yield Agent(
                key=agent.key if branch is None else f"{agent.key}@{branch.key}",
                queues=queues,
                shifts=times,
                branches=frozenset({branch.key}) if seated and branch is not None else None,
                capacity=agent.capacity,
            )


def _policy(network: Network, queue: Queue, rings: Iterable[float]) -> Policy:
    rang = tuple(sorted(rings))
    booked = next((service.rules for service in network.services.values() if service.queue_id == queue.id), {})
    return Policy(
        target_seconds=60 * queue.target_minutes,
        mode=queue.mode,
        ring_seconds=queue.ring_seconds,
        wrap_up_seconds=queue.wrap_up_seconds,
        decline_cooldown_seconds=queue.decline_cooldown_seconds,
        max_wait_minutes=queue.max_wait_minutes,
        credit_seconds=dict(queue.credit_seconds),
        unstaffed=queue.unstaffed,
        routing=_routing(network, queue),
        answer=Observed(rang) if rang and queue.mode == "booth" else None,
        early_minutes=float(booked.get("early_minutes", 15)),
        grace_minutes=float(booked.get("grace_minutes", 10)),
        credit_minutes=float(booked.get("credit_minutes", 15)),
    )


def _routing(network: Network, queue: Queue) -> Routing:
    """The queue's policies, those that they name by key; a queue or a branch that is no more is nowhere to go on to."""
    found = routing(network, queue)
    over = found.overflow
    if over is not None:
        line = overflow.target(network, (queue, next(iter(queue.branch_ids), None)), over)
        branch = network.branches[line[1]].key if line is not None and line[1] and over.branch else None
        going = line and replace(over, queue=line[0].key if over.queue else None, branch=branch)
        found = replace(found, overflow=going or None)
    return USUAL if found == USUAL else found


def _booths(network: Network) -> dict[str, tuple[str, ...]]:
    booths = {
        network.branches[branch].key: tuple(poc.key for poc in pocs if poc.kind == "booth")
        for branch, pocs in network.pocs_by_branch.items()
        if branch in network.branches
    }
    return {branch: some for branch, some in booths.items() if some}


def _closes(history: History, branch: str | None) -> int | None:
    """When the branch closed for the day; None: it does not, or several branches do at times of their own."""
    if branch is None:
        return None
    place = history.network.branches.find(branch)
    if place.hours is None:
        return None
    hours, closures, where = posted(history.network, place, history.midnight)
    open_then = open_ranges(hours, closures, where, history.midnight, history.midnight + timedelta(days=1))
    return _microseconds(open_then[-1][1] - history.midnight) if open_then else None


def _microseconds(span: timedelta) -> int:
    return span // timedelta(microseconds=1)
