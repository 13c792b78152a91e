"""Which call a panel shows, and which ones come after it: each for its time, in order, none left out.

The same rules as on the lobby's page: of the calls in a message, those above the last `seq` that was taken in are new.
What was called before the panel was switched on is not shown again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

FULL_SIZE_SECONDS = 4.0

Call = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A panel's calls: `heard` is the highest `seq` taken in (None: nothing yet), `since` when the last was shown.

    `of`: the branches whose calls are counted; where the screen shows others than before, the count is another one.
    """

    of: frozenset[str] = frozenset()
    heard: int | None = None
    waiting: tuple[Call, ...] = ()
    since: float = float("-inf")
    seconds: float = FULL_SIZE_SECONDS

    def hear(self, calls: Iterable[Call], of: Iterable[str] = ()) -> "Board":
        """Take in the calls of a message. Where the server knows fewer (a backup came back), it begins anew."""
        found, counted = sorted(calls, key=_seq), frozenset(of)
        newest = max(map(_seq, found), default=0)
        if self.heard is None or counted != self.of:
            return replace(self, heard=newest, of=counted)
        if not found:
            return self
        fresh = tuple(call for call in found if _seq(call) > self.heard)
        return replace(self, heard=newest, waiting=(*self.waiting, *fresh))

    def due(self, now: float) -> float | None:
        """Seconds until the next call may be shown; None where none waits."""
        return max(0.0, self.since + self.seconds - now) if self.waiting else None

    def next(self, now: float) -> tuple[Call, "Board"]:
        """The call that is shown now; one waits."""
        shown, *waiting = self.waiting
        return shown, replace(self, waiting=tuple(waiting), since=now)


def _seq(call: Call) -> int:
    return int(call["seq"])
