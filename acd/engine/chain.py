"""Chains of moves: who would have to go where, so that one ticket more finds a seat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from acd.engine.roster import Seat
from acd.engine.values import Waiting

Move = tuple[Waiting, Seat]
Thing = TypeVar("Thing")


@dataclass(slots=True, eq=False)
class Balance:
    """What the moves of a chain come to: the lanes and POCs that they take, less those that they leave.

    It is kept along the way, so that whether a chain can end at a seat is a look, however long the chain is; and what
    follows from it is worked out once, as most chains differ in the people only.
    """

    pocs_left: Mapping[str, int]
    lanes: Mapping[Seat, int] = field(default_factory=dict)
    pocs: Mapping[str, int] = field(default_factory=dict)
    sound: bool = field(init=False)
    known: dict[tuple[str | None, str | None], Balance] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.sound = all(len(seat.tickets) + more <= seat.lanes for seat, more in self.lanes.items()) and all(
            more <= self.pocs_left[branch] for branch, more in self.pocs.items()
        )

    def after(self, taken: str | None, left: str | None) -> Balance:
        """Once a POC of one branch is taken besides, and one of another left."""
        if taken == left:
            return self
        found = self.known.get((taken, left))
        if found is None:
            found = self.known[taken, left] = Balance(self.pocs_left, self.lanes, _changed(self.pocs, taken, left))
        return found

    def across(self, to: Seat, leaving: Seat) -> Balance:
        """Once a lane of one seat is taken besides, and one of another left."""
        return self if to is leaving else Balance(self.pocs_left, _changed(self.lanes, to, leaving), self.pocs)

    def allows(self, seat: Seat, branch: str | None) -> bool:
        """Whether one lane more there, and a POC of the branch, leave nobody without his."""
        if not self.sound or len(seat.tickets) + self.lanes.get(seat, 0) >= seat.lanes:
            return False
        return branch is None or self.pocs.get(branch, 0) < self.pocs_left[branch]


@dataclass(slots=True, eq=False)
class Mover:
    """A ticket that looks for a seat, once those before it in the chain have moved and it has left its own."""

    ticket: Waiting
    balance: Balance
    before: tuple[Mover, Seat] | None = None

    def then(self, ticket: Waiting, leaving: Seat, to: Seat) -> Mover:
        """The next one, who leaves a seat so that this one can have his."""
        balance = self.balance.across(to, leaving).after(poc_of(self.ticket, to), poc_of(ticket, leaving))
        return Mover(ticket, balance, (self, to))

    def fits(self, seat: Seat) -> bool:
        """Whether all moves together, the last one to this seat, leave nobody without a lane or a POC."""
        return self.balance.allows(seat, poc_of(self.ticket, seat))

    def chain(self, seat: Seat) -> list[Move]:
        """All moves, from the last one, to this seat, back to the ticket that asked."""
        moves = [(self.ticket, seat)]
        before = self.before
        while before is not None:
            mover, to = before
            moves.append((mover.ticket, to))
            before = mover.before
        return moves


def poc_of(ticket: Waiting, seat: Seat) -> str | None:
    """The branch that gives a POC for this pair; none for a remote visitor, and a counter brings its own."""
    return ticket.branch if ticket.needs_poc and seat.counter is None else None


def _changed(before: Mapping[Thing, int], more: Thing | None, less: Thing | None) -> dict[Thing, int]:
    found = dict(before)
    if more is not None:
        found[more] = found.get(more, 0) + 1
    if less is not None:
        found[less] = found.get(less, 0) - 1
    return found
