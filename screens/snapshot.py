"""What a lobby screen is told: the whole of it in one message, made from values.

`{seq, now, branch, calls, waiting, queues, screen}`. `seq` never falls, whichever process answers; messages with the
same `seq` differ in `now`, and perhaps in a forecast or in an order. `calls` come newest first. What is announced is
decided by the screen: every call with a `seq` above the last one it announced, the lowest first.
"""

from collections.abc import Callable, Mapping, Sequence
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
    """A number that was called to a POC, for the `recall`th time after the first; `poc` is the POC's label.

    `language` is the ticket's own, None where nobody knows it.
    """

    seq: int
    number: str
    poc: str | None
    queue_id: str
    called_at: datetime
    recall: int
    language: str | None = None


Say = Callable[[str, str, str | None], Clip | None]
"""Makes the clip that says a number called to a place in a language; None where nobody speaks it."""


def silence(language: str, number: str, place: str | None) -> Clip | None:
    """Nobody speaks."""
    return None


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
    open: bool = True
    opens_at: datetime | None = None
    messages: Sequence[str] = ()
    """What supervisors have the ticker say, before what the screens' own settings say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What one screen shows of a branch, and what it says aloud; `queues` None: all of them.

    `languages` are the screen's: a call is said in the ticket's own language, then in the first of these.
    """

    queues: frozenset[str] | None = None
    show_waiting: bool = True
    show_waits: bool = True
    voice: bool = True
    languages: tuple[str, ...] = ()
    pronounce: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, settings: Mapping[str, Any], languages: Sequence[str] = ()) -> "Selection":
        """What a screen's settings ask for."""
        queues = settings.get("queues")
        return cls(
            queues=frozenset(queues) if queues else None,
            show_waiting=bool(settings.get("show_waiting", True)),
            show_waits=bool(settings.get("show_waits", True)),
            voice=bool(settings.get("audio", True)) and bool(settings.get("voice", True)),
            languages=tuple(languages),
            pronounce=tuple(sorted(settings.get("pronounce", {}).items())),
        )

    def takes(self, queue_id: str) -> bool:
        """Whether the screen shows a queue."""
        return self.queues is None or queue_id in self.queues

    def said(self, call: Call, say: Say) -> list[Clip]:
        """A call aloud: in the ticket's language, then in the screen's first one."""
        if not self.voice:
            return []
        place = dict(self.pronounce).get(call.poc, call.poc) if call.poc is not None else None
        tags = [tag for tag in (call.language, *self.languages[:1]) if tag]
        found = [clip for tag in tags if (clip := say(tag, call.number, place)) is not None]
        return list({clip.language: clip for clip in found}.values())

    def tested(self, say: Say) -> list[Clip]:
        """What is said to try the voice: no number at all."""
        tried = [say(tag, "", None) for tag in self.languages[:1]] if self.voice else []
        return [clip for clip in tried if clip is not None]


def snapshot(
    lobby: Lobby, selection: Selection, screen: Mapping[str, Any] | None = None, say: Say = silence
) -> dict[str, Any]:
    """The message of a screen, but for `seq` and `now`; `screen` is how it is set up, and what it is told to do."""
    takes, name = selection.takes, lobby.queue_names
    waiting = lobby.waiting if selection.show_waiting else ()
    return {
        "branch": place_json(lobby.branch),
        "calls": [_call(call, name, selection.said(call, say)) for call in lobby.calls if takes(call.queue_id)],
        "waiting": [{"number": w.number, "queue": name.get(w.queue_id, "")} for w in waiting if takes(w.queue_id)],
        "queues": [_line(line, selection.show_waits) for line in lobby.queues if takes(line.id)],
        "screen": {
            "open": lobby.open,
            "opens_at": lobby.opens_at,
            **(screen or {}),
            "ticker": [*lobby.messages, *(screen or {}).get("ticker", ())],
            "test": _clips(selection.tested(say)),
        },
    }


def place_json(place: Place) -> dict[str, Any]:
    """A branch as devices are told of it."""
    named = {"id": place.id, "key": place.key, "name": place.name, "label": place.label}
    return {**named, "timezone": place.timezone}


def wait_json(wait: Wait | None) -> dict[str, int] | None:
    """A wait as devices are told of it."""
    return None if wait is None else {"p50": wait[0], "p90": wait[1]}


def _call(call: Call, queue_names: Mapping[str, str], said: Sequence[Clip]) -> dict[str, Any]:
    return {
        "seq": call.seq,
        "number": call.number,
        "poc": call.poc,
        "queue": queue_names.get(call.queue_id, ""),
        "called_at": call.called_at,
        "recall": call.recall,
        "say": _clips(said),
    }


def _clips(clips: Sequence[Clip]) -> list[dict[str, str]]:
    return [{"language": clip.language, "url": clip.url} for clip in clips]


def _line(line: Line, show_wait: bool) -> dict[str, Any]:
    return {"name": line.name, "waiting": line.waiting, "wait_minutes": wait_json(line.wait) if show_wait else None}
