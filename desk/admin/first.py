"""The first network, out of the few things that the setup page asks for."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from desk.admin.answers import Answers, said
from desk.admin.editing import Said
from qms.domain.complaint import Complaint, complaint
from qms.domain.network_file.checks import described
from qms.domain.network_file.problems import Problem
from qms.domain.network_file.writer import Document
from qms.domain.passwords import SHORTEST

MOST_COUNTERS = 50
_ODD = re.compile(r"[^a-z0-9]+")
_PLACES = (
    ("account.slug", "slug"),
    ("account.name", "account"),
    ("account.timezone", "timezone"),
    ("account.languages", "languages"),
    ("branch[0].hours.sat", "saturday"),
    ("branch[0].hours", "week"),
    ("branch[0]", "branch"),
    ("queue", "queues"),
    ("agent[0].firstname", "firstname"),
    ("agent[0].lastname", "lastname"),
    ("agent[0].email", "email"),
    ("agent[0]", "password"),
)
"""Where in the file → which input."""


def slugged(text: str, instead: str, taken: Sequence[str] = ()) -> str:
    """A short name for a longer one, of small letters and digits, that none of the others has."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = _ODD.sub("-", plain).strip("-")[:40].strip("-") or instead
    return next(one for n in range(1, len(taken) + 2) if (one := slug if n == 1 else f"{slug}-{n}") not in taken)


def network_of(answers: Answers, counter: str) -> Document:
    """The network that was asked for; `counter` is what a counter is called, with `%(number)s`."""
    name, branch = said(answers, "account").strip(), said(answers, "branch").strip()
    here = slugged(branch, "main")
    queues = _queues(said(answers, "queues"), here)
    hours = _hours(answers)
    pocs = [
        {"key": str(n), "label": counter % {"number": n}, "kind": "counter"}
        for n in range(1, (counters(answers) or 0) + 1)
    ]
    return {
        "account": {
            "slug": said(answers, "slug").strip() or slugged(name, "main"),
            "name": name,
            "timezone": said(answers, "timezone").strip(),
            "languages": list(answers.get("languages", ())),
        },
        "branch": [{"key": here, "name": branch, "label": branch, **({"hours": hours} if hours else {}), "pocs": pocs}],
        "queue": queues,
        "agent": [_owner(answers, [one["key"] for one in queues])],
        "screen": [{"key": "lobby", "branch": here}],
        "kiosk": [{"key": "door", "branch": here}],
    }


def counters(answers: Answers) -> int | None:
    """How many counters there are to be; None where what was typed is no such number."""
    text = said(answers, "counters").strip()
    return int(text) if text.isdecimal() and 1 <= int(text) <= MOST_COUNTERS else None


def odd_counters(answers: Answers) -> Complaint | None:
    """What is wrong with the number of counters."""
    if counters(answers) is not None:
        return None
    return complaint(
        "expected a whole number from %(least)s to %(most)s, found %(found)s",
        least=1,
        most=MOST_COUNTERS,
        found=described(said(answers, "counters")),
    )


def no_queues(answers: Answers) -> Complaint | None:
    """What is wrong where nobody said what people come for: a network may do without queues, its first kiosk cannot."""
    return None if _queues(said(answers, "queues"), "main") else complaint("expected a text that is not empty")


def problems_of(problems: Sequence[Problem], tell: Said) -> Mapping[str, str]:
    """What is wrong with which input."""
    found: dict[str, str] = {}
    for one in problems:
        name = next((name for place, name in _PLACES if one.path.startswith(place)), "account")
        found.setdefault(name, tell(one.complaint))
    return found


def short_password(answers: Answers) -> bool:
    """Whether the password is too short for somebody who may do everything."""
    return len(said(answers, "password")) < SHORTEST


def _queues(text: str, branch: str) -> list[dict[str, Any]]:
    queues: list[dict[str, Any]] = []
    for name in filter(None, (line.strip() for line in text.splitlines())):
        key = slugged(name, "queue", [one["key"] for one in queues])
        queues.append({"key": key, "name": name, "branches": [branch], "mode": "counter"})
    return queues


def _hours(answers: Answers) -> dict[str, list[str]]:
    asked = {"mon-fri": said(answers, "week"), "sat": said(answers, "saturday")}
    return {days: [part.strip() for part in text.split(",")] for days, text in asked.items() if text.strip()}


def _owner(answers: Answers, queues: list[str]) -> dict[str, Any]:
    names = ("firstname", "lastname", "email")
    person = {name: text for name in names if (text := said(answers, name).strip())}
    key = slugged(person.get("email", "").partition("@")[0], "owner")
    return {"key": key, **person, "password": said(answers, "password"), "role": "owner", "queues": queues}
