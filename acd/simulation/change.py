"""What if: a plan with more or fewer agents, other hours, other rules, more appointments; each written as a short text.

agents        +1    -2    +1@10:00-12:00    +1@10:00-12:00:REG|NE
hours         09:00-17:30
policy        REG.wrap_up_seconds=20    *.max_wait_minutes=5    REG.credit_seconds.vip=0    REG.answer=exponential:6
              REG.capacity=3    REG.overflow=15:NE    REG.rings=0:8 60:1    REG.close_by_forecast=true
appointments  20%
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace

from acd.simulation.day import FOR_EVER, MINUTE, Agent, Policy
from acd.simulation.durations import durations
from acd.simulation.plan import Plan
from acd.simulation.rules import WORDS, routed
from acd.simulation.traffic import joined

Change = tuple[str, str]
"""What is to be different (agents, hours, policy, appointments), and how."""

_AGENTS = re.compile(r"([+-]\d+)(?:@([\d:]+-[\d:]+))?(?::(.+))?")
_NUMBERS = {field.name for field in fields(Policy)} - {"mode", "credit_seconds", "answer", "routing", "unstaffed"}


def span(text: str) -> tuple[int, int]:
    """`09:00-17:30` as microseconds; hours may pass 24:00.

    Raises:
        ValueError: it is not such a text, or ends before it begins.
    """
    found = re.fullmatch(r"(\d\d?):(\d\d)-(\d\d?):(\d\d)", text.strip())
    if found is None:
        raise ValueError(f"expected hours such as 09:00-17:30, not {text!r}")
    hour, minute, last_hour, last_minute = map(int, found.groups())
    start, end = (60 * hour + minute) * MINUTE, (60 * last_hour + last_minute) * MINUTE
    if start >= end or minute > 59 or last_minute > 59:
        raise ValueError(f"expected hours such as 09:00-17:30, not {text!r}")
    return start, end


def with_agents(plan: Plan, text: str) -> Plan:
    """More or fewer agents, all day or for some hours, of the commonest kind or for the queues named.

    A new one without hours works from the first shift's beginning to the last one's end. One less is taken of those
    with most time in these hours.

    Raises:
        ValueError: it is not such a text, names a queue that is not there, or takes more than there are.
    """
    found = _AGENTS.fullmatch(text.strip())
    if found is None:
        raise ValueError(f"expected agents such as +1 or -1@10:00-12:00, not {text!r}")
    count, hours = int(found[1]), span(found[2]) if found[2] else None
    queues = found[3].split("|") if found[3] else None
    for queue in queues or ():
        if queue not in plan.queues:
            raise ValueError(f"there is no queue {queue!r}: {', '.join(plan.queues)}")
    if count < 0:
        return replace(plan, agents=_without(plan.agents, -count, hours, queues))
    return replace(plan, agents=(*plan.agents, *_more(plan, count, hours, queues)))


def _more(plan: Plan, count: int, hours: tuple[int, int] | None, queues: list[str] | None) -> Iterable[Agent]:
    like = _commonest(plan.agents, hours)
    served = dict.fromkeys(queues, 5) if queues else (like.queues if like else dict.fromkeys(plan.queues, 5))
    if hours is None:
        shifts = [shift for agent in plan.agents for shift in agent.shifts]
        hours = (min(on for on, _ in shifts), max(off for _, off in shifts)) if shifts else (0, FOR_EVER)
    taken = {agent.key for agent in plan.agents}
    names = (name for n in range(1, count + len(taken) + 1) if (name := f"extra {n}") not in taken)
    for _, name in zip(range(count), names, strict=False):
        yield Agent(
            key=name,
            queues=served,
            shifts=(hours,),
            branches=like.branches if like else None,
        )


def _commonest(agents: Iterable[Agent], hours: tuple[int, int] | None) -> Agent | None:
    there = [agent for agent in agents if _time(agent, hours)]
    kinds = Counter((tuple(sorted(agent.queues.items())), agent.branches) for agent in there)
    if not kinds:
        return None
    most = max(kinds.values())
    return next(a for a in there if kinds[tuple(sorted(a.queues.items())), a.branches] == most)


def _without(
    agents: tuple[Agent, ...], count: int, hours: tuple[int, int] | None, queues: list[str] | None
) -> tuple[Agent, ...]:
    serving = [agent for agent in agents if _time(agent, hours) and not set(queues or ()) - agent.queues.keys()]
    if len(serving) < count:
        raise ValueError(f"there are only {len(serving)} agents to be taken away then")
    gone = {agent.key for agent in sorted(serving, key=lambda one: (-_time(one, hours), one.key))[:count]}
    found = []
    for agent in agents:
        if agent.key in gone:
            agent = replace(agent, shifts=_outside(agent.shifts, hours))
        if agent.shifts:
            found.append(agent)
    return tuple(found)


def _time(agent: Agent, hours: tuple[int, int] | None) -> int:
    start, end = hours or (0, FOR_EVER)
    return sum(max(0, min(off, end) - max(on, start)) for on, off in agent.shifts)


def _outside(shifts: Iterable[tuple[int, int]], hours: tuple[int, int] | None) -> tuple[tuple[int, int], ...]:
    if hours is None:
        return ()
    start, end = hours
    return joined(piece for on, off in shifts for piece in ((on, min(off, start)), (max(on, end), off)))


def with_hours(plan: Plan, text: str) -> Plan:
    """Other opening hours: agents who came with the doors or before come with them now, and go when they close.

    Raises:
        ValueError: it is not such a text.
    """
    opens, closes = span(text)
    first = min((on for agent in plan.agents for on, _ in agent.shifts), default=0)
    last = max((off for agent in plan.agents for _, off in agent.shifts), default=0)

    def moved(agent: Agent) -> Agent:
        shifts = (
            (opens if on <= max(first, plan.opens) else on, closes if off >= min(last, plan.closes or last) else off)
            for on, off in agent.shifts
        )
        return replace(agent, shifts=joined((max(on, opens), min(off, closes)) for on, off in shifts))

    agents = tuple(after for agent in plan.agents if (after := moved(agent)).shifts)
    return replace(plan, agents=agents, opens=opens, closes=closes)


def with_policy(plan: Plan, text: str) -> Plan:
    """Another value for one of a queue's rules; `*` is every queue.

    Raises:
        ValueError: it is not such a text, or the queue, the rule or the value is not known.
    """
    name, equals, value = text.partition("=")
    queue, dot, rule = name.strip().partition(".")
    if not (equals and dot):
        raise ValueError(f"expected a rule such as REG.wrap_up_seconds=20, not {text!r}")
    queues = plan.queues if queue == "*" else [queue]
    if not set(queues) <= set(plan.queues):
        raise ValueError(f"there is no queue {queue!r}: {', '.join(plan.queues)}")
    changed = {one: ruled(plan.policies.get(one, Policy()), rule, value.strip()) for one in queues}
    return replace(plan, policies={**plan.policies, **changed})


def ruled(policy: Policy, rule: str, value: object) -> Policy:
    """A policy with one rule changed.

    Raises:
        ValueError: the rule or the value is not known.
    """
    rule, _, kind = rule.partition(".")
    if rule == "credit_seconds":
        credits = {kind: value} if kind else value
        if not isinstance(credits, Mapping):
            raise ValueError("expected credit_seconds.CLASS=SECONDS")
        more = {str(one): _number(rule, seconds) for one, seconds in credits.items()}
        return replace(policy, credit_seconds={**policy.credit_seconds, **more})
    if rule == "answer":
        return replace(policy, answer=durations(str(value)))
    if rule == "mode" and value in ("booth", "counter"):
        return replace(policy, mode=value)
    if rule == "unstaffed" and value in ("accept", "refuse", "callback"):
        return replace(policy, unstaffed=value)
    if rule in WORDS and not kind:
        return replace(policy, routing=routed(policy.routing, rule, value))
    if rule in _NUMBERS and not kind:
        return replace(policy, **{rule: _number(rule, value)})  # type: ignore[arg-type]
    known = ", ".join(sorted({*_NUMBERS, *WORDS}))
    raise ValueError(f"expected one of {known}, credit_seconds, answer, unstaffed or mode, not {rule}={value}")


def _number(rule: str, value: object) -> float:
    try:
        number = float(str(value))
    except ValueError:
        number = -1.0
    if not 0 <= number < 1e9:
        raise ValueError(f"{rule}: expected a number that is not negative, not {value!r}")
    return number


def with_appointments(plan: Plan, text: str) -> Plan:
    """So many of those who came by themselves come by appointment instead: `20%`, or `0.2`.

    Raises:
        ValueError: it is not a share.
    """
    try:
        share = float(text.rstrip("% ")) / (100 if text.strip().endswith("%") else 1)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ValueError(f"expected a share such as 20%, not {text!r}")
    return replace(plan, appointment_share=share)


CHANGES: Mapping[str, Callable[[Plan, str], Plan]] = {
    "hours": with_hours,
    "policy": with_policy,
    "appointments": with_appointments,
    "agents": with_agents,
}
"""What may be different, in the order in which it is applied."""


def changed(plan: Plan, asked: Iterable[Change]) -> Plan | None:
    """The plan with all changes; None: there is none.

    Raises:
        ValueError: a change is no such text, or names what is not there.
    """
    after = plan
    for what, text in asked:
        after = CHANGES[what](after, text)
    return after if after is not plan else None
