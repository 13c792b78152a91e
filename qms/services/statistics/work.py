"""An agent's work of a day, or of several added up: whom he served in which queue, and how long that took."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field
from typing import Any

from qms.store.reports import Chosen

Line = tuple[str, str]
"""A branch, empty where somebody waits from afar, and a queue."""


@dataclass(slots=True)
class Stays:
    """Of the offers of one queue at one branch; `service` is the time of `services` that are over, in microseconds."""

    served: int = 0
    declined: int = 0
    missed: int = 0
    services: int = 0
    service: int = 0


@dataclass(slots=True)
class Work:
    """Times in microseconds; `busy` is the part of serving and wrap-up that lies in the time on duty."""

    lines: dict[Line, Stays] = field(default_factory=lambda: defaultdict(Stays))
    serving: int = 0
    wrap_up: int = 0
    on_duty: int = 0
    busy: int = 0

    def add(self, other: "Work") -> None:
        """Add another day's."""
        for line, stays in other.lines.items():
            _add(self.lines[line], stays, Stays.__dataclass_fields__)
        _add(self, other, _TIMES)

    def stays(self, chosen: Chosen) -> Stays:
        """Of all lines, or of a branch or a queue alone."""
        found = Stays()
        for (branch, queue), one in self.lines.items():
            if chosen.branch in (None, branch) and chosen.queue in (None, queue):
                _add(found, one, Stays.__dataclass_fields__)
        return found

    def figures(self) -> dict[str, Any]:
        """What to keep of it."""
        lines = [[*line, *astuple(stays)] for line, stays in self.lines.items()]
        return {"lines": lines, **{name: getattr(self, name) for name in _TIMES}}


_TIMES = ("serving", "wrap_up", "on_duty", "busy")


def remembered(kept: Mapping[str, Any]) -> Work:
    """The same again; what was kept before lines were called so says `lanes`."""
    found = Work(**{name: kept[name] for name in _TIMES})
    for branch, queue, *stays in kept.get("lines") or kept.get("lanes", ()):
        found.lines[branch, queue] = Stays(*stays)
    return found


def _add(to: object, other: object, names: Iterable[str]) -> None:
    for name in names:
        setattr(to, name, getattr(to, name) + getattr(other, name))
