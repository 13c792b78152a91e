"""The policies of a queue in a day file and on the command line: the network file's words, values also as short texts.

rings     "0:8 60:5 120:1"         after so many seconds, at least this level
overflow  "15:advice@north"        after so many minutes, to a queue, to a branch, or to both
emergency "urgent accident"        classes
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from qms.domain.routing import USUAL, Overflow, Routing

NUMBERS = ("weight", "mix", "max_waiting", "capacity")
WORDS = (*NUMBERS, "hold_seconds", "close_by_forecast", "fill", "rings", "overflow", "emergency")


def routed(routing: Routing, rule: str, value: Any) -> Routing:
    """The policies with one of them changed.

    Raises:
        ValueError: the value is not of the form expected.
    """
    try:
        return replace(routing, **_change(rule, value))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ValueError(f"{rule}: {value!r} is not of the form told in docs/reference/simulation.md") from None


def _change(rule: str, value: Any) -> dict[str, Any]:
    if rule in NUMBERS:
        return {rule: _whole(value, least=1 if rule == "capacity" else 0)}
    if rule == "hold_seconds":
        return {"hold": timedelta(seconds=_whole(value))}
    if rule == "close_by_forecast":
        return {rule: {"true": True, "false": False}[str(value).lower()]}
    if rule == "fill":
        return {rule: {"spread": "spread", "pack": "pack"}[value]}
    if rule == "emergency":
        return {rule: frozenset(value.split() if isinstance(value, str) else value)}
    return {rule: _rings(value) if rule == "rings" else _overflow(value)}


def _whole(value: Any, least: int = 0) -> int:
    number = int(str(value))
    if number < least:
        raise ValueError(value)
    return number


def _rings(value: str | Sequence[Mapping[str, Any]]) -> tuple[tuple[float, int], ...]:
    if isinstance(value, str):
        pairs = (ring.split(":") for ring in value.split())
        return tuple((float(after), int(level)) for after, level in pairs)
    return tuple((float(ring.get("after_seconds", 0)), int(ring["level"])) for ring in value)


def _overflow(value: str | Mapping[str, Any]) -> Overflow | None:
    if not value:
        return None
    if isinstance(value, str):
        minutes, _, to = value.partition(":")
        queue, _, branch = to.partition("@")
        value = {"after_minutes": float(minutes), "queue": queue or None, "branch": branch or None}
    over = Overflow(
        after=timedelta(minutes=float(value.get("after_minutes", 15))),
        queue=value.get("queue"),
        branch=value.get("branch"),
    )
    if not (over.queue or over.branch):
        raise ValueError(value)
    return over


def refuse_circles(routings: Mapping[str, Routing]) -> None:
    """Nobody may come back to a line that he has left: he would go on and on.

    Raises:
        ValueError: overflows send him there.
    """
    for start in routings:
        line: tuple[str, str | None] = (start, None)
        passed = {line}
        while (over := routings.get(line[0], USUAL).overflow) is not None:
            on = (over.queue or line[0], over.branch or line[1])
            if on == line:
                break
            if on in passed:
                raise ValueError(f"overflow: whoever goes on from {start} comes back, and goes round in circles")
            passed.add(on)
            line = on
