"""Hours, closures and holidays out of their columns, as a network file writes them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import groupby
from typing import Any

from qms.domain.span import DAYS
from qms.domain.weekly import Closure, hours_from_json

_DAY = timedelta(days=1)


def hours(column: Any, *, own_zone: bool) -> Any:
    """The hours; None where it is always open. A list only where there are several."""
    found = [_weekly(one.to_json(), own_zone) for one in hours_from_json(column)]
    return None if not found else found[0] if len(found) == 1 else found


def closures(column: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Closures, each by its date or from one to another."""
    return [_closure(Closure.from_json(one)) for one in column]


def holidays(column: Mapping[str, Any] | None) -> Any:
    """Whose holidays are kept: only the country, where nothing else is said."""
    if column is None:
        return None
    told = {name: value for name, value in column.items() if value and (name, value) != ("categories", ["public"])}
    return told["country"] if len(told) == 1 else told


def _weekly(told: dict[str, Any], own_zone: bool) -> dict[str, Any]:
    zone: dict[str, Any] = {"timezone": told["timezone"]} if own_zone and "timezone" in told else {}
    breaks = _days(told["breaks"]) if "breaks" in told else {}
    rest = {name: told[name] for name in ("dates", "valid_from", "valid_to") if name in told}
    week = _days({day: told[day] for day in DAYS if day in told})
    return zone | week | ({"breaks": breaks} if breaks else {}) | rest


def _days(told: Mapping[str, Any]) -> dict[str, Any]:
    """Days with the same hours that follow each other stand together: `mon-fri`."""
    found: dict[str, Any] = {}
    for spans, days in groupby(DAYS, key=told.get):
        some = list(days)
        if spans is not None:
            found[some[0] if len(some) == 1 else f"{some[0]}-{some[-1]}"] = spans
    return {**found, **{date: spans for date, spans in told.items() if date not in DAYS}}


def _closure(closure: Closure) -> dict[str, Any]:
    start, end = closure.start, closure.end
    more = {name: value for name, value in (("rrule", closure.rrule), ("reason", closure.reason)) if value}
    if not start.time() == end.time() == time.min:
        return {"from": _wall(start), "to": _wall(end), **more}
    last = (end - _DAY).date()
    if start.date() == last:
        return {"date": last.isoformat(), **more}
    return {"from": start.date().isoformat(), "to": last.isoformat(), **more}


def _wall(at: datetime) -> str:
    return at.isoformat(timespec="minutes")
