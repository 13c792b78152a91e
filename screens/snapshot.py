"""What a lobby screen is told: the whole of it in one message, made from values.

`{seq, now, branch, calls, waiting, queues}`. `seq` never falls, whichever process answers; messages with the same `seq`
differ in `now`, and perhaps in a forecast. `calls` come newest first. What is announced is decided by the screen: every
call with a `seq` above the last one it announced, the lowest first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

Wait = tuple[int, int]
"""Minutes that half, and nine tenths, of those who join now wait at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The branch."""

    id: str
    key: str
    name: str
    label: str
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """What a screen plays to say a call in a language."""

    language: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A number that was called to a POC, for the `recall`th time after the first; `poc` is the POC's label."""

    seq: int
    number: str
    poc: str | None
    queue_id: str
    called_at: datetime
    recall: int
    say: tuple[Clip, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InLine:
    """Somebody who waits to be called."""

    number: str
    queue_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A queue of the branch: how many wait, and how long whoever joins now will."""

    id: str
    name: str
    waiting: int
    wait: Wait | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lobby:
    """A branch as its screens may show it; a queue that `queue_names` does not know any more has no name."""

    seq: int
    branch: Place
    calls: Sequence[Call]
    waiting: Sequence[InLine]
    queues: Sequence[Line]
    queue_names: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What one screen shows of a branch; `queues` None: all of them."""

    queues: frozenset[str] | None = None
    show_waiting: bool = True
    show_waits: bool = True

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Selection":
        """What a screen's settings ask for."""
        queues = settings.get("queues")
        return cls(
            queues=frozenset(queues) if queues else None,
            show_waiting=bool(settings.get("show_waiting", True)),
            show_waits=bool(settings.get("show_waits", True)),
        )

    def takes(self, queue_id: str) -> bool:
        """Whether the screen shows a queue."""
        return self.queues is None or queue_id in self.queues


def snapshot(lobby: Lobby, selection: Selection) -> dict[str, Any]:
    """The message of a screen, but for `seq` and `now`."""
    takes, name = selection.takes, lobby.queue_names
    waiting = lobby.waiting if selection.show_waiting else ()
    return {
        "branch": place_json(lobby.branch),
        "calls": [_call(call, name) for call in lobby.calls if takes(call.queue_id)],
        "waiting": [{"number": w.number, "queue": name.get(w.queue_id, "")} for w in waiting if takes(w.queue_id)],
        "queues": [_line(line, selection.show_waits) for line in lobby.queues if takes(line.id)],
    }


def place_json(place: Place) -> dict[str, Any]:
    """A branch as devices are told of it."""
    named = {"id": place.id, "key": place.key, "name": place.name, "label": place.label}
    return {**named, "timezone": place.timezone}


def wait_json(wait: Wait | None) -> dict[str, int] | None:
    """A wait as devices are told of it."""
    return None if wait is None else {"p50": wait[0], "p90": wait[1]}


def _call(call: Call, queue_names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "seq": call.seq,
        "number": call.number,
        "poc": call.poc,
        "queue": queue_names.get(call.queue_id, ""),
        "called_at": call.called_at,
        "recall": call.recall,
        "say": [{"language": clip.language, "url": clip.url} for clip in call.say],
    }


def _line(line: Line, show_wait: bool) -> dict[str, Any]:
    return {"name": line.name, "waiting": line.waiting, "wait_minutes": wait_json(line.wait) if show_wait else None}
