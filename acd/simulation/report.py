"""A rehearsal as data: JSON for programs, CSV for spreadsheets. The same rehearsal gives the same bytes."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any

from acd.simulation.rehearsal import Rehearsal
from acd.simulation.rollouts import NAMES, Bands, Key, Rollouts
from qms.domain.spreadsheet import defused
from qms.domain.tally import Figures

NOT_SIMULATED = (
    "Agents who decline an offer, go away between two visitors, or call by hand later than they could: whoever is free "
    "takes the next at once, but for the time that offers ring.",
    "Tickets that are sent on, set aside or put back, come again after a no-show, or are moved by a supervisor.",
    "Who has an appointment with one agent, or was set aside by one, where the record does not tell for whom he came.",
    "Changes of the network file during the day: rules, skills and capacities are those of one moment.",
    "Whoever waits for another line to be staffed is looked at every ten seconds; other branches are taken as open.",
    "Call-backs that nobody answers, and people who leave again because of the wait that they are told.",
)
"""What a simulated day leaves out, for whoever reads its figures."""

HEADER = ("queue", "hour", "figure", "actual", "p10", "p50", "p90", "if_p10", "if_p50", "if_p90")


def as_json(found: Rehearsal) -> str:
    """Everything."""
    document = {
        "day": found.plan.name,
        "seed": found.seed,
        "rollouts": found.count,
        "what_if": list(found.asked),
        "unseen_seconds": found.unseen_seconds,
        "reproduced": found.reproduced if found.verdicts else None,
        "verdicts": [
            {
                "figure": one.figure,
                "actual": round(one.actual, 4),
                "replayed": one.replayed.as_json(),
                "reproduced": one.reproduced,
            }
            for one in found.verdicts
        ],
        "actual": [_row(key, one.as_json()) for key, one in found.actual.items()],
        "replay": _bands(found.before.bands),
        "if": _bands(found.after.bands) if found.after else None,
        "difference": _bands(found.difference) if found.after else None,
        "better_days": dict(found.better) if found.after else None,
        "not_simulated": list(NOT_SIMULATED),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def as_csv(found: Rehearsal) -> str:
    """A row per queue, hour and figure; `*` is every queue, and an empty hour the whole day."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(HEADER)
    for key in keys(found):
        for name in NAMES:
            cells = [_plain(found.actual.get(key), name), *_band(found.before, key, name)]
            cells += _band(found.after, key, name) if found.after else ["", "", ""]
            if any(cell != "" for cell in cells):
                rows.writerow([defused(key[0]), "" if key[1] is None else key[1], name, *cells])
    return text.getvalue()


def keys(found: Rehearsal) -> list[Key]:
    """All queues and hours of which something is said, in the order of the replay."""
    return list(dict.fromkeys([*found.before.bands, *(found.after.bands if found.after else ())]))


def _row(key: Key, values: Mapping[str, Any]) -> dict[str, Any]:
    return {"queue": key[0], "hour": key[1], **values}


def _bands(some: Mapping[Key, Bands]) -> list[dict[str, Any]]:
    return [_row(key, {name: band.as_json() for name, band in bands.items()}) for key, bands in some.items()]


def _plain(one: Figures | None, name: str) -> float | int | str:
    value = one.as_json()[name] if one is not None else None
    return "" if value is None else value


def _band(some: Rollouts, key: Key, name: str) -> list[float | str]:
    band = some.bands.get(key, {}).get(name)
    return ["", "", ""] if band is None else list(band.as_json().values())
