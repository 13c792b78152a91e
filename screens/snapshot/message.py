"""The message, as JSON takes it."""

from collections.abc import Mapping, Sequence
from typing import Any

from screens.snapshot.selection import Selection
from screens.snapshot.values import Call, Clip, InLine, Line, Lobby, Place, Say, Wait, silence


def snapshot(
    lobby: Lobby,
    selection: Selection,
    screen: Mapping[str, Any] | None = None,
    say: Say = silence,
    *,
    made: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The message of a screen, but for `seq` and `now`; `screen` is how it is set up, and what it is told to do.

    `made`: what is `selected` of the lobby, where that is known already.
    """
    return {
        **(made if made is not None else selected(lobby, selection, say)),
        "screen": {
            "open": lobby.open,
            "opens_at": lobby.opens_at,
            **(screen or {}),
            "ticker": [*lobby.messages, *(screen or {}).get("ticker", ())],
            "test": _clips(selection.tested(say)),
        },
    }


def selected(lobby: Lobby, selection: Selection, say: Say) -> dict[str, Any]:
    """What is the same on all screens that show the same of a lobby and say it in the same languages."""
    takes, name = selection.takes, lobby.queue_names
    waiting = lobby.waiting if selection.show_waiting else ()
    shown = [(call, selection.said(call, say, lobby.own_texts)) for call in lobby.calls if takes(call.queue_id)]
    return {
        "branch": place_json(lobby.branch),
        **({"branches": [place_json(branch) for branch in lobby.branches]} if lobby.branches else {}),
        "calls": [_call(call, name, said) for call, said in shown],
        "waiting": [_in_line(one, name) for one in waiting if takes(one.queue_id)],
        "queues": [_line(line, selection.show_waits) for line in lobby.queues if takes(line.id)],
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
        **_branch(call.branch),
    }


def _in_line(one: InLine, queue_names: Mapping[str, str]) -> dict[str, Any]:
    return {"number": one.number, "queue": queue_names.get(one.queue_id, ""), **_branch(one.branch)}


def _branch(label: str | None) -> dict[str, str]:
    return {} if label is None else {"branch": label}


def _clips(clips: Sequence[Clip]) -> list[dict[str, str]]:
    return [{"language": clip.language, "url": clip.url} for clip in clips]


def _line(line: Line, show_wait: bool) -> dict[str, Any]:
    wait = wait_json(line.wait) if show_wait else None
    return {"name": line.name, "waiting": line.waiting, "wait_minutes": wait, **_branch(line.branch)}
