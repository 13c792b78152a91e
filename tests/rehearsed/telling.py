"""Telling what happened: the history of a rehearsal, cut down to what a breach is about."""

import json
import re

from tests.rehearsed.rehearsal import Report

LAST = 25
"""So many of the last steps are told whatever they were about."""

_ID = re.compile(r"[0-9a-f]{24}")
_NUMBER = re.compile(r"\b[A-Z]\d{2,4}\b")
_SHOWN = (
    "state",
    "number",
    "band",
    "key",
    "agent_id",
    "session_id",
    "poc_id",
    "ticket_id",
    "name",
    "deadline",
    "until",
)
_LEFT_OUT = ("delivery", "decision", "routing_domain", "idempotency", "quote")


def story(report: Report) -> str:
    """What a rehearsal came to, and where something broke: the steps that touched what the breach names, and the last.

    Of each row it says what a reader asks first; the whole history is in the report.
    """
    head = f"seed {report.seed}: {report.branch_hours:.1f} branch-hours, {report.steps} steps, {report.digest[:16]}"
    if report.broken is None:
        return f"{head}; everything held"
    wanted = _concerned(report)
    steps = _steps(report.history)
    told = []
    for at, (step, rows) in enumerate(steps):
        about = [_short(row) for row in rows if any(name in row for name in wanted) and not row.startswith(_LEFT_OUT)]
        if about or at >= len(steps) - LAST:
            told += [step, *(f"      {row}" for row in about)]
    return "\n".join([head, *told, "", report.broken, "", f"again: pytest tests/rehearsed --dst-seed {report.seed}"])


def _concerned(report: Report) -> set[str]:
    """The ids that the breach names, and those of the tickets whose numbers it names."""
    broken = report.broken or ""
    numbers = {f'"number":"{number}"' for number in _NUMBER.findall(broken)}
    ids = set(_ID.findall(broken))
    for line in reversed(report.history):
        if line.startswith("    ticket ") and any(number in line for number in numbers):
            ids.add(line.split()[1])
    return ids or {"no such thing"}


def _steps(history: list[str]) -> list[tuple[str, list[str]]]:
    steps: list[tuple[str, list[str]]] = [("", [])]
    for line in history:
        if line.startswith("    "):
            steps[-1][1].append(line.strip())
        else:
            steps.append((line, []))
    return steps


def _short(row: str) -> str:
    kind, id, text = row.split(" ", 2)
    if text == "None":
        return f"{kind} {id} is gone"
    values = json.loads(text)
    shown = (f"{name}={values[name]}" for name in _SHOWN if values.get(name) is not None)
    return f"{kind} {id} {' '.join(shown)}"
