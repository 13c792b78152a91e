"""Small worlds for the matcher, and what a plain search through all possibilities says about them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import strategies as st

from acd.engine import Available, Waiting, rank
from acd.engine.invariants import may_take

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
QUEUES = ("cards", "loans")
BRANCHES = ("north", "south")


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def a_ticket(id: str, **changes) -> Waiting:
    """A visitor on site in the north who came a minute ago, for cards."""
    facts = {
        "queue": "cards",
        "branch": "north",
        "band": 2,
        "key": NOW - seconds(60),
        "seq": 1,
        "eligible_from": NOW - seconds(60),
        "needs_poc": True,
    }
    return Waiting(id=id, **{**facts, **changes})


def an_agent(agent: str, **changes) -> Available:
    """An agent of everything everywhere, idle for a minute, with a session of the same name."""
    facts = {"queues": dict.fromkeys(QUEUES, 5), "idle_since": NOW - seconds(60), "session": f"s-{agent}"}
    return Available(agent=agent, **{**facts, **changes})


@dataclass(frozen=True)
class World:
    waiting: list[Waiting]
    available: list[Available]
    free_pocs: dict[str, list[str]]

    def by_urgency(self) -> list[Waiting]:
        """Those whose time has come, then the others."""
        return sorted(self.waiting, key=lambda one: (one.early(NOW), rank(one)))


NAMES = ("ana", "ben", "cem", "dia")
PAST, FUTURE = NOW - seconds(5), NOW + seconds(5)
PREFERENCES = ((None, None), (None, None), *((name, until) for name in NAMES for until in (None, PAST, FUTURE)))
COOLDOWNS = ({}, {}, *({name: until} for name in NAMES for until in (PAST, FUTURE)), {"ana": FUTURE, "ben": FUTURE})
RINGS = ((), (), ((0, 3),), ((0, 9), (30, 3)), ((0, 9), (90, 3)))
SKILLS = (
    *({queue: level} for queue in QUEUES for level in (2, 5, 9)),
    *({"cards": cards, "loans": loans} for cards in (2, 9) for loans in (2, 9)),
)
NORTH, SOUTH = frozenset({"north"}), frozenset({"south"})


def _ticket(id: str, seq: int, *, remote: bool, early: bool) -> st.SearchStrategy[Waiting]:
    return st.builds(
        lambda queue, branch, band, back, since, needs_poc, preference, rings, cooldowns: Waiting(
            id=id,
            queue=queue,
            branch=branch,
            band=band,
            key=NOW - seconds(60 * back),
            seq=seq,
            eligible_from=NOW - seconds(since),
            needs_poc=needs_poc,
            preferred_agent=preference[0],
            preferred_until=preference[1],
            level_rings=rings,
            cooldowns=cooldowns,
        ),
        st.sampled_from(QUEUES),
        st.sampled_from(BRANCHES),
        st.sampled_from((2, 2, 2, 1)),
        st.sampled_from((1, 2, 3, 4)),
        st.sampled_from((60, 60, 60, -60) if early else (60,)),
        st.sampled_from((True, True, False) if remote else (True,)),
        st.sampled_from(PREFERENCES),
        st.sampled_from(RINGS),
        st.sampled_from(COOLDOWNS),
    )


def _agent(name: str, *, counters: bool, lanes: int) -> st.SearchStrategy[Available]:
    places: list[tuple[str | None, frozenset[str] | None]]
    places = [(None, None), (None, NORTH | SOUTH), (None, NORTH), (None, SOUTH)]
    if counters:
        places += [(f"counter-{name}", NORTH), (f"counter-{name}", SOUTH)] * 2
    return st.builds(
        lambda skills, back, lanes, place: Available(
            session=f"s-{name}",
            agent=name,
            queues=skills,
            idle_since=NOW - seconds(back),
            free_lanes=lanes,
            poc=place[0],
            branches=place[1],
        ),
        st.sampled_from(SKILLS),
        st.sampled_from((0, 1, 2)),
        st.sampled_from((1, 1, lanes, 0)),
        st.sampled_from(places),
    )


@st.composite
def worlds(
    draw: st.DrawFn,
    *,
    remote: bool = True,
    counters: bool = True,
    early: bool = True,
    lanes: int = 2,
    pocs: tuple[int, int] = (0, 2),
) -> World:
    """Up to six tickets and four agents, POCs scarce unless asked otherwise."""
    tickets = [draw(_ticket(f"t{at}", at, remote=remote, early=early)) for at in range(draw(st.integers(1, 6)))]
    agents = [draw(_agent(name, counters=counters, lanes=lanes)) for name in NAMES[: draw(st.integers(1, 4))]]
    free = {branch: [f"{branch}-{at}" for at in range(draw(st.integers(*pocs)))] for branch in BRANCHES}
    return World(sorted(tickets, key=rank), agents, free)


def possible(tickets: Sequence[Waiting], world: World) -> bool:
    """Whether all these tickets can be served at once, found by trying everything."""
    sessions = {one.session: one for one in world.available}
    lanes = {name: one.free_lanes if one.poc is None else min(1, one.free_lanes) for name, one in sessions.items()}
    pocs = {branch: len(some) for branch, some in world.free_pocs.items()}
    return _try(list(tickets), sessions, Counter(lanes), Counter(pocs))


def _try(tickets: list[Waiting], sessions: Mapping[str, Available], lanes: Counter[str], pocs: Counter[str]) -> bool:
    if not tickets:
        return True
    first, *others = tickets
    for name, session in sessions.items():
        poc = [first.branch or ""] if first.needs_poc and session.poc is None else []
        if lanes[name] > 0 and all(pocs[branch] > 0 for branch in poc) and may_take(first, session, NOW):
            lanes[name] -= 1
            pocs.subtract(poc)
            found = _try(others, sessions, lanes, pocs)
            lanes[name] += 1
            pocs.update(poc)
            if found:
                return True
    return False


def most_urgent_set(world: World) -> set[str]:
    """The first ticket if it can be served at all, the next if beside the first, and so on."""
    served: list[Waiting] = []
    for ticket in world.by_urgency():
        if possible([*served, ticket], world):
            served.append(ticket)
    return {ticket.id for ticket in served}


def most_at_once(world: World) -> int:
    """How many can be served at once, whoever they are."""
    return max(len(some) for some in _subsets(world.waiting) if possible(some, world))


def _subsets(tickets: Sequence[Waiting]) -> Iterator[Sequence[Waiting]]:
    for count in range(len(tickets) + 1):
        yield from combinations(tickets, count)
