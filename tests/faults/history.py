"""What the outside was told in a campaign, and what of it does not hold."""

import itertools
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from qms.store.engines import driver_url
from qms.store.schema.work import number_counter, offer, ticket

LONGEST_ASKING = 60.0
"""Tickets are acknowledged in another order than that in which they were first asked for, but not by more."""


@dataclass
class History:
    """Tickets acknowledged, to whom they were shown as theirs, calls shown in the lobby, webhooks that arrived.

    `refused`: answers that nobody who asks properly should get. `dark`: seconds between two messages to the screen.
    `rounds`: per person, when something was asked for, or looked at, and when it had been answered.
    """

    numbers: dict[str, str] = field(default_factory=dict)
    asked_at: dict[str, float] = field(default_factory=dict)
    served_by: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    served_at: dict[str, float] = field(default_factory=dict)
    calls: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    shown_at: dict[str, float] = field(default_factory=dict)
    webhooks: Counter[str] = field(default_factory=Counter)
    answered_twice: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    most_tries: int = 0
    dark: list[float] = field(default_factory=list)
    rounds: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def acknowledged(self, key: str, id: str, number: str, asked_at: float) -> None:
        """A ticket was acknowledged, first asked for then; who asks again with the same key is told the same."""
        if id in self.numbers and self.numbers[id] != number:
            self.answered_twice.append(key)
        self.numbers[id] = number
        self.asked_at.setdefault(id, asked_at)

    def served(self, id: str, agent: str) -> None:
        """An agent sees a ticket as his."""
        self.served_by[id].add(agent)
        self.served_at.setdefault(id, time.monotonic())

    def shown(self, seq: int, number: str) -> None:
        """The lobby shows a call."""
        self.calls[seq].add(number)
        self.shown_at.setdefault(number, time.monotonic())

    @property
    def waiting(self) -> int:
        """So many were acknowledged, and nobody has seen them yet."""
        return len(self.numbers.keys() - self.served_by.keys())

    def answered(self, who: str, asked_at: float) -> None:
        """Somebody was answered what he had asked then."""
        self.rounds[who].append((asked_at, time.monotonic()))

    def calm(self, since: float) -> float | None:
        """When everybody had been answered something that was asked after that moment; None as yet."""
        firsts = []
        for rounds in self.rounds.values():
            later = [ended for _, ended in itertools.takewhile(lambda one: one[0] > since, reversed(rounds))]
            if not later:
                return None
            firsts.append(min(later))
        return max(firsts, default=None)

    def recovered(self, since: float) -> float | None:
        """When the first ticket that was asked for after that moment had been called and shown; None as yet."""
        ends = []
        for id in reversed(self.asked_at):
            if self.asked_at[id] <= since - LONGEST_ASKING:
                break
            if self.asked_at[id] <= since:
                continue
            served, shown = self.served_at.get(id), self.shown_at.get(self.numbers[id])
            if served is not None and shown is not None:
                ends.append(max(served, shown))
        return min(ends, default=None)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What does not hold, by promise: the ids or numbers concerned."""

    acknowledged: int
    lost: Sequence[str]
    served_twice: Sequence[str]
    doubled: Sequence[str]
    gaps: Sequence[str]
    never_served: Sequence[str]
    never_shown: Sequence[str]
    webhooks_missing: Sequence[str]
    webhooks_repeated: int
    contradictions: Sequence[str]

    @property
    def broken(self) -> Mapping[str, Sequence[str]]:
        """The promises that were not kept."""
        said = {name: value for name, value in vars(self).items() if isinstance(value, (list, tuple))}
        return {name: value for name, value in said.items() if value}


def judge(history: History, database_url: str, doctor: str) -> Verdict:
    """Hold what was told outside against what is stored."""
    engine = sa.create_engine(driver_url(database_url))
    with engine.connect() as connection:
        rows = {row.id: row for row in connection.execute(sa.select(ticket))}
        accepted = sa.select(offer.c.ticket_id).where(offer.c.state.in_(("accepted", "done")))
        counted = Counter(connection.execute(accepted).scalars())
        counters = connection.execute(sa.select(number_counter.c.last)).scalars().all()
    engine.dispose()
    told = history.numbers
    numbers = Counter((row.number_series, row.own_number) for row in rows.values() if row.own_number is not None)
    shown_two = [f"call {seq}: {sorted(of)}" for seq, of in history.calls.items() if len(of) > 1]
    return Verdict(
        acknowledged=len(told),
        lost=[id for id, number in told.items() if id not in rows or rows[id].number != number],
        served_twice=[
            *(id for id, agents in history.served_by.items() if len(agents) > 1),
            *(id for id, times in counted.items() if times > 1),
            *shown_two,
        ],
        doubled=[
            *(str(number) for number, times in numbers.items() if times > 1),
            *(number for number, times in Counter(told.values()).items() if times > 1),
            *history.answered_twice,
        ],
        gaps=[] if sum(counters) == len(numbers) else [f"{sum(counters)} counted, {len(numbers)} given"],
        never_served=[id for id in told if id in rows and rows[id].state != "done"],
        never_shown=[told[id] for id in history.served_by if id in told and told[id] not in history.shown_at],
        webhooks_missing=[id for id, row in rows.items() if row.state == "done" and id not in history.webhooks],
        webhooks_repeated=sum(times - 1 for times in history.webhooks.values()),
        contradictions=[line for line in doctor.splitlines() if "FAIL" in line],
    )
